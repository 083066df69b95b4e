import { sigmoid } from "../activations";
import { uniformInit } from "../initializers";
import type { Layer } from "../layer";
import { type DenseParams, dense, elementwise, serial } from "../layers";
import { residual } from "../layers/residual";
import { meanSquaredError } from "../losses";
import { type Matrix, zeros } from "../matrix";
import { sgd } from "../optimizers";
import type { Params } from "../params";
import type { RunOptions } from "./experiment";
import { numberSetting, wholeSetting } from "./settings";

/** The settings that the experiments after Rumelhart, Hinton and Williams share. */
export interface SweepSettings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly range: number;
  readonly tolerance: number;
  readonly maxSweeps: number;
}

/**
 * Those settings with the defaults of an experiment.
 * @example
 * sweepSettings({ learningRate: 0.1, range: 0.3, maxSweeps: 100 }).range.default // 0.3
 */
export const sweepSettings = (defaults: Pick<SweepSettings, "learningRate" | "range" | "maxSweeps">) => ({
  learningRate: numberSetting(defaults.learningRate, "Learning rate ε of the error summed over the cases.", {
    above: 0,
  }),
  momentum: numberSetting(0.9, "Momentum α.", { min: 0, below: 1 }),
  range: numberSetting(defaults.range, "Weights and biases start uniform in [−range, range).", { above: 0 }),
  tolerance: numberSetting(0.1, "Solved once no output is as far as this from its target.", {
    above: 0,
    below: 0.5,
  }),
  maxSweeps: wholeSetting(defaults.maxSweeps, "Sweeps after which it is given up.", { min: 1 }),
});

/** How a search for a solution ended. */
export interface SweepResult<P extends Params> {
  /** Sweeps through all cases, one step each, before the outputs were within the tolerance, or until it was given up. */
  readonly sweeps: number;
  readonly solved: boolean;
  /** ½ Σ (y − t)² over all cases. */
  readonly error: number;
  /** The largest |y − t|. */
  readonly largestError: number;
  readonly params: P;
}

/**
 * Sweeps through all cases, one step of Δw ← −ε ∂E/∂w + α Δw after each with E = ½ Σ (y − t)² over all cases, until
 * every output is closer to its target than the tolerance, or maxSweeps are done.
 * Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Nature 323 (1986) 533–536.
 * @example
 * const network = logisticNetwork(1, 1, 1)
 * const settings = { learningRate: 1, momentum: 0.9, range: 1, tolerance: 0.1, maxSweeps: 500 }
 * const start = network.init(randomState(1))
 * (await sweepUntilSolved(network, start, matrix([[0, 1]]), matrix([[0, 1]]), settings)).solved // true
 */
export async function sweepUntilSolved<P extends Params>(
  network: Layer<P>,
  start: P,
  X: Matrix,
  T: Matrix,
  { learningRate, momentum, tolerance, maxSweeps }: SweepSettings,
  { signal, onProgress }: RunOptions = {},
): Promise<SweepResult<P>> {
  // meanSquaredError is E/m
  const optimizer = sgd(learningRate * X.cols, { momentum });
  let params = start;
  let state = optimizer.init(params);
  for (let sweeps = 0; ; sweeps++) {
    const { output, cache } = network.forward(params, X);
    const { loss, cache: pair } = meanSquaredError.forward(output, T);
    let largestError = 0;
    output.data.forEach((y, k) => {
      largestError = Math.max(largestError, Math.abs(y - T.data[k]));
    });
    const solved = largestError < tolerance;
    if (solved || sweeps === maxSweeps) return { sweeps, solved, error: loss * X.cols, largestError, params };
    const { gradients } = network.backward(params, cache, meanSquaredError.backward(pair));
    ({ params, state } = optimizer.update(gradients, state, params, sweeps + 1));
    if (sweeps % 200 === 0) {
      signal?.throwIfAborted();
      onProgress?.(sweeps / maxSweeps);
      await new Promise((resume) => setImmediate(resume));
    }
  }
}

/** The layers from the inputs to the output unit's sum; weights and biases uniform in [−range, range). */
function hiddenLayers(inputs: number, hidden: number, range: number) {
  const uniform = uniformInit(-range, range);
  const options = { weights: uniform, bias: uniform };
  return serial(dense(inputs, hidden, options), elementwise(sigmoid), dense(hidden, 1, options));
}

/**
 * Inputs, one layer of hidden units and one output unit, all logistic; weights and biases uniform in [−range, range).
 * @example
 * logisticNetwork(2, 3, 1).init(randomState(1))[0][2].weights.cols // 3
 */
export function logisticNetwork(inputs: number, hidden: number, range: number) {
  return serial(hiddenLayers(inputs, hidden, range), elementwise(sigmoid));
}

/**
 * The same with direct connections, which reach the output unit from the inputs, past the hidden units.
 * @example
 * shape(withDirectConnections(2, 1, 1).init(randomState(1))[0].shortcut.weights) // "1×2"
 */
export function withDirectConnections(inputs: number, hidden: number, range: number) {
  const direct = dense(inputs, 1, { weights: uniformInit(-range, range) });
  return serial(residual(hiddenLayers(inputs, hidden, range), withoutBias(direct)), elementwise(sigmoid));
}

/** The layer with its bias held where it starts, at 0: the output unit has one already. */
function withoutBias(layer: Layer<DenseParams, { A: Matrix }>): Layer<DenseParams> {
  return {
    ...layer,
    backward(params, cache, dOutput) {
      const { dInput, gradients } = layer.backward(params, cache as { A: Matrix }, dOutput);
      return { dInput, gradients: { ...gradients, bias: zeros(gradients.bias.rows, 1) } };
    },
  };
}
