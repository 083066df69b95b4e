import { autocorrelation } from "../diagnostics/input-gradients";
import { normalWithDeviation } from "../initializers/draw";
import type { Layer } from "../layer";
import { dense } from "../layers";
import { fromData } from "../matrix";
import { randomState } from "../random";
import { blockSettings, deepBlock, type FixedLayer, fixedAt, gradientThrough, kindOf } from "./block-network";
import { completeSettings, defineExperiment } from "./experiment";
import { flagSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  ...blockSettings,
  depth: wholeSetting(50, "Blocks, each with one ReLU.", { min: 1, max: 200 }),
  width: wholeSetting(200, "Units of each layer.", { min: 2, max: 1000 }),
  gain: numberSetting(2, "The blocks' weights are N(0, gain/width): 2 is He's.", { above: 0 }),
  firstVariance: numberSetting(1, "Variance of the first layer's weights and biases.", { above: 0 }),
  biasVariance: numberSetting(0, "Variance of the blocks' biases.", { min: 0 }),
  points: wholeSetting(256, "Inputs from −2 on, in steps of 4/points.", { min: 4, max: 4096 }),
  onAtZero: flagSetting(false, "Whether ReLU′(0) is 1; else it is 0."),
  backwardDepth: wholeSetting(0, "Blocks that backward goes through, from a sum of their outputs; 0: all.", {
    min: 0,
    max: 200,
  }),
};

const columns = {
  lag: { unit: "steps", doc: "Distance of the inputs that are compared." },
  autocorrelation: {
    unit: "1",
    doc: "Autocorrelation of df/dx over the inputs; NaN where it is the same at all of them.",
  },
  spread: { unit: "1", doc: "Standard deviation of df/dx over the inputs, over its root mean square." },
};

/** The lags that get a row, as far as there are so many points. */
const lags = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

type Given = { readonly [K in keyof typeof settings]?: (typeof settings)[K]["default"] };

/**
 * The inputs of gradient-line and df/dx at each. With a backwardDepth K that is not 0 it is the derivative of the sum of
 * block K's outputs instead, whatever the depth: what a backward pass gives that starts from ones at a layer which it
 * takes to be the output.
 * @throws if a setting is none of its values, or backwardDepth is above depth
 * @example
 * const { x, gradient } = lineGradient({ depth: 2, points: 8 }, 0)
 * [...x] // [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5]
 * gradient.length // 8
 * const ofOne = lineGradient({ depth: 1, backwardDepth: 1 }, 0).gradient
 * lineGradient({ depth: 24, backwardDepth: 1 }, 0).gradient.every((g, k) => g === ofOne[k]) // true
 * lineGradient({ depth: 2, backwardDepth: 3 }, 0) // throws /backwardDepth is 3, and there are 2 blocks/
 */
export function lineGradient(given: Given, seed: number): { x: Float64Array; gradient: Float64Array } {
  const all = completeSettings(gradientLine, given as { [name: string]: unknown });
  const { kind, branchScale, depth, width, points, firstVariance, backwardDepth, ...options } = all;
  if (backwardDepth > depth)
    throw new Error(`gradient-line: backwardDepth is ${backwardDepth}, and there are ${depth} blocks`);
  const random = randomState(seed);
  const x = Float64Array.from({ length: points }, (_, k) => -2 + (4 * k) / points);
  const drawn = normalWithDeviation(() => Math.sqrt(firstVariance));
  const first = dense(1, width, { weights: drawn, bias: drawn }) as unknown as Layer;
  const block = deepBlock(width, kindOf(kind, branchScale), { ...options, momentum: 1 });
  const draws = random.stream("blocks");
  const readout = random.stream("readout").normals(width);
  const stack: FixedLayer[] = [fixedAt(first, first.init(random.stream("first")), fromData(1, points, x))];
  for (let l = 1; l <= depth; l++) stack.push(fixedAt(block, block.init(draws), stack[l - 1].output));
  const gradient =
    backwardDepth === 0
      ? gradientThrough(stack, readout)
      : gradientThrough(stack.slice(0, backwardDepth + 1), new Float64Array(width).fill(1));
  return { x, gradient: Float64Array.from(gradient.data) };
}

/**
 * The gradient of an untrained network's output by its one input x, along the line from −2 to 2: how fast it forgets
 * itself. z⁰ = w x + b, then blocks as in block-network, and one linear output f. Normalized blocks have the statistics
 * of these inputs, fixed.
 * Source: D. Balduzzi et al., ICML (2017) 342, figures 1 and 2 (200 units, 256 inputs); S. J. D. Prince, Understanding
 * deep learning (2023), notebook 11.1, which has gain 1, firstVariance = biasVariance = 1/200 and onAtZero, and until
 * issue 317 of its repository was closed took backwardDepth from a variable of its cells.
 * @example
 * const rows = await gradientLine.run({ depth: 2, points: 16 }, 0)
 * rows.map(({ lag }) => lag) // [1, 2, 3, 4, 6, 8, 12]
 * rows[0].autocorrelation > 0.5 // true
 */
export const gradientLine = defineExperiment({
  name: "gradient-line",
  description: "The gradient along a line of inputs of an untrained network: its autocorrelation.",
  settings,
  columns,
  index: ["lag"],
  async run(all, seed, { signal }) {
    signal?.throwIfAborted();
    const { gradient } = lineGradient(all, seed);
    let [sum, squares] = [0, 0];
    for (const g of gradient) {
      sum += g;
      squares += g * g;
    }
    const mean = sum / gradient.length;
    let deviations = 0;
    for (const g of gradient) deviations += (g - mean) * (g - mean);
    const spread = Math.sqrt(deviations / squares);
    const r = autocorrelation(gradient, gradient.length - 1);
    return lags
      .filter((lag) => lag < gradient.length)
      .map((lag) => ({ lag, autocorrelation: r[lag], spread }));
  },
});
