/**
 * The largest relative change of a disturbed number, 2⁻⁴⁰: large beside float64's rounding, small beside the number.
 */
export const disturbance = 2 ** -40;

/**
 * A rounding far coarser than float64's: each number is multiplied by 1 + 2⁻⁴⁰ ξ with ξ of [−1, 1), by a generator
 * that is good enough for this. A computation done with it strays, to first order, 2¹³ times as far as its rounding to
 * float64 (2⁻⁵³ for each operation) may take it; so its error can be seen without knowing the exact result.
 * @param seed a whole number
 * Source: D. S. Parker, B. Pierce, P. R. Eggert, "Monte Carlo arithmetic", Comput. Sci. Eng. 2 (2000) 58; the
 * generator's factor and addend: Numerical Recipes (2nd ed.), section 7.1.
 * @example
 * disturbing(1)(0) // 0
 * Math.abs(disturbing(1)(1) - 1) <= disturbance // true
 */
export function disturbing(seed: number): (x: number) => number {
  let state = seed;
  return (x) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return x * (1 + (state / 2147483648) * disturbance);
  };
}
