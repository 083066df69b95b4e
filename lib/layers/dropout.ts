import { identity } from "../activations";
import { expectShape, type Layer, type NoParams } from "../layer";
import { elementwise } from "../layers";
import { hadamard, type Matrix } from "../matrix";
import { mapEntries } from "../matrix-entries";

/**
 * Inverted dropout: in training each entry is dropped with probability p = rate and the others are divided by 1 − p,
 * so that the mean over all masks is A. With a mask M of the shape of A, Mᵢⱼ = 0 or 1/(1 − p), and dY = ∂E/∂Y,
 *
 *     Y = A ⊙ M        dA = dY ⊙ M
 *
 * M is drawn from the `random` given to forward, row by row, an entry dropped where the uniform number is below p (in
 * NumPy `(random.rand(n, m) >= p) / (1 - p)`), and kept in `cache`. After training, `forInference(layer)` is the
 * identity.
 * @param rate p, in [0, 1). The paper's p is 1 − rate, the probability that a unit stays, and the paper multiplies the
 * weights by it after training instead.
 * @throws if the rate is out of range, forward gets no `random`, or dY has not the shape of A
 * Source: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, JMLR 15 (2014) 1929, section 4.
 * @example
 * import { forInference } from "../layer"
 * const layer = dropout(0.5)
 * const { output, cache } = layer.forward({}, matrix([[1, 2, 3, 4]]), randomState(42))
 * output // matrix([[0, 4, 6, 8]])
 * layer.backward({}, cache, matrix([[1, 1, 1, 1]])).dInput // matrix([[0, 2, 2, 2]])
 * forInference(layer).forward({}, matrix([[1, 2]])).output // matrix([[1, 2]])
 * layer.forward({}, matrix([[1, 2]])) // throws /dropout.forward: no random to draw the mask from/
 * dropout(1) // throws /the rate is 1/
 */
export function dropout(rate: number, name = "dropout"): Layer<NoParams, { mask: Matrix }> {
  if (!(rate >= 0 && rate < 1)) throw new Error(`dropout: the rate is ${rate} (it must be in [0, 1))`);
  return {
    name,
    description: { kind: "dropout", rate },
    init: () => ({}),

    forward(_params, A, random) {
      if (!random)
        throw new Error(
          `${name}.forward: no random to draw the mask from (in training call forward(params, A, random); after it use forInference(layer))`,
        );
      const mask = mapEntries(A, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
      return { output: hadamard(A, mask), cache: { mask } };
    },

    backward(_params, { mask }, dOutput) {
      expectShape(`${name}.backward: dOutput`, dOutput, mask.rows, mask.cols);
      return { dInput: hadamard(dOutput, mask), gradients: {} };
    },

    inference: () => elementwise(identity, name),
  };
}
