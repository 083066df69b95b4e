import { logSoftmax, sigmoid, softmax } from "./activations";
import { exp, log1p } from "./kernels/functions";
import { type Matrix, type Precision, precisionOf, scale, shape, subtract, zeros } from "./matrix";

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
}

/** Both matrices as forward received them. */
export interface Pair {
  readonly prediction: Matrix;
  readonly target: Matrix;
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
    check("meanSquaredError", prediction, target, "finite", Number.isFinite);
    let total = 0;
    prediction.data.forEach((y, i) => {
      total += (y - target.data[i]) * (y - target.data[i]);
    });
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
export const softmaxCrossEntropy: Loss<Pair> = {
  name: "softmaxCrossEntropy",
  kinks: [],
  forward(prediction, target) {
    check("softmaxCrossEntropy", prediction, target, "in [0, 1]", isProbability);
    const { rows, cols } = target;
    for (let j = 0; j < cols; j++) {
      let total = 0;
      for (let i = 0; i < rows; i++) total += target.data[i * cols + j];
      if (Math.abs(total - 1) > 1e-5)
        throw new Error(`softmaxCrossEntropy: column ${j} of the target sums to ${total} (it must sum to 1)`);
    }
    const logarithms = logSoftmax(prediction).data;
    let loss = 0;
    // a target of 0 contributes 0 also where the logarithm is −∞
    target.data.forEach((t, i) => {
      if (t !== 0) loss -= t * logarithms[i];
    });
    return { loss: loss / cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    return scale(subtract(softmax(prediction), target), 1 / prediction.cols);
  },
};

/**
 * Cross-entropy of the sigmoid, on the logits Z: E = −1/m Σ t log σ(z) + (1 − t) log(1 − σ(z)) over all entries,
 * evaluated as t s(−z) + (1 − t) s(z) with s(z) = max(z, 0) + log(1 + e^−|z|); ∂E/∂Z = (σ(Z) − T)/m. Targets in [0, 1].
 * @example
 * sigmoidBinaryCrossEntropy.forward(matrix([[0]]), matrix([[1]])).loss // ≈ 0.69314718
 * sigmoidBinaryCrossEntropy.forward(matrix([[-1000]]), matrix([[1]])).loss // 1000
 */
export const sigmoidBinaryCrossEntropy: Loss<Pair> = {
  name: "sigmoidBinaryCrossEntropy",
  kinks: [],
  forward(prediction, target) {
    check("sigmoidBinaryCrossEntropy", prediction, target, "in [0, 1]", isProbability);
    let loss = 0;
    prediction.data.forEach((z, i) => {
      const t = target.data[i];
      const rest = log1p(exp(-Math.abs(z)));
      // a factor of 0 contributes 0 also where the other is infinite
      if (t !== 0) loss += t * (Math.max(-z, 0) + rest);
      if (t !== 1) loss += (1 - t) * (Math.max(z, 0) + rest);
    });
    return { loss: loss / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    return scale(subtract(sigmoid.apply(prediction), target), 1 / prediction.cols);
  },
};

/**
 * E = 1/m Σ max(0, −t z) with targets t ∈ {−1, 1}; ∂E/∂z = −t/m where t z ≤ 0, else 0. At the kink z = 0 there is no
 * derivative; −t/m is taken, so that descent from zero weights moves, as the perceptron rule does.
 * Source: Rosenblatt 1958; Duda, Hart and Stork, Pattern Classification, §5.5.
 * @example
 * perceptronCriterion.forward(matrix([[2, -3]]), matrix([[-1, -1]])).loss // 1
 */
export const perceptronCriterion: Loss<Pair> = {
  name: "perceptronCriterion",
  kinks: [0],
  forward(prediction, target) {
    check("perceptronCriterion", prediction, target, "−1 or 1", (t) => t === -1 || t === 1);
    let loss = 0;
    prediction.data.forEach((z, i) => {
      loss += Math.max(0, -target.data[i] * z);
    });
    return { loss: loss / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    const dZ = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
    prediction.data.forEach((z, i) => {
      dZ.data[i] = target.data[i] * z <= 0 ? -target.data[i] / prediction.cols : 0;
    });
    return dZ;
  },
};

/**
 * The classes×n matrix whose column j is 1 in row labels[j] and 0 elsewhere.
 * @throws if a label is not a whole number from 0 to classes − 1
 * @example
 * [...oneHot([1, 0], 2).data] // [0, 1, 1, 0]
 * oneHot([0, 3], 3) // throws /labels\[1\] is 3 \(allowed are 0 to 2\)/
 */
export function oneHot(labels: ArrayLike<number>, classes: number, precision: Precision = "float64"): Matrix {
  const T = zeros(classes, labels.length, precision);
  for (let j = 0; j < labels.length; j++) {
    const label = labels[j];
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new Error(`oneHot: labels[${j}] is ${label} (allowed are 0 to ${classes - 1})`);
    T.data[label * labels.length + j] = 1;
  }
  return T;
}

const isProbability = (t: number) => t >= 0 && t <= 1;

function check(
  name: string,
  prediction: Matrix,
  target: Matrix,
  range: string,
  allowed: (t: number) => boolean,
): void {
  if (prediction.rows !== target.rows || prediction.cols !== target.cols)
    throw new Error(
      `${name}: prediction is ${shape(prediction)}, target is ${shape(target)} (the shapes must be equal)`,
    );
  if (precisionOf(prediction) !== precisionOf(target))
    throw new Error(`${name}: prediction is ${precisionOf(prediction)}, target is ${precisionOf(target)}`);
  if (prediction.cols === 0)
    throw new Error(`${name}: prediction is ${shape(prediction)} (the batch is empty)`);
  const place = (index: number) => `(${Math.floor(index / target.cols)}, ${index % target.cols})`;
  for (let i = 0; i < target.data.length; i++) {
    if (Number.isNaN(prediction.data[i]))
      throw new Error(
        `${name}: prediction ${place(i)} is NaN (did the training diverge? try a smaller learning rate)`,
      );
    if (!allowed(target.data[i]))
      throw new Error(`${name}: target ${place(i)} is ${target.data[i]} (targets must be ${range})`);
  }
}
