import type { Activation } from "../activations";
import { mapEntries } from "../matrix-entries";

/**
 * An activation raised by a number: φ(z) + c, with the derivative of φ. A layer behind it can undo c by its bias, so
 * networks with φ and with φ + c compute the same functions; what differs is the mean of the activations, and with it
 * the way of gradient descent. shifted(sigmoid, −½) = ½ tanh(z/2) is the sigmoid with its outputs centred at 0.
 * In float32 φ is rounded before c is added.
 * @throws if c is not a finite number
 * Source: Y. LeCun, I. Kanter, S. A. Solla, "Second order properties of error surfaces", NIPS 3 (1990), which compares
 * centred and biased state variables.
 * @example
 * import { sigmoid } from "../activations"
 * const centred = shifted(sigmoid, -0.5)
 * centred.name // "sigmoid − 0.5"
 * centred.f(0) // 0
 * centred.f(1000) // 0.5
 * centred.derivative(0) // 0.25
 * shifted(sigmoid, NaN) // throws /shifted: c is NaN \(it must be a finite number\)/
 */
export function shifted(activation: Activation, c: number): Activation {
  if (!Number.isFinite(c)) throw new Error(`shifted: c is ${c} (it must be a finite number)`);
  const sign = c < 0 ? "−" : "+";
  return {
    ...activation,
    name: `${activation.name} ${sign} ${Math.abs(c)}`,
    formula: `(${activation.formula}) + (${c})`,
    f: (z) => activation.f(z) + c,
    apply: (Z) => mapEntries(activation.apply(Z), (a) => a + c),
    shift: { of: activation, by: c },
  };
}
