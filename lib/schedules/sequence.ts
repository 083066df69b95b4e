import { type Schedule, toSchedule } from "../schedules";
import { expectSteps } from "./checks";

/**
 * One schedule after another, each with its steps counted from 1 anew: the first for lengths[0] steps, and so on; the
 * last runs on. PyTorch's SequentialLR.
 * @throws if there is not one schedule more than there are lengths, a length is not a whole number ≥ 1, or a number
 * among the schedules is not finite and ≥ 0
 * @example
 * const schedule = sequence([0.01, (step) => 1 / step], [5])
 * [5, 6, 7].map(schedule) // [0.01, 1, 0.5]
 * sequence([0.1, 0.2], []) // throws /2 schedules and 0 lengths/
 */
export function sequence(schedules: readonly (number | Schedule)[], lengths: readonly number[]): Schedule {
  if (schedules.length !== lengths.length + 1)
    throw new Error(
      `sequence: ${schedules.length} schedules and ${lengths.length} lengths (one schedule more than lengths is needed)`,
    );
  lengths.forEach((length, k) => {
    expectSteps(`sequence: length ${k}`, length);
  });
  const all = schedules.map((schedule) => toSchedule(schedule, "sequence"));
  return (step) => {
    let [k, past] = [0, step];
    while (k < lengths.length && past > lengths[k]) past -= lengths[k++];
    return all[k](past);
  };
}
