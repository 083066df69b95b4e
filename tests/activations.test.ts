import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { evaluate } from "mathjs";
import * as activations from "../lib/activations";
import { elu } from "../lib/activations/elu";
import { gelu } from "../lib/activations/gelu";
import { softplus } from "../lib/activations/softplus";
import { symbolicDerivative } from "../lib/gradients/symbolic";
import { column, type Matrix, matrix, toArrays, zeros } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { assertClose } from "./support/assert-close";

const {
  identity,
  leakyRelu,
  logSoftmax,
  relu,
  sigmoid,
  softmax,
  softmaxBackward,
  softmaxJacobian,
  step,
  tanh,
} = activations;
const piecewise = [step, relu, leakyRelu(), leakyRelu(0.3), elu(0.3)];
const smooth = [identity, sigmoid, tanh, elu(), gelu, softplus(), softplus(3)];
const all = [...smooth, ...piecewise];
const reference = JSON.parse(readFileSync("data/references/kernels.json", "utf8"));

const z = [-20, -3.7, -1, -0.25, 1e-3, 0.5, 1, 2.2, 9, 20];

for (const { name: kind, f, derivative: ours, formula, kinks, parameter } of all) {
  const name = parameter === undefined ? kind : `${kind}(${parameter})`;
  test(`${name}: the value is mathjs's of ${formula}`, () => {
    for (const x of z)
      assert.ok(Math.abs(f(x) - evaluate(formula, { z: x })) <= 1e-15 * Math.max(1, Math.abs(x)), `${x}`);
  });

  // mathjs has no derivative of sign
  if (name !== "step")
    test(`${name}: the derivative is mathjs's symbolic one`, () => {
      const symbolic = symbolicDerivative(formula, "z", { simplify: false });
      for (const x of z) assert.ok(Math.abs(ours(x) - symbolic.at({ z: x })) <= 2e-15, `${name}′(${x})`);
    });

  test(`${name}: the derivative is the central difference away from kinks, and only there`, () => {
    const h = 2 ** -17;
    const difference = (x: number) => (f(x + h) - f(x - h)) / (2 * h);
    for (const x of z) assert.ok(Math.abs(ours(x) - difference(x)) <= 1e-9, `${name}′(${x})`);
    assert.deepEqual(kinks, piecewise.some((activation) => activation.formula === formula) ? [0] : []);
    for (const kink of kinks) assert.ok(Math.abs(ours(kink) - difference(kink)) > 0.1);
  });
}

test("matrix forms keep shape and precision and apply to every entry; NaN in gives NaN out", () => {
  const Z = matrix([
    [-2, 0, 3],
    [Number.NaN, 0.5, -1000],
  ]);
  for (const { name, f, derivative: d, apply, derivativeAt } of all) {
    assert.deepEqual(
      toArrays(apply(Z)),
      toArrays(Z).map((row) => row.map(f)),
      name,
    );
    assert.deepEqual(
      toArrays(derivativeAt(Z)),
      toArrays(Z).map((row) => row.map(d)),
      name,
    );
    const rounded = toArrays(Z).map((row) => row.map((x) => Math.fround(f(x))));
    const single = apply(toPrecision(Z, "float32"));
    assert.ok(single.data instanceof Float32Array);
    assert.deepEqual(toArrays(single), rounded, name);
    assert.ok(Number.isNaN(f(Number.NaN)) && Number.isNaN(d(Number.NaN)), name);
  }
});

/** Columns as a matrix: samples are columns. */
function fromColumns(columns: number[][]): Matrix {
  return matrix(columns[0].map((_, i) => columns.map((values) => values[i])));
}

test("softmax and log-softmax are mpmath's, at ±1000 too, and each column sums to 1", () => {
  const Z = fromColumns(reference.columns);
  assertClose("softmax", softmax(Z), fromColumns(reference.softmax), 3e-16);
  assertClose("logSoftmax", logSoftmax(Z), fromColumns(reference.logSoftmax), 3e-16);
  const single = softmax(toPrecision(Z, "float32"));
  assertClose("softmax in float32", toPrecision(single, "float64"), fromColumns(reference.softmax), 2e-6);
  const P = toArrays(softmax(Z));
  for (let j = 0; j < Z.cols; j++) assert.ok(Math.abs(P.reduce((sum, row) => sum + row[j], 0) - 1) <= 4e-16);
});

test("small softmax entries keep their digits", () => {
  reference.columns.forEach((values: number[], j: number) => {
    softmax(column(values)).data.forEach((p, i) => {
      const exact = reference.softmax[j][i];
      assert.ok(Math.abs(p - exact) <= 1e-15 * exact, `column ${j}, row ${i}: ${p}, not ${exact}`);
    });
  });
});

test("softmax of infinite and NaN logits", () => {
  const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
  const P = (values: number[]) => {
    const p = softmax(column(values));
    assert.deepEqual(softmax(column(values, "float32")), toPrecision(p, "float32"));
    return [...p.data];
  };
  assert.deepEqual(P([inf, 0]), [1, 0]);
  assert.deepEqual(P([inf, inf, 0]), [0.5, 0.5, 0]);
  assert.deepEqual(P([-inf, 0, 0]), [0, 0.5, 0.5]);
  assert.deepEqual(P([-inf, -inf]), [0.5, 0.5]);
  assert.deepEqual(P([nan, 0]), [nan, nan]);
  assert.deepEqual(P([inf, nan]), [nan, nan]);
  assert.deepEqual([...logSoftmax(column([-inf, 0])).data], [-inf, 0]);
  assert.deepEqual(softmax(zeros(3, 0)).data.length, 0);
});

test("the softmax Jacobian, and the product with it, are mpmath's numerical derivatives", () => {
  const columns: number[][] = reference.jacobianColumns;
  for (const [j, values] of columns.entries())
    assertClose(`Jacobian ${j}`, softmaxJacobian(column(values)), matrix(reference.jacobians[j]), 2e-16);
  const dZ = softmaxBackward(softmax(fromColumns(columns)), fromColumns(reference.upstream));
  assertClose("backward", dZ, fromColumns(reference.backward), 3e-16);
});

test("wrong shapes and slopes are refused", () => {
  assert.throws(() => softmax(zeros(0, 3)), { message: "softmax: Z is 0×3 (it needs at least one row)" });
  assert.throws(() => logSoftmax(zeros(0, 3)), /logSoftmax: Z is 0×3/);
  assert.throws(() => softmaxJacobian(zeros(3, 2)), {
    message: "softmaxJacobian: z is 3×2 (it must be one column)",
  });
  assert.throws(
    () => softmaxBackward(zeros(3, 2), zeros(2, 3)),
    /softmaxBackward: shapes differ: A is 3×2, B is 2×3/,
  );
  assert.throws(() => leakyRelu(Number.NaN), {
    message: "leakyRelu: alpha is NaN (it must be a finite number)",
  });
  assert.throws(() => elu(Number.POSITIVE_INFINITY), {
    message: "elu: alpha is Infinity (it must be a finite number)",
  });
  for (const beta of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => softplus(beta), {
      message: `softplus: beta is ${beta} (it must be a finite number > 0)`,
    });
});
