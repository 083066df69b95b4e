import { type Activation, softmax, softmaxBackward } from "../activations";
import { type Loss, meanSquaredError } from "../losses";
import { hadamard, type Matrix, scale, subtract } from "../matrix";
import { checkTargets } from "./targets";

/** What a loss on pre-activations keeps: Z, A = φ(Z) and the targets. */
export interface ActivationCache {
  readonly preActivation: Matrix;
  readonly output: Matrix;
  readonly target: Matrix;
}

/**
 * Mean squared error of A = φ(Z), on the pre-activations Z of the output layer: E = 1/(2m) Σ (aᵢⱼ − tᵢⱼ)² over all
 * entries of m columns; δ = ∂E/∂Z = (A − T)/m ⊙ φ′(Z). The kinks are φ's.
 * Source: note 004; Rumelhart, Hinton and Williams, Nature 323 (1986) 533, equations 3 to 5.
 * @example
 * import { sigmoid } from "../activations"
 * const loss = activationMeanSquaredError(sigmoid)
 * loss.name // "sigmoidMeanSquaredError"
 * const { cache } = loss.forward(matrix([[0]]), matrix([[1]]))
 * loss.backward(cache) // matrix([[-0.125]])
 */
export function activationMeanSquaredError(activation: Activation): Loss<ActivationCache> {
  const name = `${activation.name}MeanSquaredError`;
  return {
    name,
    kinks: activation.kinks,
    description: { kind: "afterActivation", loss: meanSquaredError, activation },
    forward(Z, target) {
      checkTargets(name, Z, target, "finite");
      const output = activation.apply(Z);
      const { loss } = meanSquaredError.forward(output, target);
      return { loss, cache: { preActivation: Z, output, target } };
    },
    backward({ preActivation: Z, output: A, target: T }) {
      return hadamard(scale(subtract(A, T), 1 / Z.cols), activation.derivativeAt(Z));
    },
  };
}

/**
 * Mean squared error of A = softmax(Z) by column, on the logits Z: E = 1/(2m) Σ (aᵢⱼ − tᵢⱼ)²; every column of ∂E/∂Z is
 * the product of softmax's Jacobian with (a − t)/m.
 * @example
 * const { loss, cache } = softmaxMeanSquaredError.forward(matrix([[0], [0]]), matrix([[1], [0]]))
 * loss // 0.25
 * softmaxMeanSquaredError.backward(cache) // matrix([[-0.25], [0.25]])
 */
export const softmaxMeanSquaredError: Loss<ActivationCache> = {
  name: "softmaxMeanSquaredError",
  kinks: [],
  description: { kind: "afterSoftmax", loss: meanSquaredError },
  forward(Z, target) {
    checkTargets("softmaxMeanSquaredError", Z, target, "finite");
    const output = softmax(Z);
    const { loss } = meanSquaredError.forward(output, target);
    return { loss, cache: { preActivation: Z, output, target } };
  },
  backward({ output: A, target: T }) {
    return softmaxBackward(A, scale(subtract(A, T), 1 / A.cols));
  },
};
