import type { Loss } from "../losses";
import type { Params } from "../params";
import { type EpochReport, type TrainingOptions, train } from "../training";
import type { Row, RunOptions } from "./experiment";

/** That a training left the finite numbers: a result of an experiment, not a failure of it. */
export class Diverged extends Error {
  override name = "Diverged";
}

/**
 * The loss, but with Diverged thrown where a prediction or the loss itself is NaN or infinite.
 * @example
 * import { meanSquaredError } from "../losses"
 * guarded(meanSquaredError).forward(matrix([[1]]), matrix([[3]])).loss // 2
 * guarded(meanSquaredError).forward(matrix([[Infinity]]), matrix([[3]])) // throws /a prediction is Infinity/
 */
export function guarded<Cache>(loss: Loss<Cache>): Loss<Cache> {
  return {
    ...loss,
    forward(prediction, target) {
      for (const y of prediction.data) if (!Number.isFinite(y)) throw new Diverged(`a prediction is ${y}`);
      const result = loss.forward(prediction, target);
      if (!Number.isFinite(result.loss)) throw new Diverged(`the loss is ${result.loss}`);
      return result;
    },
  };
}

/**
 * Trains and measures after every epoch: a row { epoch, ...measure(report) } for each. Once the training has diverged,
 * which is not an error here, all columns of the remaining epochs but `epoch` are NaN.
 * @param columns those of the rows, "epoch" among them
 * @param training what train needs; its loss is guarded
 * @param measure the other columns after an epoch; it throws Diverged where it meets what is not finite, as with a guarded loss
 * @example
 * import { dense } from "../layers"
 * import { meanSquaredError } from "../losses"
 * import { sgd } from "../optimizers"
 * const line = { layer: dense(1, 1), loss: meanSquaredError, epochs: 2, batchSize: 1, shuffle: false }
 * const start = { ...line, params: { weights: matrix([[0]]), bias: matrix([[0]]) }, X: matrix([[1e200]]), T: matrix([[1]]) }
 * const columns = { epoch: { unit: "epochs", doc: "" }, loss: { unit: "1", doc: "" } }
 * const measure = ({ loss }) => ({ loss })
 * await trainByEpoch(columns, { ...start, optimizer: sgd(0) }, measure) // [{ epoch: 1, loss: 0.5 }, { epoch: 2, loss: 0.5 }]
 * await trainByEpoch(columns, { ...start, optimizer: sgd(1) }, measure) // [{ epoch: 1, loss: 0.5 }, { epoch: 2, loss: NaN }]
 */
export async function trainByEpoch<P extends Params, C extends string>(
  columns: { readonly [K in C | "epoch"]: unknown },
  training: TrainingOptions<P>,
  measure: (report: EpochReport<P>) => Row<Exclude<C, "epoch">>,
  { signal, onProgress }: RunOptions = {},
): Promise<Row<C | "epoch">[]> {
  const { epochs } = training;
  const rows: Row<C | "epoch">[] = [];
  try {
    await train({
      ...training,
      loss: guarded(training.loss),
      signal,
      onBatch: ({ epoch, batch, batches }) => onProgress?.((epoch - 1 + batch / batches) / epochs),
      onEpoch: (report) => {
        rows.push({ epoch: report.epoch, ...measure(report) } as Row<C | "epoch">);
      },
    });
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    const empty = Object.fromEntries(Object.keys(columns).map((name) => [name, Number.NaN]));
    while (rows.length < epochs) rows.push({ ...empty, epoch: rows.length + 1 } as Row<C | "epoch">);
  }
  return rows;
}
