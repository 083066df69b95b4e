import { checkFinite } from "./check-data";
import { type Samples, storeSamples } from "./kernels/gather";
import { StepMemory } from "./kernels/steps";
import type { Layer } from "./layer";
import type { Loss } from "./losses";
import { type Matrix, shape } from "./matrix";
import type { Optimizer } from "./optimizers";
import type { Params } from "./params";
import type { Random } from "./random";
import type { Sampler } from "./samplers";
import { expectBatches, expectIndices, noRandom, samplerOf } from "./training/order";

/** One mini-batch done; epochs and batches count from 1. */
export interface BatchReport {
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  /** Batches in an epoch. */
  readonly batches: number;
  /** The loss of this batch before its step. */
  readonly loss: number;
}

/** One epoch done. */
export interface EpochReport<P extends Params = Params> {
  readonly epoch: number;
  readonly epochs: number;
  /** The mean over the epoch's samples of their batches' losses, each taken before its step. */
  readonly loss: number;
  /** The loss of the epoch's last batch before its step. */
  readonly lastBatchLoss: number;
  readonly params: P;
}

/** What train needs. */
export interface TrainingOptions<P extends Params> {
  readonly layer: Layer<P>;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Where to start from. They are not changed. */
  readonly params: P;
  /** The samples, one a column. */
  readonly X: Matrix;
  /** Their targets, one a column. */
  readonly T: Matrix;
  readonly epochs: number;
  /** Samples in a mini-batch; needed unless there is a sampler. */
  readonly batchSize?: number;
  /** Default true: a new permutation in each epoch; with false the samples come in their order. */
  readonly shuffle?: boolean;
  /** The mini-batches of each epoch, instead of batchSize and shuffle. */
  readonly sampler?: Sampler;
  /** What orders the samples and what the layers draw. Needed unless shuffle is false. */
  readonly random?: Random;
  /** Called after each batch, and waited for; an error that it throws stops the training. */
  readonly onBatch?: (report: BatchReport) => void | Promise<void>;
  /** Called after each epoch, likewise. */
  readonly onEpoch?: (report: EpochReport<P>) => void | Promise<void>;
  /** Once it is aborted, no further batch is begun: train throws its reason. */
  readonly signal?: AbortSignal;
}

/** What train returns. */
export interface TrainingResult<P extends Params> {
  readonly params: P;
  readonly history: {
    /** For each epoch the mean loss over its samples. */
    readonly losses: number[];
    /** For each epoch the loss of its last batch. */
    readonly lastBatchLosses: number[];
    /** For each batch of all epochs its loss. */
    readonly batchLosses: number[];
  };
}

/** The loop lets the event loop run at least this often, so that progress shows and an interrupt arrives. */
const pauseEvery = 50; // ms

/**
 * Mini-batch training: for each epoch the sampler's batches, else those of a permutation of the samples, cut into
 * batches of batchSize, of which the last may be smaller; for each batch forward, loss, backward and one step of the
 * optimizer. Steps count through all epochs.
 * The matrices of a step are overwritten by the next but one, and hold NaN once the training is over: who keeps one
 * beyond parameters and state, as a list of the gradients of all steps does, must keep a clone.
 * @throws if X or T holds NaN or ±Infinity, they differ in their number of columns, a setting is out of range, the
 * sampler makes no batch or one of samples that are not there, the signal is aborted, or the loss is no longer finite
 * @example
 * import { dense } from "./layers"
 * import { meanSquaredError } from "./losses"
 * import { sgd } from "./optimizers"
 * const line = { layer: dense(1, 1), loss: meanSquaredError, optimizer: sgd(0.1), batchSize: 1, epochs: 100, shuffle: false }
 * const start = { weights: matrix([[0]]), bias: matrix([[0]]) }
 * const { params } = await train({ ...line, params: start, X: matrix([[1, 2]]), T: matrix([[3, 5]]) })
 * params.weights.data[0] // ≈ 1.98
 * await train({ ...line, params: start, X: matrix([[1, NaN]]), T: matrix([[3, 5]]) }) // throws /X\[0,1\] \(row 0, column 1\) is NaN/
 */
export async function train<P extends Params>(options: TrainingOptions<P>): Promise<TrainingResult<P>> {
  const { layer, loss, optimizer, X, T, epochs, random = noRandom, onBatch, onEpoch, signal } = options;
  if (X.cols !== T.cols)
    throw new Error(`train: X is ${shape(X)}, T is ${shape(T)} (a column for each sample)`);
  if (X.cols === 0) throw new Error("train: X has no columns (it needs at least one sample)");
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new Error(`train: epochs is ${epochs} (it must be a whole number ≥ 0)`);
  const sampler = samplerOf(options, X.cols);
  const samples = stored("X", X);
  const targets = stored("T", T);
  const memory = new StepMemory();
  const history = { losses: [] as number[], lastBatchLosses: [] as number[], batchLosses: [] as number[] };
  // an optimizer that works in place, against its contract, must not reach what the caller holds
  let params = memory.copyOut(options.params);
  let state = optimizer.init(params);
  let step = 0;
  let pausedAt = Date.now();

  const takeStep = (indices: Int32Array): number => {
    const { output, cache } = layer.forward(params, samples.gather(indices), options.random);
    const result = loss.forward(output, targets.gather(indices));
    if (!Number.isFinite(result.loss)) return result.loss;
    const { gradients } = layer.backward(params, cache, loss.backward(result.cache));
    step += 1;
    ({ params, state } = optimizer.update(gradients, state, params, step));
    if (layer.observe) params = layer.observe(params, cache);
    [params, state] = [memory.handOn(params), memory.handOn(state)];
    return result.loss;
  };

  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const batches = sampler(epoch, random);
      expectBatches(batches, epoch);
      let [total, count, batchLoss] = [0, 0, Number.NaN];
      for (let batch = 1; batch <= batches.length; batch++) {
        signal?.throwIfAborted();
        const indices = batches[batch - 1];
        expectIndices(indices, X.cols);
        batchLoss = memory.step(indices.length, () => takeStep(indices));
        if (!Number.isFinite(batchLoss))
          throw new Error(
            `train: the loss of epoch ${epoch}, batch ${batch} is ${batchLoss} (try a smaller learning rate)`,
          );

        total += batchLoss * indices.length;
        count += indices.length;
        history.batchLosses.push(batchLoss);
        if (onBatch) await onBatch({ epoch, epochs, batch, batches: batches.length, loss: batchLoss });
        if (Date.now() - pausedAt >= pauseEvery) {
          await new Promise((resume) => setImmediate(resume));
          pausedAt = Date.now();
        }
      }
      history.losses.push(total / count);
      history.lastBatchLosses.push(batchLoss);
      if (onEpoch) {
        const copy = memory.copyOut(params);
        await onEpoch({ epoch, epochs, loss: total / count, lastBatchLoss: batchLoss, params: copy });
      }
    }
    return { params: memory.copyOut(params), history };
  } finally {
    for (const held of [samples, targets, memory]) held.release();
  }
}

/** The columns of X for batches to be made of. */
function stored(name: string, X: Matrix): Samples {
  const samples = storeSamples(X);
  if (!samples.finite) {
    samples.release();
    checkFinite("train", name, X);
  }
  return samples;
}
