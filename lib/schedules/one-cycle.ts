import type { Schedule } from "../schedules";
import { expectOneOf, expectRate, expectSteps } from "./checks";
import { halfCosine } from "./cosine";

/** The form of a cycle. */
export interface OneCycleOptions {
  /** Steps of the whole training. */
  readonly steps: number;
  /** The share of them in which the learning rate rises; default 0.3. */
  readonly rise?: number;
  /** Half cosines or straight lines; default "cosine". */
  readonly shape?: "cosine" | "linear";
}

/** The rates of oneCycle; the defaults are PyTorch's. */
export interface OneCycleRates extends OneCycleOptions {
  /** The peak over the rate of the first step; default 25. */
  readonly startDivisor?: number;
  /** The rate of the first step over that of the last; default 10,000. */
  readonly endDivisor?: number;
}

/**
 * One rise and one fall over a whole training of n steps: from α/25 at step 1 to the peak α at step ρ n, then down to
 * α/25/10⁴ at step n, where it stays. PyTorch's OneCycleLR at its step t − 1, with two phases.
 * @throws if a setting is out of range (α finite and ≥ 0, n whole and ≥ 2, ρ in (0, 1) with ρ n > 1, divisors ≥ 1),
 * or the shape is unknown
 * Source: L. N. Smith, N. Topin, arXiv:1708.07120 (2017); the form is PyTorch's (fastai's).
 * @example
 * const schedule = oneCycle(0.1, { steps: 100 })
 * [1, 30, 100].map(schedule) // ≈ [0.0040000, 0.1000000, 0.0000004]
 * oneCycle(0.1, { steps: 100, rise: 1 }) // throws /oneCycle: rise is 1/
 */
export function oneCycle(peak: number, options: OneCycleRates): Schedule {
  const { startDivisor = 25, endDivisor = 1e4 } = options;
  expectRate("oneCycle: the peak", peak);
  for (const [name, divisor] of Object.entries({ startDivisor, endDivisor }))
    if (!(divisor >= 1 && divisor < Number.POSITIVE_INFINITY))
      throw new Error(`oneCycle: ${name} is ${divisor} (it must be a finite number ≥ 1)`);
  const start = peak / startDivisor;
  return cycle("oneCycle", start, peak, start / endDivisor, options);
}

/**
 * The momentum that goes with oneCycle: from high down to low while the learning rate rises, and back.
 * @throws if a setting is out of range (0 ≤ low ≤ high ≤ 1, the others as in oneCycle)
 * @example
 * [1, 30, 100].map(oneCycleMomentum({ steps: 100 })) // ≈ [0.95, 0.85, 0.95]
 */
export function oneCycleMomentum({
  low = 0.85,
  high = 0.95,
  ...options
}: OneCycleOptions & { readonly low?: number; readonly high?: number }): Schedule {
  if (!(low >= 0 && low <= high && high <= 1))
    throw new Error(`oneCycleMomentum: low is ${low}, high is ${high} (0 ≤ low ≤ high ≤ 1 is needed)`);
  return cycle("oneCycleMomentum", high, low, high, options);
}

function cycle(
  name: string,
  start: number,
  middle: number,
  end: number,
  { steps, rise = 0.3, shape = "cosine" }: OneCycleOptions,
): Schedule {
  expectSteps(`${name}: steps`, steps);
  expectOneOf(`${name}: shape`, shape, ["cosine", "linear"]);
  const turn = rise * steps - 1;
  const last = steps - 1;
  if (!(rise < 1 && turn > 0))
    throw new Error(
      `${name}: rise is ${rise} for ${steps} steps (it must be below 1 and last more than a step)`,
    );
  const between =
    shape === "cosine"
      ? halfCosine
      : (from: number, to: number, x: number) => from + (to - from) * Math.min(1, x);
  return (step) =>
    step - 1 <= turn
      ? between(start, middle, (step - 1) / turn)
      : between(middle, end, (step - 1 - turn) / (last - turn));
}
