import assert from "node:assert/strict";
import test from "node:test";
import { relu } from "../lib/activations";
import { centralDifferences, cubeRootOfEpsilon } from "../lib/gradients/finite-differences";
import { exp, sin, tanh } from "../lib/kernels/functions";
import { softmaxCrossEntropy } from "../lib/losses";
import { fromData, hadamard, matrix } from "../lib/matrix";
import { sum } from "../lib/matrix-entries";
import { flattenParams } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { networkOf, networkParams, references } from "./support/layer-references";

test("differences of a network's loss are PyTorch's gradients to 1e-9", () => {
  const { network, params, X, T } = networkOf(references.gradients[0]);
  const { gradients, kinks } = centralDifferences(
    (params) => softmaxCrossEntropy.forward(network.forward(params, X).output, T).loss,
    params,
  );
  const expected = flattenParams(networkParams(references.gradients[0].gradients));
  flattenParams(gradients).forEach(({ path, value }, k) => {
    assertClose(path, value, expected[k].value, 1e-9);
  });
  assert.deepEqual(kinks, []);
});

test("the error has its least near the default step: larger steps cut off, smaller ones round", () => {
  const error = (step: number) =>
    Math.abs(centralDifferences((x) => exp(x.data[0]), matrix([[1]]), { step }).gradients.data[0] - Math.E);
  assert.equal(cubeRootOfEpsilon ** 3 > 0.999 * 2 ** -52 && cubeRootOfEpsilon ** 3 < 1.001 * 2 ** -52, true);
  assert.ok(error(cubeRootOfEpsilon) < 1e-9);
  assert.ok(error(1e-2) > 1e-5 && error(1e-2) < 1e-4); // h²e/6
  assert.ok(error(1e-12) > 1e-6);
});

test("a kink anywhere within the step is found, and none outside it or in a smooth function", () => {
  const found = (c: number) =>
    centralDifferences((x) => 0.3 * Math.abs(x.data[0] - c) + sin(x.data[0] + 1), matrix([[0]])).kinks.length;
  for (let k = 0; k <= 200; k++) {
    const c = (0.99 * cubeRootOfEpsilon * k) / 200;
    assert.equal(found(c), 1, `kink at ${c}`);
    assert.equal(found(-c), 1, `kink at ${-c}`);
  }
  assert.equal(found(1.01 * cubeRootOfEpsilon), 0);
  const smooth: ((x: number) => number)[] = [
    exp,
    sin,
    tanh,
    (x) => x * x * x,
    (x) => 1 / (1 + x * x),
    (x) => 100 * sin(30 * x),
  ];
  for (const f of smooth)
    for (let x = -3; x < 3; x += 0.05)
      assert.deepEqual(centralDifferences((m) => f(m.data[0]), matrix([[x]])).kinks, [], `${f} at ${x}`);
});

test("a kink carries its place and both one-sided differences", () => {
  const f = (p: { a: { data: ArrayLike<number> } }) => relu.f(p.a.data[0]) + 3 * relu.f(p.a.data[1]);
  const { kinks } = centralDifferences(f, { a: matrix([[1, 0]]) });
  assert.deepEqual(
    kinks.map(({ path, entry, left, right }) => [path, entry, left, Number(right.toFixed(6))]),
    [["a", 1, 0, 3]],
  );
});

test("a sample gives these entries and NaN elsewhere, and the point stays as it was", () => {
  const point = fromData(4, 5, randomState(1).normals(20));
  const before = point.data.slice();
  const f = (x: typeof point) => sum(hadamard(x, x));
  const { gradients, entries } = centralDifferences(f, point, {
    sample: { entries: 3, random: randomState(2) },
  });
  assert.equal(entries.get("")?.length, 3);
  gradients.data.forEach((g, k) => {
    if (entries.get("")?.includes(k)) assert.ok(Math.abs(g - 2 * point.data[k]) < 1e-9);
    else assert.ok(Number.isNaN(g));
  });
  assert.deepEqual(point.data, before);
});

test("float32 parameters, a function without value and a step of 0 are refused", () => {
  assert.throws(() => centralDifferences(() => 1, { w: matrix([[1]], "float32") }), /w is float32/);
  assert.throws(() => centralDifferences(() => Number.NaN, matrix([[1]])), /the function is NaN/);
  assert.throws(() => centralDifferences(() => 1, matrix([[1]]), { step: 0 }), /the step is 0/);
});
