import type * as tf from "@tensorflow/tfjs";
import type { Activation } from "../activations";
import type { Layer } from "../layers";
import type { Loss } from "../losses";
import { NoCounterpart } from "./no-counterpart";
import { tensorflow } from "./tensorflow";

type TensorMap = (params: unknown, A: tf.Tensor2D) => tf.Tensor2D;

/**
 * A layer's forward in TensorFlow's operations, built from the layer's description alone.
 * @throws NoCounterpart if there is none
 * @example
 * import { dense } from "../layers"
 * typeof tensorflowLayer(dense(2, 1)) // "function"
 * tensorflowLayer({ name: "mine" }) // throws /the layer "mine" has no description/
 */
export function tensorflowLayer(layer: Pick<Layer, "name" | "description">): TensorMap {
  const tf = tensorflow();
  const { description } = layer;
  switch (description?.kind) {
    case "dense":
      return (params, A) => {
        const { weights, bias } = params as { weights: tf.Tensor2D; bias: tf.Tensor2D };
        return tf.add(tf.matMul(weights, A), bias);
      };
    case "elementwise": {
      const apply = tensorflowActivation(description.activation);
      return (_params, Z) => apply(Z) as tf.Tensor2D;
    }
    case "serial": {
      const forwards = description.layers.map(tensorflowLayer);
      return (params, A) =>
        forwards.reduce((output, forward, l) => forward((params as unknown[])[l], output), A);
    }
    default:
      throw new NoCounterpart(`the layer "${layer.name}" has no description that TensorFlow.js could follow`);
  }
}

function tensorflowActivation(activation: Activation): (Z: tf.Tensor) => tf.Tensor {
  const tf = tensorflow();
  const forms: Record<string, (Z: tf.Tensor) => tf.Tensor> = {
    identity: (Z) => Z,
    step: (Z) => tf.step(Z, 0),
    sigmoid: (Z) => tf.sigmoid(Z),
    tanh: (Z) => tf.tanh(Z),
    relu: (Z) => tf.relu(Z),
    leakyRelu: (Z) => tf.leakyRelu(Z, -activation.f(-1)),
  };
  const form = forms[activation.name];
  if (!form) throw new NoCounterpart(`TensorFlow.js has no form of the activation "${activation.name}" here`);
  return form;
}

/**
 * A loss in TensorFlow's operations, the mean over columns; where TensorFlow has the whole loss, that one.
 * @throws NoCounterpart if there is none
 * @example
 * import { meanSquaredError } from "../losses"
 * import { tensorflow } from "./tensorflow"
 * tensorflowLoss(meanSquaredError)(tensorflow().tensor2d([[1, 2]]), tensorflow().tensor2d([[0, 0]])).dataSync()[0] // 1.25
 */
export function tensorflowLoss(loss: Loss): (prediction: tf.Tensor2D, target: tf.Tensor2D) => tf.Tensor {
  const tf = tensorflow();
  const meanOverColumns = (X: tf.Tensor2D) => tf.div(tf.sum(X), X.shape[1]);
  const forms: Record<string, (prediction: tf.Tensor2D, target: tf.Tensor2D) => tf.Tensor> = {
    meanSquaredError: (Y, T) => tf.div(meanOverColumns(tf.squaredDifference(Y, T)), 2),
    // TensorFlow's samples are rows
    softmaxCrossEntropy: (Z, T) => tf.losses.softmaxCrossEntropy(tf.transpose(T), tf.transpose(Z)),
    // TensorFlow's is the mean over all entries
    sigmoidBinaryCrossEntropy: (Z, T) => tf.mul(tf.losses.sigmoidCrossEntropy(T, Z), Z.shape[0]),
    perceptronCriterion: (Z, T) => meanOverColumns(tf.relu(tf.neg(tf.mul(T, Z))) as tf.Tensor2D),
  };
  const form = forms[loss.name];
  if (!form) throw new NoCounterpart(`TensorFlow.js has no form of the loss "${loss.name}" here`);
  return form;
}
