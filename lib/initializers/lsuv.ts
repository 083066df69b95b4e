import type { Layer } from "../layer";
import type { DenseParams } from "../layers";
import { type Matrix, scale } from "../matrix";
import type { Params } from "../params";
import type { Random } from "../random";

/** What may be chosen for `lsuv`. */
export interface LsuvOptions {
  /** How far from 1 a variance may stay; default 0.1. */
  readonly tolerance?: number;
  /** How often a layer's weights are scaled at most; default 10. */
  readonly maxIterations?: number;
  /** What layers that are random in training draw from. */
  readonly random?: Random;
}

/** What `lsuv` did with one dense layer. */
export interface LsuvLayer {
  /** Its place among the layers, e.g. "2" or "0.branch". */
  readonly path: string;
  /** How often its weights were scaled. */
  readonly iterations: number;
  /** The variance of its outputs before and after. */
  readonly before: number;
  readonly after: number;
}

/**
 * Layer-sequential unit-variance initialization: from the first dense layer to the last, the weights are divided by the
 * standard deviation of the layer's outputs, over all units and all samples of a batch, until their variance is within
 * the tolerance of 1. Each layer sees what those before it, already scaled, make of the batch. Biases stay.
 * @param params where to start: in the paper orthonormal weights, `dense(n, m, { weights: orthogonal() })`
 * @param X the batch, one sample a column
 * @returns the new params, and what was done with each dense layer
 * @throws if a setting is out of range, X is empty, or the variance of a layer's outputs is 0 or not finite
 * Source: D. Mishkin, J. Matas, "All you need is a good init", ICLR 2016.
 * @example
 * import { dense } from "../layers"
 * const start = { weights: matrix([[3]]), bias: matrix([[0]]) }
 * const { params, layers } = lsuv(dense(1, 1), start, matrix([[-2, 2]]))
 * params.weights.data[0] // 0.5
 * layers // [{ path: "", iterations: 1, before: 36, after: 1 }]
 * lsuv(dense(1, 1), start, matrix([[2, 2]])) // throws /the outputs of the layer have variance 0/
 */
export function lsuv<P extends Params>(
  network: Layer<P>,
  params: P,
  X: Matrix,
  { tolerance = 0.1, maxIterations = 10, random }: LsuvOptions = {},
): { params: P; layers: LsuvLayer[] } {
  if (!(tolerance > 0)) throw new Error(`lsuv: the tolerance is ${tolerance} (it must be a number > 0)`);
  if (!Number.isInteger(maxIterations) || maxIterations < 0)
    throw new Error(`lsuv: maxIterations is ${maxIterations} (it must be a whole number ≥ 0)`);
  if (X.data.length === 0) throw new Error("lsuv: X is empty (it needs at least one sample)");
  const layers: LsuvLayer[] = [];

  function scaled(layer: Layer, start: DenseParams, A: Matrix, path: string): DenseParams {
    const varianceOf = (candidate: DenseParams) => {
      const value = variance(layer.forward(candidate, A).output.data);
      if (!(value > 0 && Number.isFinite(value)))
        throw new Error(
          `lsuv: the outputs of the layer${path && ` ${path}`} have variance ${value} (it must be finite and > 0: take other weights or another batch)`,
        );
      return value;
    };
    const before = varianceOf(start);
    let [current, after, iterations] = [start, before, 0];
    while (Math.abs(after - 1) >= tolerance && iterations < maxIterations) {
      current = { ...current, weights: scale(current.weights, 1 / Math.sqrt(after)) };
      after = varianceOf(current);
      iterations += 1;
    }
    layers.push({ path, iterations, before, after });
    return current;
  }

  function visit(layer: Layer, start: Params, A: Matrix, path: string): Params {
    const { description } = layer;
    const below = (name: string | number) => (path === "" ? `${name}` : `${path}.${name}`);
    if (description.kind === "dense") return scaled(layer, start as DenseParams, A, path);
    if (description.kind === "serial") {
      let input = A;
      return description.layers.map((inner, l) => {
        const visited = visit(inner, (start as readonly Params[])[l], input, below(l));
        input = inner.forward(visited, input, random).output;
        return visited;
      });
    }
    if (description.kind === "residual") {
      const { branch, shortcut } = start as { branch: Params; shortcut: Params };
      return {
        branch: visit(description.branch, branch, A, below("branch")),
        shortcut: visit(description.shortcut, shortcut, A, below("shortcut")),
      };
    }
    return start;
  }

  return { params: visit(network as unknown as Layer, params, X, "") as P, layers };
}

/** The mean square of the values' differences from their mean; exactly 0 where all are equal. */
function variance(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] - values[0];
  const mean = values[0] + total / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return squares / values.length;
}
