import { xor } from "../datasets/logic-gates";
import type { Layer } from "../layer";
import { randomState } from "../random";
import { defineExperiment } from "./experiment";
import { logisticNetwork, sweepSettings, sweepUntilSolved, withDirectConnections } from "./rumelhart";
import { flagSetting, wholeSetting } from "./settings";

/**
 * Exclusive or, learned by a network of logistic units by sweeps through the four cases, as in the work that made
 * back-propagation known. How often it is stuck is what the runs that are not solved say. What the sources leave open,
 * where weights start and when a case counts as solved, are settings here.
 * Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning internal representations by error propagation", in
 * Parallel Distributed Processing 1, ch. 8 (1986) 318–362, "The XOR problem".
 * @example
 * const [row] = await xorRumelhart.run({ hidden: 4 }, 0)
 * row.solved // 1
 * row.largestError < 0.1 // true
 */
export const xorRumelhart = defineExperiment({
  name: "xor-rumelhart",
  description: "Exclusive or by logistic units: sweeps until it is solved, or stuck.",
  settings: {
    hidden: wholeSetting(2, "Hidden units.", { min: 1, max: 1000 }),
    direct: flagSetting(false, "Whether the inputs also reach the output unit directly."),
    ...sweepSettings({ learningRate: 0.25, range: 1, maxSweeps: 6000 }),
  },
  columns: {
    sweeps: { unit: "sweeps", doc: "Sweeps through the four cases until it was solved or given up." },
    solved: { unit: "1", doc: "1 if all outputs came within the tolerance of their targets, else 0." },
    error: { unit: "1", doc: "E = ½ Σ (y − t)² at the end." },
    largestError: { unit: "1", doc: "The largest |y − t| at the end." },
  },
  index: [],
  async run({ hidden, direct, ...settings }, seed, options) {
    const { X, T } = xor();
    const make = direct ? withDirectConnections : logisticNetwork;
    const network = make(2, hidden, settings.range) as unknown as Layer;
    const start = network.init(randomState(seed).stream("weights"));
    const { sweeps, solved, error, largestError } = await sweepUntilSolved(
      network,
      start,
      X,
      T,
      settings,
      options,
    );
    return [{ sweeps, solved: Number(solved), error, largestError }];
  },
});
