import { softmax, softmaxBackward } from "../activations";
import { exp, log } from "../kernels/functions";
import type { Loss, PairWithProbabilities } from "../losses";
import type { ActivationCache } from "../losses/output-activation";
import type { WeightedCache } from "../losses/weighted-softmax-cross-entropy";
import { add, hadamard, type Matrix, scale, subtract, transpose } from "../matrix";
import { mapEntries, sum } from "../matrix-entries";
import { negative } from "../matrix-rows";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

const crossEntropy = 'note 004, "Softmax layer (with cross-entropy)"';
const stable = 'note 004, "Layer decomposition", exercise 4: the numerically stable softmax';
const jacobian = `${crossEntropy}: the Jacobian of softmax`;

/** −1/m Σ t log p. */
const meanOfLogs = (P: Matrix, T: Matrix, shift = 0) =>
  -sum(mapEntries(P, (p, i, j) => T.data[i * P.cols + j] * log(p + shift))) / P.cols;

type CrossEntropy = Loss<PairWithProbabilities>;

/** The loss of other probabilities, with a − t as its gradient. */
const withProbabilities = (right: CrossEntropy, softmaxOf: (Z: Matrix) => Matrix): CrossEntropy => ({
  ...right,
  forward(prediction, target) {
    const probabilities = softmaxOf(prediction);
    return { loss: meanOfLogs(probabilities, target), cache: { prediction, target, probabilities } };
  },
});

function withoutMaximum(Z: Matrix): Matrix {
  const E = mapEntries(Z, exp);
  return mapEntries(E, (e, _i, j) => {
    let total = 0;
    for (let i = 0; i < E.rows; i++) total += E.data[i * E.cols + j];
    return e / total;
  });
}

const onCrossEntropy = mutationsOf<CrossEntropy>("softmax", subjects.softmaxCrossEntropy, [
  {
    name: "without-maximum",
    wrong:
      "Softmax is computed without subtracting the largest logit: large logits overflow, and the loss is no number.",
    read: stable,
    shows: "extremes",
    make: (right) => withProbabilities(right, withoutMaximum),
  },
  {
    name: "wrong-axis",
    wrong:
      "Softmax runs along the samples in place of the classes: not each sample's probabilities sum to 1, but each class's.",
    read: 'note 004, "Layer decomposition", pitfalls: shapes (samples are columns)',
    make: (right) => {
      const byRows = (Z: Matrix) => transpose(softmax(transpose(Z)));
      return {
        ...withProbabilities(right, byRows),
        backward: ({ probabilities: P, target: T }) => {
          const byProbability = mapEntries(P, (p, i, j) => -T.data[i * P.cols + j] / (p * P.cols));
          return transpose(softmaxBackward(transpose(P), transpose(byProbability)));
        },
      };
    },
  },
  {
    name: "error-reversed",
    wrong: "The error has the wrong sign: target minus output, so that descent goes uphill.",
    read: crossEntropy,
    make: (right) => ({ ...right, backward: (cache) => negative(right.backward(cache)) }),
  },
  {
    name: "not-averaged",
    wrong: "The gradient is summed over the batch, although the loss is a mean: 1/m is missing.",
    read: 'note 004, "Backpropagation in vector form (batch)"',
    make: (right) => ({ ...right, backward: (cache) => scale(right.backward(cache), cache.target.cols) }),
  },
  {
    name: "gradient-by-probabilities",
    wrong:
      "This is the gradient with respect to the probabilities; the way from there through softmax to the logits is missing.",
    read: jacobian,
    make: (right) => ({
      ...right,
      backward: ({ probabilities: P, target: T }) =>
        mapEntries(P, (p, i, j) => -T.data[i * P.cols + j] / (p * P.cols)),
    }),
  },
  {
    name: "jacobian-twice",
    wrong: "The simple error already holds softmax's Jacobian, and is multiplied by it once more.",
    read: crossEntropy,
    make: (right) => ({
      ...right,
      backward: (cache) => softmaxBackward(cache.probabilities, right.backward(cache)),
    }),
  },
  {
    name: "true-class-only",
    wrong: "Only the logit of the true class gets an error; the others must be pushed down as well.",
    read: crossEntropy,
    make: (right) => ({
      ...right,
      backward: (cache) => hadamard(cache.target, right.backward(cache)),
    }),
  },
  {
    name: "logarithm-shifted",
    wrong:
      "A small number is added inside the logarithm against log 0: the loss is no longer the one whose gradient is taken.",
    read: 'note 004, "Layer decomposition", pitfalls: numerical stability (ε in the cross-entropy)',
    make: (right) => ({
      ...right,
      forward(Z, T) {
        const { cache } = right.forward(Z, T);
        return { loss: meanOfLogs(cache.probabilities, T, 1e-5), cache };
      },
    }),
  },
]);

/** (a − t)/m, which is the error by the probabilities. */
const byOutput = ({ output: A, target: T }: ActivationCache) => scale(subtract(A, T), 1 / A.cols);

const onSquaredError = mutationsOf<Loss<ActivationCache>>("softmax", subjects.softmaxMeanSquaredError, [
  {
    name: "diagonal-jacobian",
    wrong:
      "Softmax is treated as if each output depended on its own logit alone: the terms off the Jacobian's diagonal are missing.",
    read: jacobian,
    make: (right) => ({
      ...right,
      backward: (cache) =>
        hadamard(
          byOutput(cache),
          mapEntries(cache.output, (a) => a * (1 - a)),
        ),
    }),
  },
  {
    name: "jacobian-forgotten",
    wrong:
      "Output minus target is the error of cross-entropy; with the squared error softmax's Jacobian does not cancel.",
    read: jacobian,
    make: (right) => ({ ...right, backward: byOutput }),
  },
  {
    name: "jacobian-off-diagonal-sign",
    wrong: "The terms off the diagonal of softmax's Jacobian have the wrong sign.",
    read: jacobian,
    make: (right) => ({
      ...right,
      // a ⊙ (g + Σ a g) = 2 a ⊙ g − a ⊙ (g − Σ a g)
      backward: (cache) =>
        add(scale(hadamard(cache.output, byOutput(cache)), 2), negative(right.backward(cache))),
    }),
  },
]);

const withWeights = mutationsOf<Loss<WeightedCache>>("softmax", subjects.weightedSoftmaxCrossEntropy, [
  {
    name: "weight-of-own-row",
    wrong:
      "Each logit's error gets the weight of that logit's class; the whole sample must get the weight of its true class.",
    read: "PyTorch's documentation of CrossEntropyLoss: weight",
    make: (right) => {
      const { description } = right;
      const weights = description && "weights" in description ? (description.weights ?? []) : [];
      return {
        ...right,
        backward: ({ probabilities: P, target: T, divisor }) =>
          mapEntries(subtract(P, T), (error, i) => (weights[i] * error) / divisor),
      };
    },
  },
]);

/**
 * Softmax and the losses on its logits.
 * @example
 * softmaxMutations.at(-1).id // "weightedSoftmaxCrossEntropy/weight-of-own-row"
 */
export const softmaxMutations: readonly Mutation[] = [...onCrossEntropy, ...onSquaredError, ...withWeights];
