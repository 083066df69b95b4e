import { sigmoid } from "../activations";
import { log } from "../kernels/functions";
import type { Loss, Pair, PairWithProbabilities } from "../losses";
import type { MarginCache } from "../losses/multiclass-hinge";
import type { ActivationCache } from "../losses/output-activation";
import { hadamard, scale, subtract } from "../matrix";
import { mapEntries, sum } from "../matrix-entries";
import { negative } from "../matrix-rows";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

const squared = 'note 004, "Local sensitivity of the mean squared error layer"';
const losses = 'note 004, "Loss functions and parameter updates"';
const logistic = `${losses}: sigmoid with binary cross-entropy`;

const onSquaredError = mutationsOf<Loss<Pair>>("losses", subjects.meanSquaredError, [
  {
    name: "half-forgotten-in-loss",
    wrong: "The loss lacks its ½, the gradient has it: the one is not the derivative of the other.",
    read: losses,
    make: (right) => ({
      ...right,
      forward(Y, T) {
        const { loss, cache } = right.forward(Y, T);
        return { loss: 2 * loss, cache };
      },
    }),
  },
  {
    name: "factor-two",
    wrong: "The 2 of the square's derivative stays, although the loss has a ½ that cancels it.",
    read: losses,
    make: (right) => ({ ...right, backward: (cache) => scale(right.backward(cache), 2) }),
  },
  {
    name: "error-reversed",
    wrong: "The error is target minus output: descent goes uphill.",
    read: squared,
    make: (right) => ({ ...right, backward: (cache) => negative(right.backward(cache)) }),
  },
  {
    name: "mean-over-entries",
    wrong:
      "Loss and gradient are means over all entries, samples and output units; it is the samples alone that are averaged over.",
    read: `${losses}; PyTorch's MSELoss does the same and has no ½`,
    make: (right) => ({
      ...right,
      forward(Y, T) {
        const { loss, cache } = right.forward(Y, T);
        return { loss: loss / Y.rows, cache };
      },
      backward: (cache) => scale(right.backward(cache), 1 / cache.target.rows),
    }),
  },
]);

const onSigmoidSquaredError = mutationsOf<Loss<ActivationCache>>("losses", subjects.sigmoidMeanSquaredError, [
  {
    name: "derivative-forgotten",
    wrong:
      "The derivative of the output's activation is missing: this is the error of a linear output, or of cross-entropy.",
    read: squared,
    make: (right) => ({
      ...right,
      backward: ({ output: A, target: T }) => scale(subtract(A, T), 1 / T.cols),
    }),
  },
  {
    name: "derivative-at-output",
    wrong: "The derivative of the output's activation is taken at the output in place of the pre-activation.",
    read: 'note 004, "Layer decomposition", pitfalls: u and y mixed up',
    make: (right) => ({
      ...right,
      backward: ({ output: A, target: T }) =>
        hadamard(scale(subtract(A, T), 1 / T.cols), sigmoid.derivativeAt(A)),
    }),
  },
]);

const onCrossEntropy = mutationsOf<Loss<PairWithProbabilities>>(
  "losses",
  subjects.sigmoidBinaryCrossEntropy,
  [
    {
      name: "derivative-once-too-often",
      wrong:
        "The sigmoid's derivative is multiplied in, which cross-entropy has already cancelled: this is the error of the squared error.",
      read: `${logistic}; "Layer decomposition", exercise 2`,
      make: (right) => ({
        ...right,
        backward: (cache) =>
          hadamard(
            right.backward(cache),
            mapEntries(cache.probabilities, (a) => a * (1 - a)),
          ),
      }),
    },
    {
      name: "gradient-by-probabilities",
      wrong:
        "This is the gradient with respect to the probability; the sigmoid's derivative is missing on the way to the logit.",
      read: logistic,
      make: (right) => ({
        ...right,
        backward: ({ probabilities: A, target: T }) =>
          mapEntries(A, (a, i, j) => (a - T.data[i * A.cols + j]) / (a * (1 - a)) / A.cols),
      }),
    },
    {
      name: "logarithm-of-zero",
      wrong:
        "The logarithm is taken of a rounded probability: where a sigmoid saturates that is 0, and the loss infinite or no number.",
      read: 'note 004, "Layer decomposition", pitfalls: numerical stability',
      shows: "extremes",
      make: (right) => ({
        ...right,
        forward(Z, T) {
          const { cache } = right.forward(Z, T);
          const terms = mapEntries(cache.probabilities, (a, i, j) => {
            const t = T.data[i * T.cols + j];
            return -(t * log(a) + (1 - t) * log(1 - a));
          });
          return { loss: sum(terms) / T.cols, cache };
        },
      }),
    },
  ],
);

const onHinge = mutationsOf<Loss<Pair>>("losses", subjects.hinge, [
  {
    name: "margin-forgotten",
    wrong:
      "Only samples on the wrong side get a gradient; those on the right side but within the margin must get one too.",
    read: "C. Cortes, V. Vapnik, Machine Learning 20 (1995) 273",
    make: (right) => ({
      ...right,
      backward: ({ prediction: Z, target: T }) =>
        mapEntries(Z, (z, i, j) => {
          const t = T.data[i * Z.cols + j];
          return t * z < 0 ? -t / Z.cols : 0;
        }),
    }),
  },
  {
    name: "counted-on-the-margin",
    wrong:
      "Exactly on the margin, where there is no derivative, a sample still gets a gradient; this project and TensorFlow take 0.",
    read: "S. Shalev-Shwartz, Y. Singer, N. Srebro, ICML 2007 (Pegasos)",
    shows: "zeros and kinks",
    make: (right) => ({
      ...right,
      backward: ({ prediction: Z, target: T }) =>
        mapEntries(Z, (z, i, j) => {
          const t = T.data[i * Z.cols + j];
          return t * z <= 1 ? -t / Z.cols : 0;
        }),
    }),
  },
]);

const onMulticlassHinge = mutationsOf<Loss<MarginCache>>("losses", subjects.multiclassHinge, [
  {
    name: "true-class-forgotten",
    wrong: "The strongest rival is pushed down, but the true class is not pushed up.",
    read: "K. Crammer, Y. Singer, Journal of Machine Learning Research 2 (2001) 265",
    make: (right) => ({
      ...right,
      backward: (cache) => mapEntries(right.backward(cache), (entry) => Math.max(0, entry)),
    }),
  },
]);

/**
 * Losses other than those on softmax.
 * @example
 * lossMutations.at(-1).id // "multiclassHinge/true-class-forgotten"
 */
export const lossMutations: readonly Mutation[] = [
  ...onSquaredError,
  ...onSigmoidSquaredError,
  ...onCrossEntropy,
  ...onHinge,
  ...onMulticlassHinge,
];
