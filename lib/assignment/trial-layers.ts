import { type Initializer, oneInit } from "../initializers";
import type { Layer, NoParams } from "../layer";
import { fromData, hadamard, type Matrix, rowSums } from "../matrix";
import { mapEntries } from "../matrix-entries";

/** The parameters of `rowGains`: a gain for each row, n×1. */
export type RowGains = { readonly gains: Matrix };

/**
 * Y = diag(g) A, A and Y n×m, g n×1: a layer to try a network's chain rule with. With dY = ∂E/∂Y,
 *
 *     dg = (dY ⊙ A) 1        dA = diag(g) dY
 *
 * @example
 * const layer = rowGains(2)
 * const params = { gains: matrix([[3], [4]]) }
 * const { output, cache } = layer.forward(params, matrix([[1, 2], [5, 6]]))
 * output // matrix([[3, 6], [20, 24]])
 * layer.backward(params, cache, matrix([[1, 1], [1, 1]])).gradients.gains // matrix([[3], [11]])
 */
export function rowGains(n: number, gains: Initializer = oneInit): Layer<RowGains, { A: Matrix }> {
  const scaled = ({ gains: g }: RowGains, A: Matrix) => mapEntries(A, (a, i) => g.data[i] * a);
  return {
    name: "rowGains",
    // for messages alone: no witness builds this layer again
    description: { kind: "serial", layers: [] },
    init: (random) => ({ gains: gains(random, n, 1, "float64") }),
    forward: (params, A) => ({ output: scaled(params, A), cache: { A } }),
    backward: (params, { A }, dY) => ({
      gradients: { gains: rowSums(hadamard(dY, A)) },
      dInput: scaled(params, dY),
    }),
  };
}

/**
 * Y = A ⊙ A, a layer without parameters to try a network's chain rule with: dA = 2 A ⊙ dY.
 * @example
 * const { output, cache } = squares.forward({}, matrix([[1, 3]]))
 * output // matrix([[1, 9]])
 * squares.backward({}, cache, matrix([[1, 1]])).dInput // matrix([[2, 6]])
 */
export const squares: Layer<NoParams, { A: Matrix }> = {
  name: "squares",
  description: { kind: "serial", layers: [] },
  init: () => ({}),
  forward: (_params, A) => ({ output: hadamard(A, A), cache: { A } }),
  backward: (_params, { A }, dY) => ({
    gradients: {},
    dInput: fromData(
      A.rows,
      A.cols,
      hadamard(A, dY).data.map((x) => 2 * x),
    ),
  }),
};
