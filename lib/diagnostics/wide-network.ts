import type { Activation } from "../activations";
import { exp } from "../kernels/functions";

/** Step of the sum, and where it ends: beyond 14 deviations the density is below 1e-42. */
const [spacing, end] = [1 / 64, 14];

/**
 * E f(z) of z ~ N(0, 1): h Σ f(z) e^(−z²/2)/√(2π) over z = ±h/2, ±3h/2, …, h = 1/64. For a smooth f the error of this
 * midpoint rule falls exponentially with 1/h, and likewise where each half, left and right of 0, is that of an even
 * function (the squares of ReLU and of its derivative). A kink at 0, as ReLU's own, costs h²/24 of the jump of f′: 4e-6.
 * Source: L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385.
 * @param f finite on [−14, 14]
 * @example
 * import { tanh } from "../kernels/functions"
 * gaussianMean((z) => z * z) // ≈ 1
 * gaussianMean((z) => (z > 0 ? z * z : 0)) // ≈ 0.5
 * 1 / Math.sqrt(gaussianMean((z) => tanh(z) * tanh(z))) // ≈ 1.592537420
 */
export function gaussianMean(f: (z: number) => number): number {
  let sum = 0;
  for (let k = end / spacing - 1; k >= 0; k--) {
    const z = (k + 0.5) * spacing;
    sum += (f(z) + f(-z)) * exp((-z * z) / 2);
  }
  return (sum * spacing) / Math.sqrt(2 * Math.PI);
}

/** What may be chosen for `wideNetwork`. */
export interface WideNetworkOptions {
  /** How many layers of weights, ≥ 1. */
  readonly depth: number;
  /** n Var(w): 1 for Xavier between layers of equal width, 2 for He, 1/3 for U(−1/√n, 1/√n); finite, ≥ 0. */
  readonly weightVariance: number;
  /** Default 0. */
  readonly biasVariance?: number;
  /** Mean square of the inputs; default 1. */
  readonly inputVariance?: number;
}

/**
 * The variance of the sums z and of the gradients δ = ∂E/∂z in every layer of an infinitely wide network at its first
 * weights, all layers of the same width n: there the sums of a layer are normal, and with their variance q
 *
 *     q₁ = n Var(w) · input + Var(b)        qₗ₊₁ = n Var(w) E φ(√qₗ z)² + Var(b)        E δₗ² = n Var(w) E φ′(√qₗ z)² · E δₗ₊₁²
 *
 * For φ the identity these are the conditions of Glorot and Bengio, for ReLU those of He et al. How alike two inputs and
 * their gradients are in such a network is in infinite-width, for ReLU, where the means have a closed form.
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249, section 4.2.1; K. He et al., ICCV (2015) 1026, section 2.2; B. Poole
 * et al., NIPS 29 (2016).
 * @returns `forward` qₗ and `backward` E δₗ² in units of the last layer's, both from the first layer to the last
 * @throws if the depth or a variance is out of range
 * @example
 * import { relu, tanh } from "../activations"
 * wideNetwork(relu, { depth: 3, weightVariance: 1 }).forward // ≈ [1, 0.5, 0.25]
 * wideNetwork(relu, { depth: 3, weightVariance: 1 }).backward // ≈ [0.25, 0.5, 1]
 * wideNetwork(tanh, { depth: 2, weightVariance: 1 }).forward // ≈ [1, 0.39429449]
 * wideNetwork(relu, { depth: 0, weightVariance: 1 }) // throws /the depth is 0/
 */
export function wideNetwork(
  { f, derivative }: Pick<Activation, "f" | "derivative">,
  { depth, weightVariance, biasVariance = 0, inputVariance = 1 }: WideNetworkOptions,
): { forward: number[]; backward: number[] } {
  if (!Number.isInteger(depth) || depth < 1)
    throw new Error(`wideNetwork: the depth is ${depth} (it must be a whole number ≥ 1)`);
  for (const [name, value] of Object.entries({ weightVariance, biasVariance, inputVariance }))
    if (!(Number.isFinite(value) && value >= 0))
      throw new Error(`wideNetwork: ${name} is ${value} (it must be a finite number ≥ 0)`);
  const forward = [weightVariance * inputVariance + biasVariance];
  while (forward.length < depth) {
    const deviation = Math.sqrt(forward[forward.length - 1]);
    const square = (z: number) => f(deviation * z) * f(deviation * z);
    forward.push(weightVariance * gaussianMean(square) + biasVariance);
  }
  const backward = [1];
  for (let l = depth - 2; l >= 0; l--) {
    const deviation = Math.sqrt(forward[l]);
    const square = (z: number) => derivative(deviation * z) * derivative(deviation * z);
    backward.unshift(weightVariance * gaussianMean(square) * backward[0]);
  }
  return { forward, backward };
}
