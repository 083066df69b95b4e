import { type Matrix, zeros } from "../matrix";
import { randomState } from "../random";
import { defineExperiment } from "./experiment";
import { logisticNetwork, sweepSettings, sweepUntilSolved } from "./rumelhart";
import { wholeSetting } from "./settings";

const inputs = 6;

/**
 * All patterns of six bits as columns of X (6×64), and T (1×64): 1 where a pattern is its own mirror image.
 * @example
 * const { X, T } = symmetryCases()
 * T.data.reduce((sum, t) => sum + t) // 8
 * [0, 1, 2, 3, 4, 5].map((i) => X.data[i * 64 + 33]) // [1, 0, 0, 0, 0, 1]
 */
export function symmetryCases(): { X: Matrix; T: Matrix } {
  const cases = 2 ** 6;
  const [X, T] = [zeros(inputs, cases), zeros(1, cases)];
  for (let j = 0; j < cases; j++) {
    const bits = Array.from({ length: inputs }, (_, i) => (j >> (inputs - 1 - i)) & 1);
    bits.forEach((bit, i) => {
      X.data[i * cases + j] = bit;
    });
    T.data[j] = bits.every((bit, i) => bit === bits[inputs - 1 - i]) ? 1 : 0;
  }
  return { X, T };
}

/**
 * How a hidden unit weighs the six inputs: its pairs of weights at mirrored places, (w₁, w₆), (w₂, w₅), (w₃, w₄).
 * @param weights 1×6, or a row of the hidden layer's
 * @returns the largest |w + w′| of the pairs over the largest |w|, which is 0 for an antisymmetric unit, and the pairs'
 * sizes ½ |w − w′| from small to large, divided by the smallest
 * @example
 * mirrorWeights([1, 2, 4, -4, -2, -1]) // { asymmetry: 0, ratios: [1, 2, 4] }
 * mirrorWeights([1, 1, 1, 1, 1, 1]).asymmetry // 2
 */
export function mirrorWeights(weights: ArrayLike<number>): { asymmetry: number; ratios: number[] } {
  const all = Array.from(weights);
  const pairs = [0, 1, 2].map((i) => [all[i], all[inputs - 1 - i]]);
  const largest = all.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  const asymmetry = pairs.reduce((most, [w, v]) => Math.max(most, Math.abs(w + v)), 0) / largest;
  const sizes = pairs.map(([w, v]) => Math.abs(w - v) / 2).sort((a, b) => a - b);
  return { asymmetry, ratios: sizes.map((size) => size / sizes[0]) };
}

/**
 * Mirror symmetry of six bits, learned by a network 6-2-1 of logistic units. The paper's run took 1,425 sweeps and ended
 * with weights that are equal and opposite about the middle, in the ratio 1:2:4.
 * Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Nature 323 (1986) 533–536, figure 1.
 * @example
 * const [row] = await symmetryRumelhart.run({ maxSweeps: 3 }, 0)
 * [row.sweeps, row.solved] // [3, 0]
 */
export const symmetryRumelhart = defineExperiment({
  name: "symmetry-rumelhart",
  description:
    "Mirror symmetry of six bits by logistic units: sweeps until it is solved, and the weights' form.",
  settings: {
    hidden: wholeSetting(2, "Hidden units.", { min: 1, max: 1000 }),
    ...sweepSettings({ learningRate: 0.1, range: 0.3, maxSweeps: 20000 }),
  },
  columns: {
    sweeps: { unit: "sweeps", doc: "Sweeps through the 64 cases until it was solved or given up." },
    solved: { unit: "1", doc: "1 if all outputs came within the tolerance of their targets, else 0." },
    error: { unit: "1", doc: "E = ½ Σ (y − t)² at the end." },
    largestError: { unit: "1", doc: "The largest |y − t| at the end." },
    asymmetry: {
      unit: "1",
      doc: "Of the hidden units the largest |w + w′| of mirrored weights, over the largest |w|.",
    },
    middleRatio: {
      unit: "1",
      doc: "The middle pair of weights over the smallest, mean over the hidden units.",
    },
    largestRatio: {
      unit: "1",
      doc: "The largest pair of weights over the smallest, mean over the hidden units.",
    },
  },
  index: [],
  async run({ hidden, ...settings }, seed, options) {
    const { X, T } = symmetryCases();
    const network = logisticNetwork(inputs, hidden, settings.range);
    const start = network.init(randomState(seed).stream("weights"));
    const { params, ...result } = await sweepUntilSolved(network, start, X, T, settings, options);
    const { weights } = params[0][0];
    const units = Array.from({ length: hidden }, (_, i) =>
      mirrorWeights(weights.data.subarray(i * inputs, (i + 1) * inputs)),
    );
    const mean = (k: number) => units.reduce((sum, { ratios }) => sum + ratios[k], 0) / hidden;
    return [
      {
        ...result,
        solved: Number(result.solved),
        asymmetry: units.reduce((most, unit) => Math.max(most, unit.asymmetry), 0),
        middleRatio: mean(1),
        largestRatio: mean(2),
      },
    ];
  },
});
