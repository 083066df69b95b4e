/** Counts of values in bins of equal width. */
export interface Histogram {
  /** bins + 1 numbers; bin k is edges[k] ≤ x < edges[k + 1], the last one with its upper edge. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** What may be chosen for a summary. */
export interface SummaryOptions {
  /** Probabilities in [0, 1]; 0.02, 0.25, 0.5, 0.75, 0.98 unless given. */
  readonly probabilities?: readonly number[];
  /** Bins of the histogram; 30 unless given. */
  readonly bins?: number;
  /**
   * Its first and last edge, the same for layers that are to be compared; the least and the largest value unless given.
   */
  readonly range?: readonly [low: number, high: number];
}

/** Statistics of the finite ones among some values; NaN where there is none. */
export interface Summary {
  /** How many finite values there are. */
  readonly count: number;
  /** How many are NaN or infinite; they enter nothing else. */
  readonly notFinite: number;
  readonly mean: number;
  /** √((1/n) Σ (x − mean)²), the population form. */
  readonly standardDeviation: number;
  /** √((1/n) Σ x²). */
  readonly rms: number;
  /** √(Σ x²). */
  readonly norm: number;
  readonly min: number;
  readonly max: number;
  /** One for each probability. */
  readonly quantiles: readonly number[];
  readonly histogram: Histogram;
}

/**
 * Mean, spread, quantiles and histogram of some values, computed in float64 and summed in their order. The default
 * probabilities hold 0.98, at which Glorot and Bengio (2010, figure 3) watch saturation, and its mirror 0.02.
 * @throws if a probability, the number of bins or the range is unusable
 * @example
 * const { mean, standardDeviation, quantiles } = summarise([1, 2, 3, 4], { probabilities: [0, 0.5, 0.9] })
 * [mean, standardDeviation] // ≈ [2.5, 1.118034]
 * quantiles // ≈ [1, 2.5, 3.7]
 * summarise([1, NaN]).notFinite // 1
 */
export function summarise(values: ArrayLike<number>, options: SummaryOptions = {}): Summary {
  const { probabilities = [0.02, 0.25, 0.5, 0.75, 0.98], bins = 30, range } = options;
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k])) {
      sum += values[k];
      squares += values[k] * values[k];
    }
  const count = sorted.length;
  const mean = sum / count;
  let deviations = 0;
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k])) deviations += (values[k] - mean) * (values[k] - mean);
  return {
    count,
    notFinite: values.length - count,
    mean,
    standardDeviation: Math.sqrt(deviations / count),
    rms: Math.sqrt(squares / count),
    norm: Math.sqrt(squares),
    min: count > 0 ? sorted[0] : Number.NaN,
    max: count > 0 ? sorted[count - 1] : Number.NaN,
    quantiles: probabilities.map((p) => quantile(sorted, p)),
    histogram: histogram(sorted, bins, range),
  };
}

/**
 * The p-quantile of values sorted from small to large, between two of them by a straight line (NumPy's default method).
 * NaN of no values.
 * @throws if p is not in [0, 1]
 * @example
 * quantile([10, 20, 30], 0.25) // 15
 * quantile([10, 20], 1.5) // throws /the probability is 1.5/
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`quantile: the probability is ${p} (it must be in [0, 1])`);
  if (sorted.length === 0) return Number.NaN;
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const [a, b] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  const share = place - below;
  // from the nearer end, so that equal neighbours give their value
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

/**
 * Counts in bins of equal width over a range; values outside it are left out. Without a range it reaches from the least
 * to the largest value, and half a unit to both sides where they are equal, as NumPy's `histogram` does.
 * @throws if the bins are not a whole number ≥ 1, or the range does not grow
 * @example
 * histogram([0, 1, 1, 2, 4], 2).counts // [3, 2]
 * histogram([0, 1, 1, 2, 4], 2).edges // [0, 2, 4]
 * histogram([0, 1, 1, 2, 4], 2, [0, 1]).counts // [1, 2]
 */
export function histogram(
  values: ArrayLike<number>,
  bins: number,
  range?: readonly [low: number, high: number],
): Histogram {
  if (!Number.isInteger(bins) || bins < 1)
    throw new Error(`histogram: bins is ${bins} (it must be a whole number ≥ 1)`);
  const [low, high] = range ?? ownRange(values);
  if (!(high > low && Number.isFinite(low) && Number.isFinite(high)))
    throw new Error(`histogram: the range is from ${low} to ${high} (it must grow and be finite)`);
  const width = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + k * width));
  const counts = new Array<number>(bins).fill(0);
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    if (!(x >= low && x <= high)) continue;
    let bin = Math.min(bins - 1, Math.floor(((x - low) / (high - low)) * bins));
    // the quotient is rounded; the edges decide
    if (x < edges[bin]) bin -= 1;
    else if (bin < bins - 1 && x >= edges[bin + 1]) bin += 1;
    counts[bin] += 1;
  }
  return { edges, counts };
}

function ownRange(values: ArrayLike<number>): [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [values[0], values[0]];
  for (let k = 1; k < values.length; k++) {
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
