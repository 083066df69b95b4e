import type * as tf from "@tensorflow/tfjs";
import type { Activation } from "../activations";
import { NoCounterpart } from "./no-counterpart";
import { tensorflow } from "./tensorflow";

/**
 * An activation in TensorFlow's operations.
 * @throws NoCounterpart if there is none
 * @example
 * import { relu } from "../activations"
 * import { tensorflow } from "./tensorflow"
 * tensorflowActivation(relu)(tensorflow().tensor1d([-2, 3])).arraySync() // [0, 3]
 */
export function tensorflowActivation(activation: Activation): (Z: tf.Tensor) => tf.Tensor {
  const tf = tensorflow();
  const { shift } = activation;
  if (shift) {
    const shifted = tensorflowActivation(shift.of);
    return (Z) => tf.add(shifted(Z), shift.by);
  }
  const parameter = activation.parameter ?? Number.NaN;
  const forms: Record<string, (Z: tf.Tensor) => tf.Tensor> = {
    identity: (Z) => Z,
    step: (Z) => tf.step(Z, 0),
    sigmoid: (Z) => tf.sigmoid(Z),
    tanh: (Z) => tf.tanh(Z),
    relu: (Z) => tf.relu(Z),
    leakyRelu: (Z) => tf.leakyRelu(Z, parameter),
    // TensorFlow's own has α = 1
    elu: (Z) => tf.add(tf.relu(Z), tf.mul(parameter, tf.expm1(tf.minimum(Z, 0)))),
    gelu: (Z) => tf.mul(tf.div(Z, 2), tf.add(1, tf.erf(tf.mul(Z, Math.SQRT1_2)))),
    softplus: (Z) => tf.div(tf.softplus(tf.mul(Z, parameter)), parameter),
  };
  const form = forms[activation.name];
  if (!form) throw new NoCounterpart(`TensorFlow.js has no form of the activation "${activation.name}" here`);
  return form;
}
