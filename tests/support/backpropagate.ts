import type { Layer } from "../../lib/layer";
import type { DenseParams } from "../../lib/layers";
import type { Loss } from "../../lib/losses";
import type { Matrix } from "../../lib/matrix";
import type { Params } from "../../lib/params";
import { randomState } from "../../lib/random";
import { everyLoss } from "./objectives";

/** Loss and gradients of a network. */
export function backpropagate(layer: Layer, params: Params, X: Matrix, loss: Loss, T: Matrix) {
  const { output, cache } = layer.forward(params, X);
  const { loss: value, cache: lossCache } = loss.forward(output, T);
  const { gradients, dInput } = layer.backward(params, cache, loss.backward(lossCache));
  return { value, output, gradients, dInput };
}

/** The weights' matrices of a network of dense layers with activations between them, or their gradients. */
export const weightsOf = (params: Params) =>
  (params as DenseParams[]).filter(({ weights }) => weights).map(({ weights }) => weights);

/** One-hot targets. */
export const classes = (seed: number, rows: number, cols: number): Matrix =>
  everyLoss[4].targets(randomState(seed), rows, cols);
