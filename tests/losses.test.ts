import assert from "node:assert/strict";
import test from "node:test";
import {
  type Loss,
  meanSquaredError,
  oneHot,
  perceptronCriterion,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../lib/losses";
import { matrix, toArrays, zeros } from "../lib/matrix";
import { mpmathCases } from "./support/loss-references";

const losses: Loss[] = [
  meanSquaredError,
  softmaxCrossEntropy,
  sigmoidBinaryCrossEntropy,
  perceptronCriterion,
];
test("the gradients of softmax cross-entropy sum to zero over the classes", () => {
  const { prediction, target } = mpmathCases[2];
  const dZ = toArrays(
    softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(matrix(prediction), matrix(target)).cache),
  );
  for (let j = 0; j < dZ[0].length; j++)
    assert.ok(Math.abs(dZ.reduce((sum, row) => sum + row[j], 0)) < 1e-16);
});

test("infinite logits give the limits", () => {
  const infinity = Number.POSITIVE_INFINITY;
  const forward = (loss: Loss, z: number[][], t: number[][]) => loss.forward(matrix(z), matrix(t)).loss;
  assert.equal(forward(softmaxCrossEntropy, [[0], [-infinity]], [[1], [0]]), 0);
  assert.equal(forward(softmaxCrossEntropy, [[0], [-infinity]], [[0], [1]]), infinity);
  assert.equal(forward(softmaxCrossEntropy, [[infinity], [0]], [[1], [0]]), 0);
  assert.equal(forward(sigmoidBinaryCrossEntropy, [[infinity, -infinity]], [[1, 0]]), 0);
  assert.equal(forward(sigmoidBinaryCrossEntropy, [[infinity]], [[0]]), infinity);
  assert.equal(forward(meanSquaredError, [[infinity]], [[0]]), infinity);
});

test("the perceptron criterion's gradient at its kink is −t/m", () => {
  const { loss, cache } = perceptronCriterion.forward(matrix([[0, 0, -0]]), matrix([[1, -1, 1]]));
  assert.equal(loss, 0);
  assert.deepEqual(toArrays(perceptronCriterion.backward(cache)), [[-1 / 3, 1 / 3, -1 / 3]]);
  assert.deepEqual(perceptronCriterion.kinks, [0]);
});

test("a prediction that is NaN, an empty batch and unequal shapes are refused, naming where", () => {
  for (const loss of losses) {
    const target = matrix(
      loss === softmaxCrossEntropy
        ? [
            [1, 0],
            [0, 1],
          ]
        : [
            [1, 1],
            [1, 1],
          ],
    );
    const prediction = matrix([
      [1, 2],
      [3, Number.NaN],
    ]);
    const refused = (call: () => unknown, text: string) =>
      assert.throws(call, (error: Error) => error.message.startsWith(`${loss.name}: ${text}`));
    refused(() => loss.forward(prediction, target), "prediction (1, 1) is NaN (did the training diverge?");
    refused(() => loss.forward(zeros(2, 0), zeros(2, 0)), "prediction is 2×0 (the batch is empty)");
    refused(
      () => loss.forward(zeros(2, 3), zeros(3, 2)),
      "prediction is 2×3, target is 3×2 (the shapes must be equal)",
    );
    refused(() => loss.forward(zeros(2, 2, "float32"), target), "prediction is float32, target is float64");
  }
});

test("targets outside a loss's range are refused, naming entry, value and range", () => {
  const Z = zeros(2, 2);
  const refused = (loss: Loss, target: number[][], message: string) =>
    assert.throws(() => loss.forward(Z, matrix(target)), { message: `${loss.name}: ${message}` });
  refused(
    softmaxCrossEntropy,
    [
      [1, 1.5],
      [0, 0],
    ],
    "target (0, 1) is 1.5 (targets must be in [0, 1])",
  );
  refused(
    softmaxCrossEntropy,
    [
      [1, 0.5],
      [0, 0.25],
    ],
    "column 1 of the target sums to 0.75 (it must sum to 1)",
  );
  refused(
    sigmoidBinaryCrossEntropy,
    [
      [1, 0],
      [-0.5, 0],
    ],
    "target (1, 0) is -0.5 (targets must be in [0, 1])",
  );
  refused(
    sigmoidBinaryCrossEntropy,
    [
      [1, 0],
      [0, Number.NaN],
    ],
    "target (1, 1) is NaN (targets must be in [0, 1])",
  );
  refused(
    perceptronCriterion,
    [
      [1, 0],
      [-1, 1],
    ],
    "target (0, 1) is 0 (targets must be −1 or 1)",
  );
  refused(
    meanSquaredError,
    [
      [1, 0],
      [Number.POSITIVE_INFINITY, 1],
    ],
    "target (1, 0) is Infinity (targets must be finite)",
  );
});

test("oneHot puts one 1 in each column and refuses labels that are no class", () => {
  assert.deepEqual(toArrays(oneHot([2, 0], 3)), [
    [0, 1],
    [0, 0],
    [1, 0],
  ]);
  assert.ok(oneHot(Int32Array.of(1), 2, "float32").data instanceof Float32Array);
  const refused = (labels: number[], index: number, label: string) =>
    assert.throws(() => oneHot(labels, 3), {
      message: `oneHot: labels[${index}] is ${label} (allowed are 0 to 2)`,
    });
  refused([0, 3], 1, "3");
  refused([-1], 0, "-1");
  refused([0, 1, 1.5], 2, "1.5");
  refused([Number.NaN], 0, "NaN");
});
