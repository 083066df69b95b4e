/**
 * The values in ascending order; those that are not finite as +∞ ("highest") or −∞ ("lowest").
 * @throws if a value is not finite and no place is given
 * @example
 * ranked([3, Number.NaN, 1], "highest") // Float64Array.of(1, 3, Infinity)
 * ranked([3, Number.NaN]) // throws /value 1 is NaN/
 */
export function ranked(values: readonly number[], notFinite?: "highest" | "lowest"): Float64Array {
  const place = notFinite === "lowest" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Float64Array.from(values, (value, k) => {
    if (Number.isFinite(value)) return value;
    if (notFinite === undefined) throw new Error(`ranked: value ${k} is ${value}, where does it stand?`);
    return place;
  }).sort();
}

/**
 * The percentile p of sorted values x₀ ≤ … ≤ x₍ₙ₋₁₎: at h = (n − 1) p / 100, between xₖ and xₖ₊₁ with k = ⌊h⌋, is
 * xₖ + (h − k)(xₖ₊₁ − xₖ).
 * Source: Hyndman and Fan's type 7, Am. Stat. 50 (1996) 361; NumPy's default.
 * @param p from 0 to 100
 * @throws if there are no values, or p is out of range
 * @example
 * percentileOf(Float64Array.of(1, 2, 4), 75) // 3
 * percentileOf(Float64Array.of(1, 2, Infinity), 50) // 2
 */
export function percentileOf(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0 || !(p >= 0 && p <= 100))
    throw new Error(
      `percentileOf: percentile ${p} of ${sorted.length} values (0 ≤ p ≤ 100, at least one value)`,
    );
  const h = ((sorted.length - 1) * p) / 100;
  const k = Math.floor(h);
  // ∞ − ∞ is not a number
  return k === h || sorted[k] === sorted[k + 1]
    ? sorted[k]
    : sorted[k] + (h - k) * (sorted[k + 1] - sorted[k]);
}

/**
 * A whole number as an ordinal.
 * @example
 * [1, 2, 3, 11, 25, 92].map(ordinal) // ["1st", "2nd", "3rd", "11th", "25th", "92nd"]
 */
export function ordinal(n: number): string {
  const ending = ["th", "st", "nd", "rd"][n % 10];
  return `${n}${(n % 100 > 10 && n % 100 < 14) || ending === undefined ? "th" : ending}`;
}
