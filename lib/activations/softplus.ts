import { type Activation, elementwiseActivation } from "../activations";

/**
 * A smooth max(0, z): log(1 + e^(βz))/β, evaluated as max(z, 0) + log(1 + e^−|βz|)/β, so nothing overflows and small
 * values keep their digits; derivative σ(βz). The larger the sharpness β, the closer to relu. PyTorch's switches to z
 * where βz > 20; this one does not.
 * Source: Dugas, Bengio, Bélisle, Nadeau and Garcia, NIPS 2000.
 * @throws if β is not a finite number > 0
 * @example
 * softplus().f(0) // ≈ 0.69314718
 * softplus().f(1000) // 1000
 * softplus(10).derivative(0) // 0.5
 * softplus(0) // throws /softplus: beta is 0 \(it must be a finite number > 0\)/
 */
export function softplus(beta = 1): Activation {
  if (!(beta > 0 && Number.isFinite(beta)))
    throw new Error(`softplus: beta is ${beta} (it must be a finite number > 0)`);
  return elementwiseActivation("softplus", `log(1 + exp(${beta} * z)) / ${beta}`, [], beta);
}
