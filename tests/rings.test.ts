import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { rings } from "../lib/datasets/rings";
import { standardise } from "../lib/datasets/standardise";
import { heNormal } from "../lib/initializers";
import { toArrays } from "../lib/matrix";
import { randomState } from "../lib/random";

const reference: {
  mean: number[];
  standardDeviation: number[];
  initialWeights: number[][][];
  permutationHeads: number[][];
  labels: number[];
  rawX: number[][];
} = JSON.parse(readFileSync("data/references/rings.json", "utf8"));

/** The draws of the note's script up to the last epoch, in its order. */
function experiment() {
  const random = randomState(42);
  const data = rings(random, { samples: 2000, innerRadius: 1, outerRadius: 2, noise: 0.1 });
  const layers = [
    [32, 2],
    [16, 32],
    [2, 16],
  ];
  const weights = layers.map(([fanOut, fanIn]) => heNormal()(random, fanOut, fanIn));
  const permutations = Array.from({ length: 50 }, () => [...random.permutation(2000).slice(0, 5)]);
  return { ...data, weights, permutations };
}

function largestDifference(ours: number[][], expected: number[][]): number {
  assert.deepEqual([ours.length, ours[0].length], [expected.length, expected[0].length]);
  return Math.max(...ours.flatMap((row, i) => row.map((value, j) => Math.abs(value - expected[i][j]))));
}

test("rings, weights and permutations of seed 42 are those of the NumPy script", () => {
  const { X, labels, weights, permutations } = experiment();
  assert.deepEqual([...labels], reference.labels);
  assert.deepEqual(permutations, reference.permutationHeads);
  assert.ok(largestDifference(toArrays(X), reference.rawX) <= 4.5e-16);
  weights.forEach((W, layer) => {
    assert.ok(largestDifference(toArrays(W), reference.initialWeights[layer]) <= 4.5e-16, `layer ${layer}`);
  });
});

test("their mean and deviation are NumPy's", () => {
  const { mean, standardDeviation } = standardise(experiment().X);
  for (let i = 0; i < 2; i++) {
    assert.ok(Math.abs(mean.data[i] - reference.mean[i]) <= 1e-15);
    assert.ok(Math.abs(standardDeviation.data[i] - reference.standardDeviation[i]) <= 1e-14);
  }
});

test("the rings are where they should be, and an odd sample is on the outer one", () => {
  const { X, labels } = rings(randomState(0), { samples: 7, innerRadius: 3, outerRadius: 5, noise: 0 });
  assert.equal(
    labels.reduce((sum, label) => sum + label, 0),
    4,
  );
  labels.forEach((label, j) => {
    assert.ok(Math.abs(Math.hypot(X.data[j], X.data[7 + j]) - (label === 0 ? 3 : 5)) < 1e-15 * 8);
  });
  assert.throws(() => rings(randomState(0), { samples: -1 }), /samples is -1/);
});
