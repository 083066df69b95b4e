import type { Activation } from "./activations";
import { crossEntropy } from "./kernels/cross-entropy";
import { exp, log1p } from "./kernels/functions";
import { checkDistributions, checkTargets, oneHotColumns } from "./losses/targets";
import { type Matrix, type Precision, precisionOf, scale, subtract, zeros } from "./matrix";

/**
 * A loss E over a batch of columns: the mean over columns of a sum over rows. forward throws if the shapes or
 * precisions differ, the batch is empty, a prediction or target is NaN, or a target is outside the loss's range;
 * an infinite prediction gives the limit, which may be Infinity. backward(cache) = ∂E/∂prediction.
 */
export interface Loss<Cache = unknown> {
  readonly name: string;
  forward(prediction: Matrix, target: Matrix): { loss: number; cache: Cache };
  backward(cache: Cache): Matrix;
  /** Predictions at which E has no derivative. */
  readonly kinks: number[];
  /** What the loss computes where its name does not say it all, for witnesses that compute it in another way. */
  readonly description?: LossDescription;
}

/** What a loss with settings, or one that is built on another, computes. */
export type LossDescription =
  | { readonly kind: "afterActivation"; readonly loss: Loss; readonly activation: Activation }
  | { readonly kind: "afterSoftmax"; readonly loss: Loss }
  | { readonly kind: "ofLabels"; readonly loss: Loss }
  | {
      readonly kind: "weightedSoftmaxCrossEntropy";
      readonly weights: readonly number[];
      readonly normalization: "samples" | "weights";
    }
  | {
      readonly kind: "weightedSigmoidBinaryCrossEntropy";
      readonly weights?: readonly number[];
      readonly positiveWeights?: readonly number[];
    };

/** Both matrices as forward received them. */
export interface Pair {
  readonly prediction: Matrix;
  readonly target: Matrix;
}

/** Those, and the probabilities that belong to the logits, which backward needs too. */
export interface PairWithProbabilities extends Pair {
  readonly probabilities: Matrix;
}

/**
 * E = 1/(2m) Σ (yᵢⱼ − tᵢⱼ)² over all entries of m columns; ∂E/∂Y = (Y − T)/m.
 * @example
 * meanSquaredError.forward(matrix([[1, 2]]), matrix([[0, 0]])).loss // 1.25
 * meanSquaredError.forward(matrix([[1, 2]]), matrix([[0]])) // throws /prediction is 1×2, target is 1×1/
 */
export const meanSquaredError: Loss<Pair> = {
  name: "meanSquaredError",
  kinks: [],
  forward(prediction, target) {
    checkTargets("meanSquaredError", prediction, target, "finite");
    const [Y, T] = [prediction.data, target.data];
    let total = 0;
    for (let k = 0; k < Y.length; k++) total += (Y[k] - T[k]) * (Y[k] - T[k]);
    return { loss: total / 2 / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    return scale(subtract(prediction, target), 1 / prediction.cols);
  },
};

/**
 * Cross-entropy of softmax, on the logits Z: E = −1/m Σ tᵢⱼ log aᵢⱼ with a = softmax(z) by column, through
 * log-sum-exp; ∂E/∂Z = (A − T)/m. Every column of T is a distribution: entries in [0, 1] with sum 1 (within 1e-5).
 * @example
 * softmaxCrossEntropy.forward(matrix([[2], [1], [0.1]]), matrix([[1], [0], [0]])).loss // ≈ 0.4170
 */
export const softmaxCrossEntropy: Loss<PairWithProbabilities> = {
  name: "softmaxCrossEntropy",
  kinks: [],
  forward(prediction, target) {
    checkTargets("softmaxCrossEntropy", prediction, target, "in [0, 1]");
    checkDistributions("softmaxCrossEntropy", target);
    const { total, probabilities } = crossEntropy(prediction, target);
    return { loss: total / prediction.cols, cache: { prediction, target, probabilities } };
  },
  backward({ probabilities, target }) {
    return scale(subtract(probabilities, target), 1 / target.cols);
  },
};

/**
 * Cross-entropy of the sigmoid, on the logits Z: E = −1/m Σ t log σ(z) + (1 − t) log(1 − σ(z)) over all entries,
 * evaluated as t s(−z) + (1 − t) s(z) with s(z) = max(z, 0) + log(1 + e^−|z|); ∂E/∂Z = (σ(Z) − T)/m. Targets in [0, 1].
 * @example
 * sigmoidBinaryCrossEntropy.forward(matrix([[0]]), matrix([[1]])).loss // ≈ 0.69314718
 * sigmoidBinaryCrossEntropy.forward(matrix([[-1000]]), matrix([[1]])).loss // 1000
 */
export const sigmoidBinaryCrossEntropy: Loss<PairWithProbabilities> = {
  name: "sigmoidBinaryCrossEntropy",
  kinks: [],
  forward(prediction, target) {
    checkTargets("sigmoidBinaryCrossEntropy", prediction, target, "in [0, 1]");
    const probabilities = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
    let loss = 0;
    for (let k = 0; k < target.data.length; k++) {
      const [z, t] = [prediction.data[k], target.data[k]];
      const e = exp(-Math.abs(z));
      const rest = log1p(e);
      // a factor of 0 contributes 0 also where the other is infinite
      if (t !== 0) loss += t * (Math.max(-z, 0) + rest);
      if (t !== 1) loss += (1 - t) * (Math.max(z, 0) + rest);
      probabilities.data[k] = z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
    return { loss: loss / prediction.cols, cache: { prediction, target, probabilities } };
  },
  backward({ probabilities, target }) {
    return scale(subtract(probabilities, target), 1 / target.cols);
  },
};

/**
 * E = 1/m Σ max(0, −t z) with targets t ∈ {−1, 1}; ∂E/∂z = −t/m where t z ≤ 0, else 0. At the kink z = 0 there is no
 * derivative; −t/m is taken, so that descent from zero weights moves, as the perceptron rule does.
 * Source: R. O. Duda, P. E. Hart, D. G. Stork, Pattern Classification (2nd ed.), §5.5.
 * @example
 * perceptronCriterion.forward(matrix([[2, -3]]), matrix([[-1, -1]])).loss // 1
 */
export const perceptronCriterion: Loss<Pair> = {
  name: "perceptronCriterion",
  kinks: [0],
  forward(prediction, target) {
    checkTargets("perceptronCriterion", prediction, target, "−1 or 1");
    const [Z, T] = [prediction.data, target.data];
    let loss = 0;
    for (let k = 0; k < Z.length; k++) loss += Math.max(0, -T[k] * Z[k]);
    return { loss: loss / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    const dZ = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
    const [Z, T] = [prediction.data, target.data];
    for (let k = 0; k < Z.length; k++) dZ.data[k] = T[k] * Z[k] <= 0 ? -T[k] / prediction.cols : 0;
    return dZ;
  },
};

/**
 * The classes×n matrix whose column j is 1 in row labels[j] and 0 elsewhere.
 * @throws if classes is not a whole number ≥ 1, or a label not one from 0 to classes − 1
 * @example
 * [...oneHot([1, 0], 2).data] // [0, 1, 1, 0]
 * oneHot([0, 3], 3) // throws /labels\[1\] is 3 \(allowed are 0 to 2\)/
 */
export function oneHot(labels: ArrayLike<number>, classes: number, precision: Precision = "float64"): Matrix {
  return oneHotColumns("oneHot", labels, classes, precision);
}
