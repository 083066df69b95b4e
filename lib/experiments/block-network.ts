import { type Activation, relu } from "../activations";
import type { DeepKind } from "../diagnostics/infinite-width";
import { normalWithDeviation } from "../initializers/draw";
import { forInference, type Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { residual } from "../layers/residual";
import { type Matrix, zeros } from "../matrix";
import { mapEntries } from "../matrix-entries";
import type { Params } from "../params";
import { choiceSetting, numberSetting } from "./settings";

/** The settings of a block: its kind, and β. */
export const blockSettings = {
  kind: choiceSetting(
    ["plain", "normalized", "residual", "residual normalized", "residual then normalized"],
    "plain",
    "z ← W relu(z), with batch normalization before the ReLU where it is normalized, and z added where it is residual; of the sum where it is then normalized.",
  ),
  branchScale: numberSetting(1, "β: a residual branch's weights are N(0, gain β²/width).", { above: 0 }),
};

/**
 * The kind that a word of blockSettings stands for.
 * @example
 * kindOf("residual normalized", 0.1) // { normalized: true, residual: true, normalizedSum: false, branchScale: 0.1 }
 * kindOf("residual then normalized", 1) // { normalized: false, residual: true, normalizedSum: true, branchScale: 1 }
 */
export function kindOf(kind: string, branchScale: number): DeepKind {
  const normalizedSum = kind.endsWith("then normalized");
  const normalized = kind.endsWith("normalized") && !normalizedSum;
  return { normalized, residual: kind.startsWith("residual"), normalizedSum, branchScale };
}

/** What may be chosen for a block besides its kind. */
export interface BlockOptions {
  /** The weights are N(0, gain/width): 2 (the default) is He's. */
  readonly gain?: number;
  /** Variance of the biases, 0 unless given. */
  readonly biasVariance?: number;
  /** That of the running statistics of its batch normalization. */
  readonly momentum?: number;
  /** Whether ReLU′(0) is 1; it is 0 unless given. */
  readonly onAtZero?: boolean;
  /** Instead of ReLU. */
  readonly activation?: Activation;
}

/** relu with ReLU′(0) = 1. */
const reluOnAtZero: Activation = { ...relu, derivativeAt: (Z) => mapEntries(Z, (z) => (z >= 0 ? 1 : 0)) };

/**
 * One block of a deep network: [batch normalization,] activation, dense, with a way around all of it where it is
 * residual, and batch normalization behind that where the sum is normalized.
 * @example
 * deepBlock(8, { normalized: true, residual: true }).name // "residual"
 * deepBlock(8, { normalized: false, residual: false }).name // "serial"
 */
export function deepBlock(
  width: number,
  { normalized, residual: around, normalizedSum = false, branchScale = 1 }: DeepKind,
  options: BlockOptions = {},
): Layer {
  const { gain = 2, biasVariance = 0, momentum, onAtZero = false } = options;
  const { activation = onAtZero ? reluOnAtZero : relu } = options;
  const scale = around ? branchScale : 1;
  const weights = normalWithDeviation(({ fanIn }) => scale * Math.sqrt(gain / fanIn));
  const bias = biasVariance > 0 ? { bias: normalWithDeviation(() => Math.sqrt(biasVariance)) } : {};
  const parts: Layer[] = [
    elementwise(activation) as unknown as Layer,
    dense(width, width, { weights, ...bias }) as unknown as Layer,
  ];
  const norm = batchNorm(width, { momentum }) as unknown as Layer;
  if (normalized) parts.unshift(norm);
  const branch = serial(...parts) as unknown as Layer;
  const block = around ? (residual(branch) as unknown as Layer) : branch;
  return normalizedSum ? (serial(block, norm) as unknown as Layer) : block;
}

/** A layer with its parameters and what it gave for a batch. */
export interface FixedLayer {
  readonly layer: Layer;
  readonly params: Params;
  readonly output: Matrix;
  readonly cache: unknown;
}

/**
 * The layer with the statistics of this batch, as they are from now on: what a normalized layer computes of a sample no
 * longer depends on the others, so that its gradient is the sample's own. Its momentum must be 1.
 * @example
 * const layer = batchNorm(1, { momentum: 1 })
 * const params = { gain: matrix([[1]]), shift: matrix([[0]]), runningMean: matrix([[0]]), runningVariance: matrix([[1]]) }
 * fixedAt(layer, params, matrix([[1, 3]])).output.data // ≈ [-0.7071050, 0.7071050]
 */
export function fixedAt(layer: Layer, params: Params, A: Matrix): FixedLayer {
  if (!layer.observe) return { layer, params, ...layer.forward(params, A) };
  const known = layer.observe(params, layer.forward(params, A).cache);
  const fixed = forInference(layer);
  return { layer: fixed, params: known, ...fixed.forward(known, A) };
}

/**
 * ∂(w·z)/∂x of every column of the input for a stack of fixed layers, w being the same at every column.
 * @param stack the layers from the input up
 * @param readout w, one number for each row of the last output
 * @example
 * const layer = dense(1, 2)
 * const params = { weights: matrix([[3], [5]]), bias: matrix([[0], [0]]) }
 * gradientThrough([fixedAt(layer, params, matrix([[1, 2]]))], [1, 10]) // matrix([[53, 53]])
 */
export function gradientThrough(stack: readonly FixedLayer[], readout: ArrayLike<number>): Matrix {
  const { rows, cols } = stack[stack.length - 1].output;
  let d = zeros(rows, cols);
  for (let i = 0; i < rows; i++) d.data.fill(readout[i], i * cols, (i + 1) * cols);
  for (let l = stack.length - 1; l >= 0; l--)
    d = stack[l].layer.backward(stack[l].params, stack[l].cache, d).dInput;
  return d;
}
