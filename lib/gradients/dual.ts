import * as functions from "../kernels/functions";

/**
 * The dual number v + s ε with ε² = 0. Whatever is computed from x + ε carries the derivative by x as its slope, by the
 * rules of arithmetic alone: no difference of nearby values is taken, so nothing cancels and there is no step.
 */
export interface Dual {
  readonly value: number;
  readonly slope: number;
}

/** Operations on dual numbers; `round` is applied to both parts of each result. */
export interface DualArithmetic {
  round(x: number): number;
  /** −a, exact. */
  negative(a: Dual): Dual;
  plus(a: Dual, b: Dual): Dual;
  minus(a: Dual, b: Dual): Dual;
  times(a: Dual, b: Dual): Dual;
  over(a: Dual, b: Dual): Dual;
  /** From left to right. */
  sum(terms: readonly Dual[]): Dual;
  exp(a: Dual): Dual;
  expm1(a: Dual): Dual;
  log(a: Dual): Dual;
  log1p(a: Dual): Dual;
  sqrt(a: Dual): Dual;
  erfc(a: Dual): Dual;
}

/**
 * The dual number without slope.
 * @example
 * constant(3) // { value: 3, slope: 0 }
 */
export const constant = (value: number): Dual => ({ value, slope: 0 });

/**
 * Whether v + s ε > 0 for a small ε > 0: v > 0, or v = 0 and s > 0. A function that takes its branches by this order
 * gets at a kink the derivative of the side to which the slope leads; with the opposite slope, that of the other side.
 * @example
 * isPositive({ value: 0, slope: 1 }) // true
 * isPositive({ value: 0, slope: -1 }) // false
 */
export const isPositive = ({ value, slope }: Dual): boolean => value > 0 || (value === 0 && slope > 0);

/**
 * max(0, a) by that order.
 * @example
 * positivePart({ value: -2, slope: 1 }) // { value: 0, slope: 0 }
 */
export const positivePart = (a: Dual): Dual => (isPositive(a) || Number.isNaN(a.value) ? a : constant(0));

const exact = (x: number) => x;

/** 2/√π */
const slopeOfErf = 1.1283791670955126;

/**
 * Arithmetic of dual numbers: (a + a′ε)(b + b′ε) = ab + (a′b + ab′)ε, f(a + a′ε) = f(a) + f′(a) a′ε, and so on. These
 * few rules are all that is known of derivatives; everything else is written in terms of them.
 * @param round applied to both parts of each result, to see what rounding does; by default they stay as they are
 * Source: W. K. Clifford, "Preliminary sketch of biquaternions" (1873); R. E. Wengert, Commun. ACM 7 (1964) 463;
 * A. Griewank, A. Walther, Evaluating Derivatives (2nd ed., 2008), chapter 3.
 * @example
 * const { times, exp } = dualArithmetic()
 * times({ value: 3, slope: 1 }, { value: 3, slope: 1 }) // { value: 9, slope: 6 }
 * exp({ value: 0, slope: 2 }) // { value: 1, slope: 2 }
 */
export function dualArithmetic(round: (x: number) => number = exact): DualArithmetic {
  const dual = (value: number, slope: number): Dual => ({
    value: round(value),
    // so that 0 stays 0 where a derivative is infinite
    slope: slope === 0 ? 0 : round(slope),
  });
  /** f(a) with f′(a) = derivative. */
  const chain = ({ slope }: Dual, value: number, derivative: number) =>
    dual(value, slope === 0 ? 0 : derivative * slope);
  const plus = (a: Dual, b: Dual) => dual(a.value + b.value, a.slope + b.slope);
  return {
    round,
    negative: (a) => ({ value: -a.value, slope: -a.slope }),
    plus,
    minus: (a, b) => dual(a.value - b.value, a.slope - b.slope),
    times: (a, b) => dual(a.value * b.value, round(a.slope * b.value) + round(a.value * b.slope)),
    over(a, b) {
      const quotient = round(a.value / b.value);
      return { value: quotient, slope: round(round(a.slope - round(quotient * b.slope)) / b.value) };
    },
    sum: (terms) => terms.reduce(plus, constant(0)),
    exp(a) {
      const power = functions.exp(a.value);
      return chain(a, power, power);
    },
    expm1: (a) => chain(a, functions.expm1(a.value), functions.exp(a.value)),
    log: (a) => chain(a, functions.log(a.value), 1 / a.value),
    log1p: (a) => chain(a, functions.log1p(a.value), 1 / (1 + a.value)),
    sqrt(a) {
      const root = Math.sqrt(a.value);
      return chain(a, root, 0.5 / root);
    },
    erfc: (a) => chain(a, functions.erfc(a.value), -slopeOfErf * functions.exp(-a.value * a.value)),
  };
}
