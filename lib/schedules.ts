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
  if (!Number.isFinite(learningRate) || learningRate < 0)
    throw new Error(`constant: the learning rate is ${learningRate} (it must be a finite number ≥ 0)`);
  return () => learningRate;
}

/**
 * A schedule as it is, a number as the constant schedule.
 * @throws if the number is not finite or negative
 * @example
 * toSchedule(0.1)(7) // 0.1
 * toSchedule((step) => 1 / step)(4) // 0.25
 */
export function toSchedule(learningRate: number | Schedule): Schedule {
  return typeof learningRate === "number" ? constant(learningRate) : learningRate;
}
