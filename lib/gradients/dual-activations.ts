import type { Activation } from "../activations";
import { constant, type Dual, type DualArithmetic, isPositive, positivePart } from "./dual";
import { NoCounterpart } from "./no-counterpart";

/**
 * An activation in dual numbers. Where it has a kink it branches by the order of dual numbers, so that each side's
 * derivative can be seen; where only the way of computing it has branches, by the value.
 * @throws NoCounterpart if there is none
 * @example
 * import { relu, sigmoid } from "../activations"
 * import { dualArithmetic } from "./dual"
 * dualActivation(dualArithmetic(), sigmoid)({ value: 0, slope: 1 }) // { value: 0.5, slope: 0.25 }
 * dualActivation(dualArithmetic(), relu)({ value: 0, slope: 1 }) // { value: 0, slope: 1 }
 * dualActivation(dualArithmetic(), relu)({ value: 0, slope: -1 }) // { value: 0, slope: 0 }
 */
export function dualActivation(arithmetic: DualArithmetic, activation: Activation): (z: Dual) => Dual {
  const { negative, plus, times, over, exp, expm1, erfc } = arithmetic;
  const { shift } = activation;
  if (shift) {
    const shifted = dualActivation(arithmetic, shift.of);
    return (z) => plus(shifted(z), constant(shift.by));
  }
  const one = constant(1);
  const parameter = constant(activation.parameter ?? Number.NaN);
  const forms: Record<string, (z: Dual) => Dual> = {
    identity: (z) => z,
    // beyond the jump the slope is infinite
    step: (z) =>
      z.value === 0 && z.slope < 0
        ? { value: 1, slope: Number.NEGATIVE_INFINITY }
        : constant(z.value >= 0 ? 1 : z.value < 0 ? 0 : Number.NaN),
    sigmoid(z) {
      if (z.value >= 0) return over(one, plus(one, exp(negative(z))));
      const e = exp(z);
      return over(e, plus(one, e));
    },
    tanh(z) {
      if (z.value < 0) return negative(forms.tanh(negative(z)));
      const twice = times(constant(-2), z);
      return over(negative(expm1(twice)), plus(one, exp(twice)));
    },
    relu: positivePart,
    leakyRelu: (z) => (isPositive(z) ? z : times(parameter, z)),
    elu: (z) => (isPositive(z) ? z : times(parameter, expm1(z))),
    gelu: (z) => times(times(constant(0.5), z), erfc(times(constant(-Math.SQRT1_2), z))),
    softplus: (z) => over(dualSoftplus(arithmetic, times(parameter, z)), parameter),
  };
  const form = forms[activation.name];
  if (!form) throw new NoCounterpart(`dual numbers have no form of the activation "${activation.name}" here`);
  return form;
}

/**
 * log(1 + eᶻ) = max(0, z) + log(1 + e^−|z|), which has no kink.
 * @example
 * import { dualArithmetic } from "./dual"
 * dualSoftplus(dualArithmetic(), { value: 1000, slope: 3 }) // { value: 1000, slope: 3 }
 */
export function dualSoftplus({ negative, plus, exp, log1p }: DualArithmetic, z: Dual): Dual {
  return z.value > 0 ? plus(z, log1p(exp(negative(z)))) : log1p(exp(z));
}
