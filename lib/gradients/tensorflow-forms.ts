import type * as tf from "@tensorflow/tfjs";
import type { Layer } from "../layer";
import type { Random } from "../random";
import { dropoutFactors } from "./dropout-factors";
import { NoCounterpart } from "./no-counterpart";
import { tensorflow } from "./tensorflow";
import { tensorflowActivation } from "./tensorflow-activations";

/** Draws from `random`, where the layer is random, in the order of the layer's own forward. */
type TensorMap = (params: unknown, A: tf.Tensor2D, random?: Random) => tf.Tensor2D;

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
      return (params, A, random) =>
        forwards.reduce((output, forward, l) => forward((params as unknown[])[l], output, random), A);
    }
    case "residual": {
      const [branch, shortcut] = [description.branch, description.shortcut].map(tensorflowLayer);
      return (params, A, random) => {
        const inside = params as { branch: unknown; shortcut: unknown };
        const F = branch(inside.branch, A, random);
        return tf.add(shortcut(inside.shortcut, A, random), F);
      };
    }
    case "batchNorm": {
      const { epsilon, statistics } = description;
      return (params, A) => {
        const { gain, shift, ...running } = params as Record<string, tf.Tensor2D>;
        const { mean, variance } = tf.moments(A, 1, true);
        return statistics === "batch"
          ? standardized(A, mean, variance, epsilon, gain, shift)
          : standardized(A, running.runningMean, running.runningVariance, epsilon, gain, shift);
      };
    }
    case "layerNorm": {
      const { epsilon } = description;
      return (params, A) => {
        const { gain, shift } = params as { gain: tf.Tensor2D; shift: tf.Tensor2D };
        const { mean, variance } = tf.moments(A, 0, true);
        return standardized(A, mean, variance, epsilon, gain, shift);
      };
    }
    case "dropout": {
      const { rate } = description;
      return (_params, A, random) =>
        tf.mul(A, tf.tensor2d(Float32Array.from(dropoutFactors(rate, A.size, random)), A.shape));
    }
    default:
      throw new NoCounterpart(`the layer "${layer.name}" has no description that TensorFlow.js could follow`);
  }
}

/** γ (A − μ)/√(σ² + ε) + β. */
function standardized(
  A: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  epsilon: number,
  gain: tf.Tensor,
  shift: tf.Tensor,
): tf.Tensor2D {
  const tf = tensorflow();
  const normalized = tf.div(tf.sub(A, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(gain, normalized), shift);
}
