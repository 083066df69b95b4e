import type * as tf from "@tensorflow/tfjs";
import type { Loss } from "../losses";
import { expectClasses } from "../losses/targets";
import { NoCounterpart } from "./no-counterpart";
import { tensorflow } from "./tensorflow";
import { tensorflowActivation } from "./tensorflow-activations";

type TensorLoss = (prediction: tf.Tensor2D, target: tf.Tensor2D) => tf.Tensor;

/**
 * A loss in TensorFlow's operations, the mean over columns; where TensorFlow has the whole loss, that one.
 * @throws NoCounterpart if there is none
 * @example
 * import { meanSquaredError } from "../losses"
 * import { tensorflow } from "./tensorflow"
 * tensorflowLoss(meanSquaredError)(tensorflow().tensor2d([[1, 2]]), tensorflow().tensor2d([[0, 0]])).dataSync()[0] // 1.25
 */
export function tensorflowLoss(loss: Loss): TensorLoss {
  const tf = tensorflow();
  const transpose = (X: tf.Tensor) => tf.transpose(X) as tf.Tensor2D;
  const meanOverColumns = (X: tf.Tensor) => tf.div(tf.sum(X), X.shape[X.rank - 1]);
  const column = (weights: readonly number[]) => tf.tensor2d([...weights], [weights.length, 1]);
  const { description } = loss;
  switch (description?.kind) {
    case "afterActivation": {
      const [inner, apply] = [tensorflowLoss(description.loss), tensorflowActivation(description.activation)];
      return (Z, T) => inner(apply(Z) as tf.Tensor2D, T);
    }
    case "afterSoftmax": {
      const inner = tensorflowLoss(description.loss);
      return (Z, T) => inner(transpose(tf.softmax(transpose(Z))), T);
    }
    case "ofLabels": {
      const inner = tensorflowLoss(description.loss);
      return (Z, labels) => {
        expectClasses(loss.name, Z.shape[0]);
        return inner(Z, transpose(tf.oneHot(tf.cast(tf.reshape(labels, [-1]), "int32"), Z.shape[0])));
      };
    }
    case "weightedSoftmaxCrossEntropy":
      return (Z, T) => {
        const weighted = tf.mul(column(description.weights), T);
        const total = tf.neg(tf.sum(tf.mul(weighted, transpose(tf.logSoftmax(transpose(Z))))));
        return tf.div(total, description.normalization === "weights" ? tf.sum(weighted) : Z.shape[1]);
      };
    case "weightedSigmoidBinaryCrossEntropy":
      return (Z, T) => {
        const { weights, positiveWeights } = description;
        const positive = tf.mul(T, tf.softplus(tf.neg(Z)));
        const negative = tf.mul(tf.sub(1, T), tf.softplus(Z));
        const terms = tf.add(
          positiveWeights ? tf.mul(column(positiveWeights), positive) : positive,
          negative,
        );
        return meanOverColumns(weights ? tf.mul(column(weights), terms) : terms);
      };
  }
  const forms: Record<string, TensorLoss> = {
    meanSquaredError: (Y, T) => tf.div(meanOverColumns(tf.squaredDifference(Y, T)), 2),
    // TensorFlow's samples are rows
    softmaxCrossEntropy: (Z, T) => tf.losses.softmaxCrossEntropy(transpose(T), transpose(Z)),
    // TensorFlow's is the mean over all entries
    sigmoidBinaryCrossEntropy: (Z, T) => tf.mul(tf.losses.sigmoidCrossEntropy(T, Z), Z.shape[0]),
    perceptronCriterion: (Z, T) => meanOverColumns(tf.relu(tf.neg(tf.mul(T, Z)))),
    // likewise, of labels 0 and 1
    hinge: (Z, T) => tf.mul(tf.losses.hingeLoss(tf.div(tf.add(T, 1), 2), Z), Z.shape[0]),
    squaredHinge: (Z, T) => meanOverColumns(tf.square(tf.relu(tf.sub(1, tf.mul(T, Z))))),
    // the class itself gives 0
    multiclassHinge: (Z, T) =>
      meanOverColumns(tf.sub(tf.max(tf.add(Z, tf.sub(1, T)), 0), tf.sum(tf.mul(T, Z), 0))),
  };
  const form = forms[loss.name];
  if (!form) throw new NoCounterpart(`TensorFlow.js has no form of the loss "${loss.name}" here`);
  return form;
}
