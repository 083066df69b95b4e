import { pow } from "../kernels/functions";
import { constant, type Schedule } from "../schedules";
import { cosine, cosineRestarts } from "../schedules/cosine";
import { cyclical } from "../schedules/cyclical";
import { exponentialDecay } from "../schedules/exponential-decay";
import { hyperbolicDecay } from "../schedules/hyperbolic-decay";
import { oneCycle } from "../schedules/one-cycle";
import { piecewise } from "../schedules/piecewise";
import { halveOnPlateau, onPlateau } from "../schedules/plateau";
import { stepDecay } from "../schedules/step-decay";
import { linearWarmUp } from "../schedules/warm-up";

/** The names of raceSchedules. */
export const scheduleNames = [
  "constant",
  "step",
  "several-steps",
  "exponential",
  "hyperbolic",
  "plateau",
  "cosine",
  "warm-up-cosine",
  "restarts",
  "cyclical",
  "triangular2",
  "one-cycle",
] as const;

/** One of the names of raceSchedules. */
export type ScheduleName = (typeof scheduleNames)[number];

/** A schedule, and what it is to be told of each epoch. */
export interface ObservedSchedule {
  readonly schedule: Schedule;
  /** Takes the held-out loss of an epoch; only the schedule on plateaus listens. */
  observe(heldOutLoss: number): void;
}

/**
 * The schedules of a race over n steps, all with α as their largest rate:
 * step halves it five times, evenly; several-steps take a tenth of it after half of the steps and again after three
 * quarters; exponential falls to α/32; hyperbolic is a/(b + t) from α to about α/11; plateau halves it once the held-out
 * loss of an epoch is not at least 1 % below the best one; cosine falls to 0; warm-up-cosine does too, and rises in the
 * first tenth of the steps; restarts are cosines of n/7, 2n/7 and 4n/7 steps; cyclical rises from α/10 to α and falls
 * back four times, triangular2 each time half as high above α/10; one-cycle rises over 0.3 n steps from α/25 and falls
 * to almost 0.
 * @throws if α is out of range, or n is not a whole number ≥ 7
 * @example
 * raceSchedules("step", 0.8, 60).schedule(60) // 0.025
 * raceSchedules("several-steps", 0.8, 60).schedule(31) // 0.08
 * raceSchedules("hyperbolic", 0.8, 100).schedule(1) // ≈ 0.8
 * const plateau = raceSchedules("plateau", 0.8, 60)
 * const told = [2, 1.99].map((loss) => plateau.observe(loss))
 * plateau.schedule(1) // 0.4
 * raceSchedules("step", 0.8, 5) // throws /raceSchedules: 5 steps/
 */
export function raceSchedules(name: ScheduleName, learningRate: number, steps: number): ObservedSchedule {
  if (!(Number.isInteger(steps) && steps >= 7))
    throw new Error(`raceSchedules: ${steps} steps (a whole number ≥ 7 is needed)`);
  if (name === "plateau") {
    const plateau = onPlateau(halveOnPlateau(learningRate, { patience: 0, threshold: 0.01 }));
    return { schedule: plateau.schedule, observe: (loss) => void plateau.observe(loss) };
  }
  const tenth = steps / 10;
  const rounds = { low: learningRate / 10, high: learningRate, stepSize: Math.ceil(steps / 8) };
  const made: Record<Exclude<ScheduleName, "plateau">, () => Schedule> = {
    constant: () => constant(learningRate),
    step: () => stepDecay(learningRate, { every: Math.ceil(steps / 6) }),
    "several-steps": () =>
      piecewise(
        [learningRate, learningRate / 10, learningRate / 100],
        [Math.ceil(steps / 2), Math.ceil(0.75 * steps)],
      ),
    exponential: () => exponentialDecay(learningRate, { factor: pow(2, -5), over: steps }),
    hyperbolic: () => hyperbolicDecay(learningRate * (tenth + 1), tenth),
    cosine: () => cosine(learningRate, { steps }),
    "warm-up-cosine": () => linearWarmUp(cosine(learningRate, { steps }), { steps: Math.ceil(tenth) }),
    restarts: () => cosineRestarts(learningRate, { steps: Math.ceil(steps / 7), growth: 2 }),
    cyclical: () => cyclical(rounds),
    triangular2: () => cyclical({ ...rounds, mode: "triangular2" }),
    "one-cycle": () => oneCycle(learningRate, { steps }),
  };
  return { schedule: made[name](), observe: () => {} };
}
