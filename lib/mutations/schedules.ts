import type { Schedule } from "../schedules";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

const note = 'note 004, "Learning rate"';

/**
 * Learning rates; the settings are those of the right schedules in subjects.ts.
 * @example
 * scheduleMutations.at(-1).id // "linearWarmUp/from-zero"
 */
export const scheduleMutations: readonly Mutation[] = [
  ...mutationsOf<Schedule>("schedules", subjects.stepDecay, [
    {
      name: "one-step-early",
      wrong:
        "Steps are counted from 0 in the one place and from 1 in the other: every decay comes a step too early.",
      read: `${note}; PyTorch's documentation of StepLR`,
      make: (right) => (step) => right(step + 1),
    },
  ]),
  ...mutationsOf<Schedule>("schedules", subjects.exponentialDecay, [
    {
      name: "factor-of-step",
      wrong: "The rate falls along a straight line in place of by the same factor in every step.",
      read: "PyTorch's documentation of ExponentialLR",
      make: (right) => (step) => Math.max(0, right(1) - (step - 1) * (right(1) - right(2))),
    },
  ]),
  ...mutationsOf<Schedule>("schedules", subjects.hyperbolicDecay, [
    {
      name: "offset-forgotten",
      wrong:
        "The offset b is missing in the denominator, so that the first rate is all of a and then falls at once.",
      read: `${note}: a/(b + t)`,
      make: (right) => {
        // 1/right(t) = (b + t)/a
        const a = 1 / (1 / right(2) - 1 / right(1));
        return (step) => a / step;
      },
    },
  ]),
  ...mutationsOf<Schedule>("schedules", subjects.cosine, [
    {
      name: "whole-period",
      wrong:
        "The cosine runs through its whole period in place of half of it: half-way the rate is at its lowest, at the end as high as at the start.",
      read: "I. Loshchilov, F. Hutter, ICLR 2017 (SGDR), equation 5",
      make: (right) => (step) => right(step <= 151 ? 2 * step - 1 : 603 - 2 * step),
    },
  ]),
  ...mutationsOf<Schedule>("schedules", subjects.linearWarmUp, [
    {
      name: "from-zero",
      wrong: "The warm-up starts at a rate of 0, so that the first step does nothing.",
      read: `${note}: warm-up`,
      make: (right) => (step) => (step > 60 ? right(step) : (right(61) * (step - 1)) / 60),
    },
  ]),
];
