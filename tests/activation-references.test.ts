import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { type Activation, identity, leakyRelu, relu, sigmoid, step, tanh } from "../lib/activations";
import { elu } from "../lib/activations/elu";
import { gelu } from "../lib/activations/gelu";
import { softplus } from "../lib/activations/softplus";
import { checkLayer } from "../lib/gradients/check-layer";
import { elementwise } from "../lib/layers";
import { fromData } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { randomState } from "../lib/random";
import { errorInUlp } from "./support/ulp";

const reference = JSON.parse(readFileSync("data/references/activations.json", "utf8"));

/** Each function with the bound of its error in ulp, and an absolute bound that suffices around a zero. */
const accuracy: [name: string, f: (z: number) => number, bound: number, aroundZero?: number][] = [
  ["elu", elu().f, 1.3],
  ["elu derivative", elu().derivative, 1],
  ["gelu", gelu.f, 4.5],
  ["gelu derivative", gelu.derivative, 4.5, 1.3e-16],
  ["softplus", softplus().f, 1.5],
  ["softplus derivative", softplus().derivative, 2.5],
];

for (const [name, f, bound, aroundZero = 0] of accuracy)
  test(`${name} is within ${bound} ulp of mpmath's exact values, in the far left tail too`, (t) => {
    let worst = 0;
    let lowest = 0;
    for (const [z, nearest, residual] of reference[name] as number[][]) {
      const error = errorInUlp(f(z), nearest, residual);
      // GELU's derivative is 0 at z = −0.7518, and no sum of two larger numbers keeps its digits there
      if (z > -1.5 && z < 0 && Math.abs(f(z) - nearest) <= aroundZero) continue;
      assert.ok(error <= bound, `${name}(${z}) is ${f(z)}, nearest to exact is ${nearest}: ${error} ulp`);
      worst = Math.max(worst, error);
      lowest = Math.min(lowest, z);
    }
    t.diagnostic(`largest error ${worst.toFixed(3)} ulp at ${reference[name].length} points`);
    assert.ok(reference[name].length >= 200 && lowest < -38);
  });

const all = [identity, step, sigmoid, tanh, relu, leakyRelu(0.25), elu(), gelu, softplus()];

for (const activation of all)
  test(`${activation.name} at 0, −0, ±1000, ±∞ and NaN, in float64 and float32`, () => {
    const rows = (reference.extremes[activation.name] as (number | string)[][]).map((row) => row.map(Number));
    assert.equal(rows.length, 6);
    rows.push([Number.NaN, Number.NaN, Number.NaN]);
    const Z = fromData(
      1,
      7,
      Float64Array.from(rows, ([z]) => z),
    );
    const [values, derivatives] = [1, 2].map((k) => Float64Array.from(rows, (row) => row[k]));
    assert.deepEqual(activation.apply(Z).data, values);
    assert.deepEqual(activation.derivativeAt(Z).data, derivatives);
    const single = toPrecision(Z, "float32");
    assert.deepEqual(activation.apply(single).data, Float32Array.from(values));
    assert.deepEqual(activation.derivativeAt(single).data, Float32Array.from(derivatives));
    rows.forEach(([z], k) => {
      assert.ok(Object.is(activation.f(z), values[k]), `${activation.name}(${z})`);
      assert.ok(Object.is(activation.derivative(z), derivatives[k]), `${activation.name}′(${z})`);
    });
  });

const withPyTorch: Record<string, Activation> = {
  identity,
  sigmoid,
  tanh,
  relu,
  "leakyRelu 0.2": leakyRelu(0.2),
  "elu 1": elu(),
  "elu 0.3": elu(0.3),
  gelu,
  "softplus 1": softplus(),
  "softplus 3": softplus(3),
};

test("every activation has PyTorch's values and automatic derivatives", () => {
  assert.deepEqual(Object.keys(withPyTorch), Object.keys(reference.pytorch));
  for (const [name, { f, derivative }] of Object.entries(withPyTorch))
    (reference.points as number[]).forEach((z, k) => {
      const { value, derivative: slope } = reference.pytorch[name];
      assert.ok(Math.abs(f(z) - value[k]) <= 4e-16 * Math.max(1, Math.abs(value[k])), `${name}(${z})`);
      assert.ok(Math.abs(derivative(z) - slope[k]) <= 4e-16, `${name}′(${z}) is ${derivative(z)}`);
    });
});

for (const [name, activation] of Object.entries(withPyTorch))
  test(`every witness agrees with ${name}`, () => {
    const Z = fromData(3, 5, randomState(9).normals(15));
    const table = checkLayer(elementwise(activation), {}, Z);
    assert.deepEqual([table.ok, table.failures, table.absent], [true, [], []]);
    assert.ok(table.rows.length >= 4);
  });

test("infinite z beside α = 0 or a sharpness that overflows gives the limits", () => {
  const infinity = Number.POSITIVE_INFINITY;
  for (const f of [leakyRelu(0).f, elu(0).f]) assert.equal(Math.abs(f(-infinity)), 0);
  assert.deepEqual(
    [leakyRelu(0).f(-3), leakyRelu(0).derivative(-3), leakyRelu(0).f(infinity)],
    [0, 0, infinity],
  );
  const sharp = softplus(1e308);
  assert.deepEqual(
    [sharp.f(1000), sharp.f(-1000), sharp.f(infinity), sharp.f(-infinity)],
    [1000, 0, infinity, 0],
  );
  assert.deepEqual([sharp.derivative(1000), sharp.derivative(-1000)], [1, 0]);
});
