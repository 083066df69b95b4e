import { type Schedule, toSchedule } from "../schedules";
import { expectSteps } from "./checks";
import { halfCosine } from "./cosine";

/** How a warm-up rises. */
export interface WarmUpOptions {
  /** The number n of steps that it takes: the factor is 1 from step n + 1 on. */
  readonly steps: number;
  /** The factor f of the first step; default 1/(n + 1). */
  readonly from?: number;
}

/**
 * A schedule that starts small: α(t) = w(t) α̃(t) with w rising in a straight line from f at step 1 to 1 at step n + 1,
 * w(t) = f + (1 − f)(t − 1)/n; with the default f, w(t) = t/(n + 1). The schedule inside runs on meanwhile. PyTorch's
 * LinearLR chained with another.
 * @throws if n is not a whole number ≥ 1, f is not in [0, 1], or a number for α̃ is not finite and ≥ 0
 * Source: P. Goyal et al., arXiv:1706.02677 (2017), section 2.2, "gradual warmup".
 * @example
 * const schedule = linearWarmUp(0.1, { steps: 4 })
 * [1, 2, 5, 6].map(schedule) // ≈ [0.02, 0.04, 0.10, 0.10]
 * linearWarmUp(0.1, { steps: 4, from: 2 }) // throws /linearWarmUp: from is 2/
 */
export function linearWarmUp(learningRate: number | Schedule, options: WarmUpOptions): Schedule {
  return warmUp("linearWarmUp", learningRate, options, (share) => share);
}

/**
 * The same along half a cosine: w(t) = f + (1 − f) ½(1 − cos(π (t − 1)/n)), flat at both ends.
 * @throws as linearWarmUp
 * @example
 * cosineWarmUp(1, { steps: 4, from: 0 })(3) // ≈ 0.5000
 * cosineWarmUp(1, { steps: 4, from: 0 })(2) // ≈ 0.1464
 */
export function cosineWarmUp(learningRate: number | Schedule, options: WarmUpOptions): Schedule {
  return warmUp("cosineWarmUp", learningRate, options, (share) => halfCosine(0, 1, share));
}

function warmUp(
  name: string,
  learningRate: number | Schedule,
  { steps, from = 1 / (steps + 1) }: WarmUpOptions,
  rise: (share: number) => number,
): Schedule {
  const schedule = toSchedule(learningRate, name);
  expectSteps(`${name}: steps`, steps);
  if (!(from >= 0 && from <= 1)) throw new Error(`${name}: from is ${from} (it must be in [0, 1])`);
  return (step) => {
    const alpha = schedule(step);
    return step > steps ? alpha : alpha * (from + (1 - from) * rise((step - 1) / steps));
  };
}
