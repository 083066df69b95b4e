import { median } from "../../lib/intervals";
import { duration } from "./comparison";
import type { Section } from "./report";
import { pairedRatio } from "./statistics";

/** Numbers of units n for which n-n-n-n has some 10², 10³, 10⁴, 10⁵ and 10⁶ parameters. */
export const widths = [5, 18, 57, 182, 577];

/** Samples in the batch. */
export const samples = 128;

/** Seconds of a pass, an entry a run. */
export interface PassTimes {
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

/** What was measured of one network. */
export interface GradientCosts {
  readonly network: string;
  readonly parameters: number;
  /** With all matrices where those of a training step are. */
  readonly inStep: PassTimes;
  /** With matrices of their own, which are copied into the core. */
  readonly outside: PassTimes;
  readonly differences: {
    readonly seconds: number;
    /** Entries of the gradient that were computed in that time. */
    readonly evaluated: number;
    /** The largest difference from backward among them, relative to the largest entry of the gradient. */
    readonly error: number;
  };
}

const toReach = 3;

/** The section of the report. */
export function gradientSection(costs: readonly GradientCosts[]): Section {
  const ratio = ({ forward, backward }: PassTimes) => pairedRatio(backward, forward);
  const passes = (times: PassTimes) => {
    const value = ratio(times);
    return [
      duration(median(times.forward)),
      duration(median(times.backward)),
      value.toFixed(2),
      `≤ ${toReach}`,
      value <= toReach ? "yes" : "no",
    ];
  };
  const head = ["Forward", "Backward", "Backward / forward", "To reach", "Reached"];
  const size = ({ network, parameters }: GradientCosts) => [network, parameters.toLocaleString("en-US")];
  return {
    title: "The gradient of a network by backward and by finite differences, float64",
    text:
      `ReLU networks with softmax cross-entropy on a batch of ${samples}. Forward is that of network and loss; backward is that ` +
      "of loss and network, and gives the gradient by all parameters. By one-sided differences the same gradient takes a forward " +
      "pass for each parameter and one more; where all of them would take too long, as many as half a second allows were timed, " +
      "of entries spread over all parameters, and the time for all is extrapolated.",
    tables: [
      {
        head: [
          "Network",
          "Parameters",
          ...head,
          "All differences",
          "Timed",
          "Differences / (forward + backward)",
        ],
        rows: costs.map((one) => {
          const { seconds, evaluated } = one.differences;
          const all = (seconds / (evaluated + 1)) * (one.parameters + 1);
          const whole = median(one.inStep.forward) + median(one.inStep.backward);
          return [
            ...size(one),
            ...passes(one.inStep),
            duration(all),
            evaluated === one.parameters ? "all" : evaluated.toLocaleString("en-US"),
            (all / whole).toLocaleString("en-US", { maximumSignificantDigits: 3 }),
          ];
        }),
      },
      {
        head: ["Network", "Parameters", ...head],
        rows: costs.map((one) => [...size(one), ...passes(one.outside)]),
      },
    ],
    notes: [
      `${costs[0].inStep.forward.length} runs, each the mean of the steps of some 30 ms.`,
      "First table: matrices in the core's memory, as in a training step. Second table: the same passes outside of a training, " +
        "where matrices are copied into the core and results out of it.",
      `The differences that were timed agree with backward to ${Math.max(...costs.map(({ differences }) => differences.error)).toExponential(0)} ` +
        "of the gradient's largest entry.",
    ],
  };
}
