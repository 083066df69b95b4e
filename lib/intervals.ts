import { pow } from "./kernels/functions";

/** The 97.5 % point of the standard normal distribution (NIST/SEMATECH e-Handbook, §1.3.6.7.1: 1.960). */
const z975 = 1.959963984540054;

/**
 * Wilson's interval for a share: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with p = successes/n, at 95 %.
 * @param successes a whole number from 0 to n
 * @param n number of trials, ≥ 1
 * @throws if the counts are out of range
 * Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212.
 * @example
 * wilsonInterval(20, 20)[0] // ≈ 0.838875
 * wilsonInterval(3, 10) // ≈ [0.1078, 0.6032]
 * wilsonInterval(3, 2) // throws /successes is 3 of 2/
 */
export function wilsonInterval(successes: number, n: number): [low: number, high: number] {
  if (!(Number.isInteger(n) && n >= 1 && Number.isInteger(successes) && successes >= 0 && successes <= n))
    throw new Error(
      `wilsonInterval: successes is ${successes} of ${n} (whole numbers, 0 ≤ successes ≤ n, n ≥ 1)`,
    );
  const p = successes / n;
  const middle = p + (z975 * z975) / (2 * n);
  const half = z975 * Math.sqrt((p * (1 - p)) / n + (z975 * z975) / (4 * n * n));
  const total = 1 + (z975 * z975) / n;
  // of none or of all the one end is exact, and rounding would move it
  return [successes === 0 ? 0 : (middle - half) / total, successes === n ? 1 : (middle + half) / total];
}

/**
 * The median: the middle one of the sorted values, of two in the middle (a + b)/2. NaN where a value is NaN.
 * @param values one or more, in any order, which stays as it is
 * @throws if there are none
 * Source: as NumPy's `median`.
 * @example
 * median([3, 1, 2]) // 2
 * median(Float64Array.of(4, 1, 3, 2)) // 2.5
 * median([1, NaN]) // NaN
 * median([]) // throws /median: there are no values/
 */
export function median(values: ArrayLike<number>): number {
  const n = values.length;
  if (n === 0) throw new Error("median: there are no values");
  const sorted = Float64Array.from(values).sort();
  // NaN is sorted behind all numbers
  if (Number.isNaN(sorted[n - 1])) return Number.NaN;
  const half = n >> 1;
  return n % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * An interval for the median of a distribution from independent values of it, whatever the distribution: the k-th
 * smallest and the k-th largest value, with the largest k for which Σᵢ₌₀ᵏ⁻¹ C(n, i)/2ⁿ ≤ 2.5 %. It covers the median in
 * at least 95 % of samples; with 20 values it goes from the 6th smallest to the 6th largest.
 * @param values 6 to 1000 finite numbers, in any order
 * @throws if there are fewer or more, or one is not finite
 * Source: H. A. David, H. N. Nagaraja, Order Statistics (3rd ed., 2003), §7.1; SciPy's `quantile_test` gives the same.
 * @example
 * medianInterval([3, 1, 2, 5, 4, 6]) // [1, 6]
 * medianInterval(Array.from({ length: 20 }, (_, k) => k + 1)) // [6, 15]
 * medianInterval([1, 2]) // throws /medianInterval: there are 2 values \(6 to 1000 are needed\)/
 */
export function medianInterval(values: ArrayLike<number>): [low: number, high: number] {
  const n = values.length;
  if (!(n >= 6 && n <= 1000)) throw new Error(`medianInterval: there are ${n} values (6 to 1000 are needed)`);
  const sorted = Float64Array.from(values).sort();
  const odd = sorted.find((x) => !Number.isFinite(x));
  if (odd !== undefined) throw new Error(`medianInterval: a value is ${odd} (all must be finite)`);
  let k = 0;
  let chance = pow(2, -n);
  // the chance that fewer than k + 1 of n values lie below the median
  for (let below = chance; below <= 0.025; below += chance) {
    k += 1;
    chance *= (n - k + 1) / k;
  }
  return [sorted[k - 1], sorted[n - k]];
}
