import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  arcCosineKernel,
  gradientCorrelations,
  lineAutocorrelation,
} from "../lib/diagnostics/infinite-width";
import { arccos } from "../lib/kernels/arccos";

type Three = [number, number, number][];
const reference: {
  arccos: [number, number][];
  kernels: Three;
  plain: Three;
  wideLine: [number, number[]][];
} = JSON.parse(readFileSync("data/references/block-networks.json", "utf8"));
const plain = { normalized: false, residual: false };

test("arccos is mpmath's, and its ends are exact", () => {
  for (const [x, angle] of reference.arccos)
    assert.ok(
      Math.abs(arccos(x) - angle) <= 4e-16 * Math.max(1, angle),
      `arccos ${x} is ${arccos(x)}, not ${angle}`,
    );
  assert.deepEqual([arccos(1), arccos(-1)], [0, Math.PI]);
  assert.ok(Math.abs(arccos(1 - 2 ** -52) / reference.arccos[10][1] - 1) < 1e-15);
  for (const x of [1.1, -2, Number.NaN]) assert.ok(Number.isNaN(arccos(x)));
});

test("the kernels are the integrals over two normal numbers, by SciPy", () => {
  for (const [ρ, zero, one] of reference.kernels) {
    assert.ok(Math.abs(arcCosineKernel(0, ρ) - zero) < 1e-12);
    assert.ok(Math.abs(arcCosineKernel(1, ρ) - one) < 1e-12);
  }
  for (const [ρ, depth, product] of reference.plain)
    assert.ok(Math.abs(gradientCorrelations(ρ, depth, plain)[depth] - product) < 1e-12);
});

test("by the paper's count of a quarter of the units on at both inputs: 2^−L plain, (3/4)^L residual", () => {
  const normalized = gradientCorrelations(0.9, 20, { normalized: true, residual: false });
  normalized.forEach((c, l) => {
    assert.equal(c, 2 ** -l);
  });
  assert.equal(gradientCorrelations(0, 1, { normalized: false, residual: true })[1], 0.75);
  const after = gradientCorrelations(0, 20, { normalized: false, residual: true, normalizedSum: true });
  after.forEach((c, l) => {
    assert.ok(Math.abs(c / 0.75 ** l - 1) < 1e-13);
  });
  const still = gradientCorrelations(0, 9, { normalized: true, residual: true, branchScale: 1e-9 });
  assert.ok(still.every((c) => Math.abs(c - 1) < 1e-12));
});

test("along a line: as a sum over all directions of (w, b) gives it, and falling with depth", () => {
  for (const [depth, expected] of reference.wideLine) {
    const r = lineAutocorrelation([-2, -1.25, -0.5, 0.25, 1, 1.75], depth, 2);
    expected.forEach((value, k) => {
      assert.ok(Math.abs(r[k + 1] - value) < 1e-4, `${r[k + 1]}, not ${value}`);
    });
  }
  const points = Array.from({ length: 40 }, (_, k) => -2 + k / 10);
  const [one, ten] = [1, 10].map((depth) => lineAutocorrelation(points, depth, 4));
  assert.equal(one[0], 1);
  for (let k = 1; k <= 4; k++) assert.ok(ten[k] < one[k] && one[k] < one[k - 1]);
  assert.throws(() => lineAutocorrelation(points, 1, 40), /maxLag is 40/);
  assert.throws(() => gradientCorrelations(0, -1, plain), /the depth is -1/);
});
