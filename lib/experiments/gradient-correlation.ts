import { lecunNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense } from "../layers";
import { type Matrix, zeros } from "../matrix";
import { rowMeans } from "../matrix-rows";
import { randomState } from "../random";
import { blockSettings, deepBlock, type FixedLayer, fixedAt, gradientThrough, kindOf } from "./block-network";
import { defineExperiment, type Row } from "./experiment";
import { wholeSetting } from "./settings";

const settings = {
  ...blockSettings,
  depth: wholeSetting(50, "Blocks of the deepest network.", { min: 1, max: 200 }),
  width: wholeSetting(200, "Units of each layer.", { min: 2, max: 1000 }),
  inputs: wholeSetting(64, "Inputs, each at right angles to the others; as many numbers each.", {
    min: 2,
    max: 1000,
  }),
};

const columns = {
  blocks: { unit: "blocks", doc: "Blocks L of the network, each with one ReLU." },
  correlation: {
    unit: "1",
    doc: "Mean of ∂f/∂x·∂f/∂x′ over all pairs of inputs, over the mean of |∂f/∂x|².",
  },
  coactive: {
    unit: "1",
    doc: "Share of the last block's ReLUs that are on at both inputs of a pair, mean over all pairs.",
  },
  variance: {
    unit: "1",
    doc: "Variance of the last block's outputs over the inputs, mean over the units.",
  },
  meanSquare: { unit: "1", doc: "Mean square of the last block's outputs." },
};

/** The depths that are looked at, as far as there are so many blocks. */
const depths = [1, 2, 3, 5, 7, 10, 14, 20, 25, 35, 50, 70, 100, 140, 200];

/**
 * How alike the gradients of a network's output are at two inputs that have nothing in common, before any training: the
 * inputs are the columns of √n I, the network z⁰ = W⁰x with weights N(0, 1/n), blocks as in block-network, and one linear
 * output f. Normalized blocks have the statistics of these inputs, fixed.
 * Source: D. Balduzzi et al., ICML (2017) 342, theorems 1 and 3.
 * @example
 * const rows = await gradientCorrelation.run({ depth: 3, width: 400 }, 0)
 * rows.map(({ blocks }) => blocks) // [1, 2, 3]
 * Math.abs(rows[0].correlation - 0.5) < 0.1 // true
 */
export const gradientCorrelation = defineExperiment({
  name: "gradient-correlation",
  description: "How alike an untrained network's gradients are at unrelated inputs, by depth.",
  settings,
  columns,
  index: ["blocks"],
  async run({ kind, branchScale, depth, width, inputs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const deepKind = kindOf(kind, branchScale);
    const X = zeros(inputs, inputs);
    for (let j = 0; j < inputs; j++) X.data[j * inputs + j] = Math.sqrt(inputs);
    const first = dense(inputs, width, { weights: lecunNormal }) as unknown as Layer;
    const block = deepBlock(width, deepKind, { momentum: 1 });
    const draws = random.stream("blocks");
    const readout = random.stream("readout").normals(width);
    const stack: FixedLayer[] = [fixedAt(first, first.init(random.stream("first")), X)];
    const rows: Row<keyof typeof columns>[] = [];
    for (let l = 1; l <= depth; l++) {
      signal?.throwIfAborted();
      const z = stack[l - 1].output;
      stack.push(fixedAt(block, block.init(draws), z));
      if (!depths.includes(l)) continue;
      rows.push({
        blocks: l,
        correlation: correlationOf(gradientThrough(stack, readout)),
        coactive: coactiveOf(z, deepKind.normalized),
        ...sizesOf(stack[l].output),
      });
      onProgress?.(l / depth);
    }
    return rows;
  },
});

/** Σ_{i≠j} gᵢ·gⱼ/(m(m − 1)) over Σ |gᵢ|²/m, from the square of the columns' sum. */
function correlationOf({ rows, cols: m, data }: Matrix): number {
  let [ofSums, ofEach] = [0, 0];
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) {
      const g = data[i * m + j];
      sum += g;
      ofEach += g * g;
    }
    ofSums += sum * sum;
  }
  return (ofSums - ofEach) / ((m - 1) * ofEach);
}

/** c(c − 1)/(m(m − 1)) for a unit that is on at c of m inputs, mean over the units. */
function coactiveOf(z: Matrix, normalized: boolean): number {
  const means = rowMeans(z).data;
  let total = 0;
  for (let i = 0; i < z.rows; i++) {
    let on = 0;
    for (let j = 0; j < z.cols; j++) if (z.data[i * z.cols + j] > (normalized ? means[i] : 0)) on += 1;
    total += (on * (on - 1)) / (z.cols * (z.cols - 1));
  }
  return total / z.rows;
}

function sizesOf(z: Matrix): { variance: number; meanSquare: number } {
  const means = rowMeans(z).data;
  let [squares, ofMeans] = [0, 0];
  for (const value of z.data) squares += value * value;
  for (const mean of means) ofMeans += mean * mean;
  const meanSquare = squares / z.data.length;
  return { variance: meanSquare - ofMeans / z.rows, meanSquare };
}
