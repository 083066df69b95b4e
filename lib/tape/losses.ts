import { relu } from "../activations";
import { softplus } from "../activations/softplus";
import type { Loss } from "../losses";
import { full } from "../matrix-entries";
import type { Tape } from "../tape";
import type { Operand } from "./lines";
import type { Variable } from "./variable";

const ones = ({ value }: Variable) => full(value.rows, value.cols, 1);

/** How far T ⊙ Z falls short of 1. */
const shortfall = (t: Tape, Z: Variable, T: Operand) =>
  t.activate(relu, t.subtract(ones(Z), t.hadamard(T, Z)));

/** What is added up over all entries. */
const terms: { [loss: string]: (t: Tape, prediction: Variable, target: Operand) => Variable } = {
  meanSquaredError(t, Y, T) {
    const D = t.subtract(Y, T);
    return t.scale(t.hadamard(D, D), 0.5);
  },
  softmaxCrossEntropy: (t, Z, T) => t.scale(t.hadamard(T, t.logSoftmax(Z)), -1),
  sigmoidBinaryCrossEntropy: (t, Z, T) =>
    t.add(
      t.hadamard(T, t.activate(softplus(), t.scale(Z, -1))),
      t.hadamard(t.subtract(ones(Z), T), t.activate(softplus(), Z)),
    ),
  perceptronCriterion: (t, Z, T) => t.activate(relu, t.scale(t.hadamard(T, Z), -1)),
  hinge: shortfall,
  squaredHinge: (t, Z, T) => t.power(shortfall(t, Z, T), 2),
};

/**
 * A loss of lib/losses recorded step by step in the tape's own operations, so that its derivative follows from theirs:
 * the sum over all entries, divided by the number m of columns, of
 *
 *     meanSquaredError             ½ D ⊙ D with D = Y − T
 *     softmaxCrossEntropy          −T ⊙ log softmax Z
 *     sigmoidBinaryCrossEntropy    T ⊙ softplus(−Z) + (1 − T) ⊙ softplus(Z)
 *     perceptronCriterion          relu(−T ⊙ Z), whose derivative at the kink is 0, where lib/losses takes −t/m
 *     hinge, squaredHinge          relu(1 − T ⊙ Z), and its square
 *
 * @throws if the loss is another one
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
  loss: Pick<Loss, "name">,
  prediction: Variable,
  target: Operand,
): Variable {
  const term = terms[loss.name];
  if (term === undefined)
    throw new Error(
      `recordLoss: the tape has no form of the loss ${loss.name} (it has ${Object.keys(terms).join(", ")})`,
    );
  return t.scale(t.sum(term(t, prediction, target)), 1 / prediction.value.cols);
}
