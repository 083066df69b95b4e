import { expectRate } from "./schedules/checks";

/** The learning rate at each step; steps count from 1. */
export type Schedule = (step: number) => number;

/**
 * α(step) = α at every step.
 * @throws if α is not a finite number ≥ 0
 * @example
 * constant(0.1)(1000) // 0.1
 * constant(-1) // throws /learning rate is -1/
 */
export function constant(learningRate: number): Schedule {
  return toSchedule(learningRate, "constant");
}

/**
 * A schedule as it is, a number as the constant schedule.
 * @param where what messages call the caller
 * @throws if it is neither, or the number is not finite or negative
 * @example
 * toSchedule(0.1, "sgd")(7) // 0.1
 * toSchedule((step) => 1 / step, "sgd")(4) // 0.25
 * toSchedule(-1, "sgd") // throws /sgd: the learning rate is -1 \(it must be a finite number ≥ 0\)/
 */
export function toSchedule(learningRate: number | Schedule, where = "toSchedule"): Schedule {
  if (typeof learningRate === "function") return learningRate;
  expectRate(`${where}: the learning rate`, learningRate);
  return () => learningRate;
}
