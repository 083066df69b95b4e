import { type Activation, elementwiseActivation } from "../activations";

/**
 * The exponential linear unit: z for z > 0, else α(e^z − 1), which falls to −α; derivative 1 for z > 0, else α e^z.
 * At z = 0 the derivative is α; unless α = 1 that is a kink.
 * Source: Clevert, Unterthiner and Hochreiter, ICLR 2016 (arXiv:1511.07289).
 * @throws if α is not a finite number
 * @example
 * elu().f(-1) // ≈ -0.63212056
 * elu().derivative(-1) // ≈ 0.36787944
 * elu(2).f(-1000) // -2
 * elu(NaN) // throws /elu: alpha is NaN \(it must be a finite number\)/
 */
export function elu(alpha = 1): Activation {
  if (!Number.isFinite(alpha)) throw new Error(`elu: alpha is ${alpha} (it must be a finite number)`);
  const formula = `(z + abs(z)) / 2 + ${alpha} * (exp((z - abs(z)) / 2) - 1)`;
  return elementwiseActivation("elu", formula, alpha === 1 ? [] : [0], alpha);
}
