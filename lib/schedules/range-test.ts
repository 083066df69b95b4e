import { pow } from "../kernels/functions";
import { expectSteps } from "./checks";

/** Settings of the range test. */
export interface RangeTestOptions {
  /** The first learning rate; default 1e-7. */
  readonly from?: number;
  /** The last one; default 10. */
  readonly to?: number;
  /** How many steps to take; default 100. */
  readonly steps?: number;
  /** β of the moving average of the losses; default 0.9. */
  readonly smoothing?: number;
  /** The test ends once the smoothed loss is so many times the lowest one; default 4. */
  readonly stopAt?: number;
}

/** What the range test saw. */
export interface RangeTest {
  /** The learning rate of each step taken. */
  readonly rates: number[];
  /** The loss of each step, before it. */
  readonly losses: number[];
  /** Their moving average, corrected for its start at 0. */
  readonly smoothed: number[];
  /** A tenth of the rate at which the smoothed loss is lowest. */
  readonly suggestion: number;
}

/**
 * The learning-rate range test: steps with rates that grow from `from` to `to` by one factor,
 * αᵢ = from (to/from)^(i/(n−1)), until the loss, which is ≥ 0, runs away or is no longer finite. `step(α)` takes one
 * step of training at the rate α and returns the loss before it. The loss stays flat while α is too small, falls, and
 * rises once α is too large. The suggestion is a tenth of the rate at which the smoothed loss is lowest, because at
 * that rate itself it is about to rise.
 * @throws if a setting is out of range (0 < from < to, both finite, n whole and ≥ 2, 0 ≤ smoothing < 1, stopAt > 1), or
 * the very first loss is not finite
 * Source: L. N. Smith, WACV 2017, section 3.3; the growth by a factor, the ending and the suggestion are those of
 * fastai's lr_find.
 * @example
 * const loss = (rate) => 2 - rate + rate ** 3
 * const test = learningRateRangeTest(loss, { from: 0.001, to: 100, steps: 51, smoothing: 0 })
 * test.losses.length // 34
 * test.suggestion // ≈ 0.0631
 * learningRateRangeTest(loss, { from: 1, to: 0.1 }) // throws /from is 1, to is 0.1/
 */
export function learningRateRangeTest(
  step: (learningRate: number) => number,
  { from = 1e-7, to = 10, steps = 100, smoothing = 0.9, stopAt = 4 }: RangeTestOptions = {},
): RangeTest {
  if (!(from > 0 && from < to && to < Number.POSITIVE_INFINITY))
    throw new Error(`learningRateRangeTest: from is ${from}, to is ${to} (0 < from < to is needed)`);
  expectSteps("learningRateRangeTest: steps − 1", steps - 1);
  if (!(smoothing >= 0 && smoothing < 1))
    throw new Error(`learningRateRangeTest: smoothing is ${smoothing} (it must be in [0, 1))`);
  if (!(stopAt > 1)) throw new Error(`learningRateRangeTest: stopAt is ${stopAt} (it must be above 1)`);

  const [rates, losses, smoothed]: number[][] = [[], [], []];
  let average = 0;
  let weight = 0; // 1 − βⁱ
  let lowest = 0;
  for (let i = 0; i < steps; i++) {
    const rate = from * pow(to / from, i / (steps - 1));
    const loss = step(rate);
    if (!Number.isFinite(loss)) break;
    average = smoothing * average + (1 - smoothing) * loss;
    weight = smoothing * weight + (1 - smoothing);
    rates.push(rate);
    losses.push(loss);
    smoothed.push(average / weight);
    if (smoothed[i] < smoothed[lowest]) lowest = i;
    if (smoothed[i] > stopAt * smoothed[lowest]) break;
  }
  if (losses.length === 0)
    throw new Error("learningRateRangeTest: the first loss is not finite (start from finite parameters)");
  return { rates, losses, smoothed, suggestion: rates[lowest] / 10 };
}
