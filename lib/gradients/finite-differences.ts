import { fromData } from "../matrix";
import { flattenParams, mapParams, type Params, zerosLike } from "../params";
import type { Random } from "../random";

/** ∛(2⁻⁵²): the step at which the rounding of the difference, ε/h, and the cut-off term h² are about equal. */
export const cubeRootOfEpsilon = 6.055454452393343e-6;

/** Settings of centralDifferences. */
export interface DifferenceOptions {
  /** The step is this times max(1, |θ|); default ∛(2⁻⁵²). */
  readonly step?: number;
  /** Differences for only so many entries of each matrix, drawn from `random`; the others are NaN. Default all. */
  readonly sample?: { readonly entries: number; readonly random: Random };
}

/** An entry at which the function has a point without a derivative within ±h. */
export interface Kink {
  readonly path: string;
  /** Index into the matrix's row-major data. */
  readonly entry: number;
  /** (f(θ) − f(θ − h))/h */
  readonly left: number;
  /** (f(θ + h) − f(θ))/h */
  readonly right: number;
}

/** What centralDifferences returns. */
export interface Differences<P extends Params> {
  readonly gradients: P;
  readonly kinks: readonly Kink[];
  /** How far the cut-off term, or a kink too small to be told from rounding, may take each entry. */
  readonly uncertainty: P;
  /** By path, the indices of the entries that were computed. */
  readonly entries: ReadonlyMap<string, readonly number[]>;
}

/**
 * ∂f/∂θ ≈ (f(θ + h) − f(θ − h)) / 2h for every entry θ of float64 parameters, with h = step · max(1, |θ|). The error
 * is about h²|f‴|/6 + 2⁻⁵³|f|/h: for f near 1 some 1e-11.
 *
 * A kink within ±h shows in d(h) = |f(θ + h) − 2f(θ) + f(θ − h)|/h, the jump between the two one-sided differences.
 * For a smooth f it shrinks like h; at a kink it stays, and beside one it vanishes. So where d(h) is visible above
 * rounding, d(h/10) and d(h/3) must be about a tenth and a third of it; two steps, because one alone can agree by
 * chance. `uncertainty` is twice the change of the difference at h/3 for a smooth f, which is a little more than its
 * cut-off term, and d(h)/2 where d(h) is too small to tell.
 * @throws if a matrix is float32, f is not finite, or the step is not a finite number > 0
 * Source: Numerical Recipes §5.7 (step); CS231n, "Gradient checks" (kinks).
 * @example
 * const square = (x) => x.data[0] * x.data[0]
 * centralDifferences(square, matrix([[3]])).gradients.data[0] // ≈ 6.000000000
 * centralDifferences((x) => Math.abs(x.data[0] - 1e-7), matrix([[0]])).kinks.length // 1
 */
export function centralDifferences<P extends Params>(
  f: (params: P) => number,
  params: P,
  { step = cubeRootOfEpsilon, sample }: DifferenceOptions = {},
): Differences<P> {
  if (!(step > 0 && Number.isFinite(step)))
    throw new Error(`centralDifferences: the step is ${step} (it must be a finite number > 0)`);
  const point = mapParams(({ rows, cols, data }) => fromData(rows, cols, data.slice()), params);
  const gradients = zerosLike(params);
  const uncertainty = zerosLike(params);
  const [targets, uncertainties] = [flattenParams(gradients), flattenParams(uncertainty)];
  const kinks: Kink[] = [];
  const entries = new Map<string, readonly number[]>();
  const value = () => finite(f(point));
  const center = value();

  flattenParams(point).forEach(({ path, value: { data } }, k) => {
    if (!(data instanceof Float64Array))
      throw new Error(
        `centralDifferences: ${path || "the matrix"} is float32 (differences need float64: use toPrecision)`,
      );
    const chosen = chooseEntries(data.length, sample);
    entries.set(path, chosen);
    const out = targets[k].value.data;
    if (sample) out.fill(Number.NaN);
    for (const entry of chosen) {
      const theta = data[entry];
      /** (f(θ + h) − f(θ − h))/2h, by the steps as they really are after rounding, and the jump d(h). */
      const around = (size: number) => {
        data[entry] = theta + size;
        const [above, up] = [data[entry], value()];
        data[entry] = theta - size;
        const [below, down] = [data[entry], value()];
        data[entry] = theta;
        const jump = Math.abs(up - 2 * center + down) / size;
        return { up, down, slope: (up - down) / (above - below), jump };
      };
      const h = step * Math.max(1, Math.abs(theta));
      const { up, down, slope, jump } = around(h);
      out[entry] = slope;
      const size = jump / Math.max(1, Math.abs(center));
      const shrinks = (factor: number, near: { jump: number }) => {
        const ratio = near.jump / jump / factor;
        return ratio > 0.75 && ratio < 1.25;
      };
      const third = size > 1e-8 ? around(h / 3) : undefined;
      const smooth = third && shrinks(1 / 3, third) && (size <= 1e-7 || shrinks(1 / 10, around(h / 10)));
      if (size > 1e-7 && !smooth)
        kinks.push({ path, entry, left: (center - down) / h, right: (up - center) / h });
      // a cut-off error proportional to h² is 9/8 of its change at h/3; else there may be a kink with this jump
      else uncertainties[k].value.data[entry] = smooth ? 2 * Math.abs(slope - third.slope) : jump / 2;
    }
  });
  return { gradients, kinks, uncertainty, entries };
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`centralDifferences: the function is ${value} near the point`);
  return value;
}

/**
 * The indices of so many of `length` entries, drawn at random, in rising order; all of them without a sample.
 * @example
 * chooseEntries(3) // [0, 1, 2]
 * chooseEntries(1000, { entries: 2, random: randomState(42) }) // [521, 737]
 */
export function chooseEntries(length: number, sample?: DifferenceOptions["sample"]): number[] {
  if (!sample || sample.entries >= length) return Array.from({ length }, (_, k) => k);
  return [...sample.random.choice(length, sample.entries, false)].sort((a, b) => a - b);
}
