import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as activations from "../lib/activations";
import { elu } from "../lib/activations/elu";
import { gelu } from "../lib/activations/gelu";
import { softplus } from "../lib/activations/softplus";
import { evaluateExpression, symbolicDerivative } from "../lib/gradients/symbolic";
import { type Matrix, matrix } from "../lib/matrix";
import { type Tape, tape } from "../lib/tape";
import type { Variable } from "../lib/tape/variable";
import { assertClose } from "./support/assert-close";

interface OperationCase {
  operation: string;
  arguments: number[];
  inputs: number[][][];
  value: number[][];
  seed: number[][];
  adjoints: number[][][];
  direction: number[][][];
  tangent: number[][];
}
interface Trace {
  values: Record<string, number>;
  adjoints: Record<string, number>;
}
const references: {
  operations: OperationCase[];
  baydin: Trace;
  micrograd: Trace;
  fanOut: { X: number[][]; W: number[][]; E: number; dX: number[][]; dW: number[][] };
} = JSON.parse(readFileSync("data/references/tape.json", "utf8"));

const byName: Record<string, activations.Activation> = {
  tanh: activations.tanh,
  sigmoid: activations.sigmoid,
  relu: activations.relu,
};

function recordCase(t: Tape, reference: OperationCase): Variable {
  const { operation, inputs } = reference;
  const variables = inputs.map((X, i) => t.input(`x${i}`, matrix(X)));
  if (operation in byName) return t.activate(byName[operation], variables[0]);
  const call = t[operation as "add"] as (...operands: unknown[]) => Variable;
  return call(...variables, ...reference.arguments);
}

for (const [index, reference] of references.operations.entries()) {
  const { operation, value, seed, adjoints, direction, tangent } = reference;
  test(`${operation}, case ${index}: value, adjoints and tangent are PyTorch's`, () => {
    const t = tape();
    const output = recordCase(t, reference);
    assertClose("value", output.value, matrix(value), 1e-15);
    const reverse = t.backward(output, matrix(seed));
    for (const [i, adjoint] of adjoints.entries())
      assertClose(`dx${i}`, reverse.of(`x${i}`), matrix(adjoint), 2e-15);
    const forward = t.tangents(Object.fromEntries(direction.map((X, i) => [`x${i}`, matrix(X)])));
    assertClose("tangent", forward.of(output), matrix(tangent), 2e-15);
  });

  test(`${operation}, case ${index}: push and pull are transposes, ⟨seed, J v⟩ = ⟨Jᵀ seed, v⟩ by each input`, () => {
    const t = tape();
    const output = recordCase(t, reference);
    output.derivatives.forEach((derivative, i) => {
      const pushed = derivative?.push(matrix(direction[i])) as Matrix;
      const pulled = derivative?.pull(matrix(seed)) as Matrix;
      const [a, b] = [inner(matrix(seed), pushed), inner(pulled, matrix(direction[i]))];
      assert.ok(Math.abs(a - b) <= 4e-15 * Math.max(1, Math.abs(a)), `${a} is not ${b}`);
    });
  });
}

const inner = (A: Matrix, B: Matrix) => Array.from(A.data).reduce((total, a, k) => total + a * B.data[k], 0);

test("every operation of the tape has a reference", () => {
  const t = tape();
  const own = [
    "input",
    "constant",
    "name",
    "variable",
    "record",
    "activate",
    "backward",
    "tangents",
    "replay",
  ];
  const operations = Object.keys(t).filter(
    (key) => !own.includes(key) && typeof t[key as "add"] === "function",
  );
  assert.ok(operations.length >= 22);
  for (const name of operations)
    assert.ok(
      references.operations.some(({ operation }) => operation === name),
      name,
    );
});

test("every activation of lib/activations: its own value and derivative, bit for bit", () => {
  const Z = matrix([[-20, -1.5, -0.25, 0, 0.5, 3, 40]]);
  const list = Object.values(activations).flatMap((one) =>
    typeof one === "object" ? [one as activations.Activation] : [],
  );
  assert.ok(list.length >= 5);
  for (const activation of [...list, activations.leakyRelu(0.3), elu(), gelu, softplus(2)]) {
    const t = tape();
    const A = t.activate(activation, t.input("Z", Z));
    assert.deepEqual(A.value, activation.apply(Z), activation.name);
    assert.deepEqual(t.backward(t.sum(A)).of("Z"), activation.derivativeAt(Z), activation.name);
  }
});

/** ln x1 + x1 x2 − sin x2, in the order and with the names of the paper. */
function recordBaydin(t: Tape): Variable {
  const [x1, x2] = [t.input("x1", 2), t.input("x2", 5)];
  const [v1, v2, v3] = [t.log(x1), t.hadamard(x1, x2), t.sin(x2)];
  return t.subtract(t.add(v1, v2), v3);
}

test("Baydin et al. 2018: the printed traces of tables 2 and 3", () => {
  const t = tape();
  const y = recordBaydin(t);
  const printed = (X: Matrix | undefined) => String(Number((X as Matrix).data[0].toFixed(3)));
  const values = t.variables.map(({ name, value }) => [name, printed(value)]);
  assert.deepEqual(values, [
    ["x1", "2"],
    ["x2", "5"],
    ["v1", "0.693"],
    ["v2", "10"],
    ["v3", "-0.959"],
    ["v4", "10.693"],
    ["v5", "11.652"],
  ]);
  const tangents = t.tangents({ x1: 1, x2: 0 }).list.map(printed);
  assert.deepEqual(tangents, ["1", "0", "0.5", "5", "0", "5.5", "5.5"]);
  const adjoints = t.backward(y).list.map(printed);
  assert.deepEqual(adjoints, ["5.5", "1.716", "1", "1", "-1", "1", "1"]);
});

test("Baydin's and micrograd's examples: all values and adjoints are PyTorch's", () => {
  const t = tape();
  const y = recordBaydin(t);
  expectTrace(t, y, references.baydin);

  const s = tape();
  const [a, b] = [s.input("a", -4), s.input("b", 2)];
  const relu = (x: Variable) => s.activate(activations.relu, x);
  let c = s.add(a, b);
  let d = s.add(s.hadamard(a, b), s.power(b, 3));
  c = s.add(c, s.add(c, 1));
  c = s.name("c", s.add(c, s.add(s.add(1, c), s.scale(a, -1))));
  d = s.add(d, s.add(s.scale(d, 2), relu(s.add(b, a))));
  d = s.name("d", s.add(d, s.add(s.scale(d, 3), relu(s.subtract(b, a)))));
  const e = s.name("e", s.subtract(c, d));
  const f = s.name("f", s.power(e, 2));
  const g = s.name("g", s.add(s.divide(f, 2), s.divide(10, f)));
  expectTrace(s, g, references.micrograd);
  // as its README prints them
  assert.equal(g.value.data[0].toFixed(4), "24.7041");
  assert.equal(s.backward(g).scalar(a).toFixed(4), "138.8338");
  assert.equal(s.backward(g).scalar(b).toFixed(4), "645.5773");
});

function expectTrace(t: Tape, output: Variable, { values, adjoints }: Trace): void {
  const reverse = t.backward(output);
  for (const [name, value] of Object.entries(values)) {
    const close = (a: number, b: number) => Math.abs(a - b) <= 1e-15 * Math.max(1, Math.abs(b));
    assert.ok(close(t.variable(name).value.data[0], value), name);
    assert.ok(close(reverse.scalar(name), adjoints[name]), `d${name}`);
  }
}

test("a variable used twice gets the sum of what both uses hand back", () => {
  const { X, W, E, dX, dW } = references.fanOut;
  const t = tape();
  const [x, w] = [t.input("X", matrix(X)), t.input("W", matrix(W))];
  const P = t.softmax(t.multiply(x, t.transpose(w)));
  const output = t.sum(t.add(t.hadamard(P, t.sin(x)), t.hadamard(w, w)));
  assert.ok(Math.abs(output.value.data[0] - E) < 1e-14);
  const reverse = t.backward(output);
  assertClose("dX", reverse.of(x), matrix(dX), 2e-15);
  assertClose("dW", reverse.of(w), matrix(dW), 2e-15);
});

// Each as the tape records it and as mathjs reads it.
const scalars: [string, (t: Tape, x: Variable, y: Variable) => Variable][] = [
  ["x * y + y / x", (t, x, y) => t.add(t.hadamard(x, y), t.divide(y, x))],
  ["exp(x * y) * cos(y)", (t, x, y) => t.hadamard(t.exp(t.hadamard(x, y)), t.cos(y))],
  ["sqrt(x^2 + y^2)", (t, x, y) => t.sqrt(t.add(t.power(x, 2), t.power(y, 2)))],
  ["log(x) / (1 + y^(-3))", (t, x, y) => t.divide(t.log(x), t.add(1, t.power(y, -3)))],
  [
    "tanh(2.5 * x - y) ^ 3",
    (t, x, y) => t.power(t.activate(activations.tanh, t.subtract(t.scale(x, 2.5), y)), 3),
  ],
  ["abs(x - y) * sin(x)", (t, x, y) => t.hadamard(t.abs(t.subtract(x, y)), t.sin(x))],
];

for (const [expression, record] of scalars)
  test(`${expression}: value and both derivatives are mathjs's, in either mode`, () => {
    for (const at of [
      { x: 0.7, y: 1.3 },
      { x: 1.9, y: -0.6 },
    ]) {
      const t = tape();
      const output = record(t, t.input("x", at.x), t.input("y", at.y));
      const near = (ours: number, theirs: number, what: string) =>
        assert.ok(
          Math.abs(ours - theirs) <= 1e-14 * Math.max(1, Math.abs(theirs)),
          `${what}: ${ours}, ${theirs}`,
        );
      near(output.value.data[0], evaluateExpression(expression, at), "value");
      for (const by of ["x", "y"] as const) {
        const theirs = symbolicDerivative(expression, by).at(at);
        near(t.backward(output).scalar(by), theirs, `reverse, by ${by}`);
        near(t.tangents({ [by]: 1 }).scalar(output), theirs, `forward, by ${by}`);
      }
    }
  });
