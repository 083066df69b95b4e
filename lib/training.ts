import { columnPicker } from "./batches";
import { checkFinite } from "./check-data";
import type { Layer } from "./layers";
import type { Loss } from "./losses";
import { type Matrix, shape } from "./matrix";
import type { Optimizer } from "./optimizers";
import type { Params } from "./params";
import type { Random } from "./random";

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
  readonly batchSize: number;
  readonly epochs: number;
  /** Draws one permutation of the samples before each epoch. Needed unless shuffle is false. */
  readonly random?: Random;
  /** Default true; with false the samples come in their order. */
  readonly shuffle?: boolean;
  /** Called after each batch, and waited for; an error that it throws stops the training. */
  readonly onBatch?: (report: BatchReport) => void | Promise<void>;
  /** Called after each epoch, likewise. */
  readonly onEpoch?: (report: EpochReport<P>) => void | Promise<void>;
  /** Stops the training at the next pause when it is aborted. */
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
 * Mini-batch training: for each epoch a permutation of the samples, cut into batches of batchSize, of which the last
 * may be smaller; for each batch forward, loss, backward and one step of the optimizer. Steps count through all epochs.
 * @throws if X or T holds NaN or ±Infinity, they differ in their number of columns, a setting is out of range, or the
 * loss is no longer finite
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
  const {
    layer,
    loss,
    optimizer,
    X,
    T,
    batchSize,
    epochs,
    random,
    shuffle = true,
    onBatch,
    onEpoch,
  } = options;
  checkFinite("train", "X", X);
  checkFinite("train", "T", T);
  if (X.cols !== T.cols)
    throw new Error(`train: X is ${shape(X)}, T is ${shape(T)} (a column for each sample)`);
  if (X.cols === 0) throw new Error("train: X has no columns (it needs at least one sample)");
  expectWhole("train: batchSize", batchSize, 1);
  expectWhole("train: epochs", epochs, 0);
  if (shuffle && !random) throw new Error("train: shuffling needs random (or set shuffle to false)");

  const samples = columnPicker(X);
  const targets = columnPicker(T);
  const batches = Math.ceil(X.cols / batchSize);
  const history = { losses: [] as number[], lastBatchLosses: [] as number[], batchLosses: [] as number[] };
  let params = options.params;
  let state = optimizer.init(params);
  let step = 0;
  let pausedAt = Date.now();

  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order =
      shuffle && random ? random.permutation(X.cols) : Int32Array.from({ length: X.cols }, (_, i) => i);
    let total = 0;
    let batchLoss = Number.NaN;
    for (let batch = 1; batch <= batches; batch++) {
      const indices = order.subarray((batch - 1) * batchSize, batch * batchSize);
      const { output, cache } = layer.forward(params, samples(indices));
      const result = loss.forward(output, targets(indices));
      batchLoss = result.loss;
      if (!Number.isFinite(batchLoss))
        throw new Error(
          `train: the loss of epoch ${epoch}, batch ${batch} is ${batchLoss} (try a smaller learning rate)`,
        );
      const { gradients } = layer.backward(params, cache, loss.backward(result.cache));
      step += 1;
      ({ params, state } = optimizer.update(gradients, state, params, step));

      total += batchLoss * indices.length;
      history.batchLosses.push(batchLoss);
      await onBatch?.({ epoch, epochs, batch, batches, loss: batchLoss });
      if (Date.now() - pausedAt >= pauseEvery) {
        await new Promise((resume) => setImmediate(resume));
        options.signal?.throwIfAborted();
        pausedAt = Date.now();
      }
    }
    history.losses.push(total / X.cols);
    history.lastBatchLosses.push(batchLoss);
    await onEpoch?.({ epoch, epochs, loss: total / X.cols, lastBatchLoss: batchLoss, params });
  }
  return { params, history };
}

function expectWhole(what: string, value: number, low: number): void {
  if (!Number.isInteger(value) || value < low)
    throw new Error(`${what} is ${value} (it must be a whole number ≥ ${low})`);
}
