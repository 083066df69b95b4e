import type * as tf from "@tensorflow/tfjs";
import type { Layer } from "../layer";
import { fromData, type Matrix } from "../matrix";
import { flattenParams, mapParams, type Params } from "../params";
import type { Random } from "../random";
import { expectDescribed } from "./described";
import type { Objective } from "./objective";
import { tensorflow } from "./tensorflow";
import { tensorflowLayer } from "./tensorflow-forms";
import { tensorflowLoss } from "./tensorflow-losses";

/** A tree of parameters with a tensor in the place of each matrix. */
export type Tensors<P> = P extends Matrix ? tf.Tensor2D : { readonly [K in keyof P]: Tensors<P[K]> };

/**
 * The value and the gradients of a scalar function of parameters, by TensorFlow.js's automatic differentiation in
 * float32, whatever the precision of the parameters: about seven digits, fewer where sums cancel. What f does not
 * depend on has gradient 0. The gradients are float32 matrices.
 * @param f gets the parameters as tensors and returns a tensor of one number
 * @example
 * import { tensorflow } from "./tensorflow"
 * autogradOf((x) => tensorflow().sum(tensorflow().square(x)), matrix([[1, 2]])).gradients.data[1] // 4
 */
export function autogradOf<P extends Params>(
  f: (tensors: Tensors<P>) => tf.Tensor,
  params: P,
): { value: number; gradients: P } {
  const { value, gradients } = differentiate(f as unknown as (tree: unknown) => tf.Tensor, params);
  return { value, gradients: gradients as P };
}

/** The same without the types, which TypeScript cannot follow through a tree of any depth. */
function differentiate(
  f: (tree: unknown) => tf.Tensor,
  params: Params,
): { value: number; gradients: Params } {
  const tf = tensorflow();
  const matrices = flattenParams(params).map(({ value }) => value);
  const gradients: Matrix[] = [];
  let value = Number.NaN;
  // What is wanted is copied out: tf.tidy would walk through a returned array entry by entry.
  tf.tidy(() => {
    const inputs = matrices.map(tensorOf);
    const withValue = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      // TensorFlow.js refuses a function that does not use one of its arguments: use each, times 0.
      const unused = tensors.map((x) => tf.mul(tf.sum(x), 0));
      return tf.addN([f(treeOf(params, tensors)), ...unused].map((x) => x.asScalar())) as tf.Scalar;
    })(inputs);
    value = withValue.value.dataSync()[0];
    withValue.grads.forEach((gradient, k) => {
      gradients.push(fromData(matrices[k].rows, matrices[k].cols, Float32Array.from(gradient.dataSync())));
    });
  });
  return { value, gradients: treeOf(params, gradients) as Params };
}

function tensorOf({ rows, cols, data }: Matrix): tf.Tensor2D {
  return tensorflow().tensor2d(Float32Array.from(data), [rows, cols], "float32");
}

/** A tree of the form of `params` with these leaves, in the order of flattenParams. */
function treeOf(params: Params, leaves: readonly unknown[]): unknown {
  let next = 0;
  return mapParams(() => leaves[next++] as Matrix, params);
}

/**
 * The gradients of an objective of layer(params, A) by TensorFlow.js. The layer's own forward and backward are not
 * used: the network is built again from its description with TensorFlow's operations.
 * @param random what the layers draw from, where they are random, in the order of their own forward
 * @throws NoCounterpart if the layer, one of its activations or the loss has none; another error, naming layer and
 * field, if a description or the params are not those of its kind
 * @example
 * import { dense } from "../layers"
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const { value, gradients } = autogradOfLayer(dense(2, 1), params, matrix([[1], [2]]), { weights: matrix([[10]]) })
 * value // 160
 * gradients.params.weights.data[1] // 20
 * gradients.input.data[0] // 30
 */
export function autogradOfLayer<P extends Params>(
  layer: Layer<P>,
  params: P,
  A: Matrix,
  objective: Objective,
  random?: Random,
): { value: number; gradients: { params: P; input: Matrix } } {
  expectDescribed(layer, params, A.rows, "loss" in objective ? undefined : objective.weights.rows);
  const tf = tensorflow();
  const forward = tensorflowLayer(layer);
  const scalar =
    "loss" in objective
      ? tensorflowLoss(objective.loss)
      : (output: tf.Tensor2D, weights: tf.Tensor2D) => tf.sum(tf.mul(output, weights));
  const other = "loss" in objective ? objective.target : objective.weights;
  const f = (tree: unknown) => {
    const { params, input } = tree as { params: unknown; input: tf.Tensor2D };
    return scalar(forward(params, input, random), tensorOf(other));
  };
  const { value, gradients } = differentiate(f, { params, input: A });
  return { value, gradients: gradients as { params: P; input: Matrix } };
}
