import { type Activation, elementwiseActivation } from "../activations";

/**
 * The Gaussian error linear unit in its exact form: zΦ(z), where Φ(z) = ½(1 + erf(z/√2)) is the probability that a
 * standard normal number is below z; derivative Φ(z) + z e^(−z²/2)/√(2π). It falls to −0.17 at z = −0.75 and from
 * there rises to 0 on the left, where both keep their digits: they are computed from erfc, not from 1 + erf.
 * Source: Hendrycks and Gimpel 2016 (arXiv:1606.08415), §2; note 004.
 * @example
 * gelu.f(1) // ≈ 0.84134475
 * gelu.derivative(0) // 0.5
 * gelu.f(-10) // ≈ -7.619853024160525e-23
 */
export const gelu: Activation = elementwiseActivation("gelu", "z * (1 + erf(z / sqrt(2))) / 2", []);
