import { relu } from "../activations";
import { softplus } from "../activations/softplus";
import type { Loss } from "../losses";
import { expectOneEach } from "../losses/class-weights";
import { fromData, precisionOf, shape } from "../matrix";
import { full, toPrecision } from "../matrix-entries";
import type { Tape } from "../tape";
import type { Operand } from "./lines";
import type { Variable } from "./variable";

const ones = ({ value }: Variable) => full(value.rows, value.cols, 1, precisionOf(value));

/** How far T ⊙ Z falls short of 1. */
const shortfall = (t: Tape, Z: Variable, T: Operand) =>
  t.activate(relu, t.subtract(ones(Z), t.hadamard(T, Z)));

/** T ⊙ softplus(−Z) and (1 − T) ⊙ softplus(Z). */
const sigmoidTerms = (t: Tape, Z: Variable, T: Operand) => ({
  positive: t.hadamard(T, t.activate(softplus(), t.scale(Z, -1))),
  negative: t.hadamard(t.subtract(ones(Z), T), t.activate(softplus(), Z)),
});

/** A ⊙ w 1ᵀ, every row times its weight. */
function weighted(t: Tape, name: string, what: string, A: Operand, weights: readonly number[], Z: Variable) {
  const { value } = Z;
  expectOneEach(name, what, weights, value);
  const column = toPrecision(fromData(weights.length, 1, Float64Array.from(weights)), precisionOf(value));
  return t.hadamard(t.broadcast(column, value.rows, value.cols), A);
}

/** The row of the largest entries of the columns: max(eᵢᵀ A) over the rows i. */
function columnMaxima(t: Tape, A: Variable): Variable {
  const { rows } = A.value;
  const rowOf = (i: number) => {
    const unit = full(1, rows, 0, precisionOf(A.value));
    unit.data[i] = 1;
    return t.multiply(unit, A);
  };
  let largest = rowOf(0);
  for (let i = 1; i < rows; i++) largest = t.maximum(largest, rowOf(i));
  return largest;
}

/** What is added up over all entries. */
const terms: { [loss: string]: (t: Tape, prediction: Variable, target: Operand) => Variable } = {
  meanSquaredError(t, Y, T) {
    const D = t.subtract(Y, T);
    return t.scale(t.hadamard(D, D), 0.5);
  },
  softmaxCrossEntropy: (t, Z, T) => t.scale(t.hadamard(T, t.logSoftmax(Z)), -1),
  sigmoidBinaryCrossEntropy(t, Z, T) {
    const { positive, negative } = sigmoidTerms(t, Z, T);
    return t.add(positive, negative);
  },
  perceptronCriterion: (t, Z, T) => t.activate(relu, t.scale(t.hadamard(T, Z), -1)),
  hinge: shortfall,
  squaredHinge: (t, Z, T) => t.power(shortfall(t, Z, T), 2),
  multiclassHinge(t, Z, T) {
    if (Z.value.rows < 2)
      throw new Error(
        `recordLoss: multiclassHinge of a prediction that is ${shape(Z.value)} (it needs at least two rows)`,
      );
    const margins = t.add(Z, t.subtract(ones(Z), T));
    return t.subtract(columnMaxima(t, margins), t.columnSums(t.hadamard(T, Z)));
  },
};

/**
 * A loss of lib/losses recorded step by step in the tape's own operations, so that its derivative follows from theirs:
 * the sum over all entries, divided by the number m of columns, of
 *
 *     meanSquaredError                    ½ D ⊙ D with D = Y − T
 *     softmaxCrossEntropy                 −T ⊙ log softmax Z
 *     weightedSoftmaxCrossEntropy         −w 1ᵀ ⊙ T ⊙ log softmax Z, or divided by the sum of w 1ᵀ ⊙ T
 *     sigmoidBinaryCrossEntropy           T ⊙ softplus(−Z) + (1 − T) ⊙ softplus(Z)
 *     weightedSigmoidBinaryCrossEntropy   w 1ᵀ ⊙ (p 1ᵀ ⊙ T ⊙ softplus(−Z) + (1 − T) ⊙ softplus(Z))
 *     perceptronCriterion                 relu(−T ⊙ Z), whose derivative at the kink is 0, where lib/losses takes −t/m
 *     hinge, squaredHinge                 relu(1 − T ⊙ Z), and its square
 *     multiclassHinge                     maxᵢ(Z + 1 − T) − 1ᵀ(T ⊙ Z), of every column; where several entries are
 *                                         the largest they share the derivative, lib/losses gives it to the first
 *
 * @throws if the loss is another one, its weights are not as many as the rows, or multiclassHinge has a single row
 * @example
 * import { tape } from "../tape"
 * import { meanSquaredError } from "../losses"
 * const t = tape()
 * const Y = t.input("Y", matrix([[1, 2]]))
 * const E = recordLoss(t, meanSquaredError, Y, matrix([[0, 0]]))
 * E.value // matrix([[1.25]])
 * t.backward(E).of(Y) // matrix([[0.5, 1]])
 */
export function recordLoss(
  t: Tape,
  { name, description }: Pick<Loss, "name" | "description">,
  prediction: Variable,
  target: Operand,
): Variable {
  const mean = (total: Variable) => t.scale(t.sum(total), 1 / prediction.value.cols);
  if (description?.kind === "weightedSoftmaxCrossEntropy") {
    const ofClasses = weighted(t, name, "weights", target, description.weights, prediction);
    const total = t.scale(t.hadamard(ofClasses, t.logSoftmax(prediction)), -1);
    return description.normalization === "weights" ? t.divide(t.sum(total), t.sum(ofClasses)) : mean(total);
  }
  if (description?.kind === "weightedSigmoidBinaryCrossEntropy") {
    const { weights, positiveWeights } = description;
    const { positive, negative } = sigmoidTerms(t, prediction, target);
    const heavier = positiveWeights
      ? weighted(t, name, "positiveWeights", positive, positiveWeights, prediction)
      : positive;
    const both = t.add(heavier, negative);
    return mean(weights ? weighted(t, name, "weights", both, weights, prediction) : both);
  }
  const term = terms[name];
  if (term === undefined) {
    const known = [...Object.keys(terms), "weightedSoftmaxCrossEntropy", "weightedSigmoidBinaryCrossEntropy"];
    throw new Error(`recordLoss: the tape has no form of the loss ${name} (it has ${known.join(", ")})`);
  }
  return mean(term(t, prediction, target));
}
