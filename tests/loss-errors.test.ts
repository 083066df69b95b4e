import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { autogradOfLayer } from "../lib/gradients/autograd";
import { dense } from "../lib/layers";
import { type Loss, softmaxCrossEntropy } from "../lib/losses";
import { hinge, squaredHinge } from "../lib/losses/hinge";
import { withLabels } from "../lib/losses/labels";
import { multiclassHinge } from "../lib/losses/multiclass-hinge";
import { activationMeanSquaredError, softmaxMeanSquaredError } from "../lib/losses/output-activation";
import { weightedSigmoidBinaryCrossEntropy } from "../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../lib/losses/weighted-softmax-cross-entropy";
import { type Matrix, matrix, zeros } from "../lib/matrix";
import { randomState } from "../lib/random";

const inf = Number.POSITIVE_INFINITY;

test("what is wrong with targets, labels or weights is named with its place", () => {
  const refused = (loss: Loss, z: Matrix, t: number[][], message: string) =>
    assert.throws(() => loss.forward(z, matrix(t)), { message });
  const Z = zeros(3, 2);
  const labelled = withLabels(softmaxCrossEntropy);
  const name = "softmaxCrossEntropyWithLabels";
  refused(labelled, Z, [[0, 3]], `${name}: labels[1] is 3 (allowed are 0 to 2)`);
  refused(labelled, Z, [[-1, 0]], `${name}: labels[0] is -1 (allowed are 0 to 2)`);
  refused(labelled, Z, [[0, 0.5]], `${name}: labels[1] is 0.5 (allowed are 0 to 2)`);
  refused(labelled, Z, [[0, Number.NaN]], `${name}: labels[1] is NaN (allowed are 0 to 2)`);
  refused(
    labelled,
    Z,
    [[0], [1]],
    `${name}: prediction is 3×2, target is 2×1 (it must be 1×2, a label for each sample)`,
  );
  const oneClass = `${name}: prediction has 1 row (labels need a row for each of two classes or more)`;
  refused(labelled, zeros(1, 2), [[0, 0]], oneClass);
  const objective = { loss: labelled, target: matrix([[0]]) };
  const ofOne = dense(2, 1);
  const start = ofOne.init(randomState(1));
  assert.throws(() => autogradOfLayer(ofOne, start, zeros(2, 1), objective), { message: oneClass });
  for (const loss of [hinge, squaredHinge])
    refused(loss, zeros(1, 2), [[1, 0]], `${loss.name}: target (0, 1) is 0 (targets must be −1 or 1)`);
  const notOneHot =
    "multiclassHinge: column 1 of the target is not one-hot (one entry must be 1 and the others 0)";
  for (const column of [[0, 0, 0], [1, 1, 0], [0.5, 0.5, 0]]) // biome-ignore format: short
    refused(multiclassHinge, Z, [[1, column[0]], [0, column[1]], [0, column[2]]], notOneHot); // biome-ignore format: by rows
  refused(
    multiclassHinge,
    zeros(1, 2),
    [[1, 1]],
    "multiclassHinge: prediction is 1×2 (it needs at least two rows)",
  );
  const softmaxName = "weightedSoftmaxCrossEntropy";
  refused(
    weightedSoftmaxCrossEntropy([1, 2]),
    zeros(3, 1),
    [[1], [0], [0]],
    `${softmaxName}: weights has 2 entries, prediction is 3×1 (one for each row)`,
  );
  refused(
    weightedSoftmaxCrossEntropy([0, 1], { normalization: "weights" }),
    zeros(2, 1),
    [[1], [0]],
    `${softmaxName}: the weights of this batch sum to 0 (nothing to divide by)`,
  );
  refused(
    weightedSoftmaxCrossEntropy([1, 2]),
    zeros(2, 1),
    [[1], [1]],
    `${softmaxName}: column 0 of the target sums to 2 (it must sum to 1)`,
  );
  const sigmoidName = "weightedSigmoidBinaryCrossEntropy";
  refused(
    weightedSigmoidBinaryCrossEntropy({ positiveWeights: [1] }),
    zeros(2, 1),
    [[1], [0]],
    `${sigmoidName}: positiveWeights has 1 entries, prediction is 2×1 (one for each row)`,
  );
  refused(
    weightedSigmoidBinaryCrossEntropy({ weights: [1] }),
    zeros(2, 1),
    [[1], [0]],
    `${sigmoidName}: weights has 1 entries, prediction is 2×1 (one for each row)`,
  );
  for (const weight of [-1, Number.NaN, inf]) {
    const message = (what: string) => `${what}[1] is ${weight} (a weight must be a finite number ≥ 0)`;
    assert.throws(() => weightedSoftmaxCrossEntropy([1, weight]), {
      message: `${softmaxName}: ${message("weights")}`,
    });
    assert.throws(() => weightedSigmoidBinaryCrossEntropy({ positiveWeights: [1, weight] }), {
      message: `${sigmoidName}: ${message("positiveWeights")}`,
    });
  }
  assert.throws(() => weightedSoftmaxCrossEntropy([]), {
    message: `${softmaxName}: weights is empty (one for each class)`,
  });
  assert.throws(() => weightedSoftmaxCrossEntropy([1], { normalization: "mean" as "weights" }), {
    message: `${softmaxName}: normalization is mean (allowed are "samples" and "weights")`,
  });
});

test("a prediction that is NaN, unequal shapes and an empty batch are refused by every further loss", () => {
  const losses = [hinge, squaredHinge, multiclassHinge, softmaxMeanSquaredError, activationMeanSquaredError(tanh), weightedSoftmaxCrossEntropy([1, 1]), weightedSigmoidBinaryCrossEntropy()]; // biome-ignore format: a list
  for (const loss of losses as Loss[]) {
    const T = matrix([[1], [loss.name.startsWith("weighted") || loss === multiclassHinge ? 0 : 1]]);
    const nan = matrix([[0], [Number.NaN]]);
    assert.throws(() => loss.forward(nan, T), {
      message: `${loss.name}: prediction (1, 0) is NaN (did the training diverge? try a smaller learning rate)`,
    });
    assert.throws(() => loss.forward(zeros(2, 2), T), {
      message: `${loss.name}: prediction is 2×2, target is 2×1 (the shapes must be equal)`,
    });
    assert.throws(() => loss.forward(zeros(2, 0), zeros(2, 0)), {
      message: `${loss.name}: prediction is 2×0 (the batch is empty)`,
    });
    assert.throws(() => loss.forward(zeros(2, 1, "float32"), T), {
      message: `${loss.name}: prediction is float32, target is float64 (convert one with toPrecision)`,
    });
    assert.throws(() => loss.forward(zeros(0, 2), zeros(0, 2)), {
      message: `${loss.name}: prediction is 0×2 (it has no rows)`,
    });
  }
});
