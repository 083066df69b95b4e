import { emptyLike, type Floats, isDouble, place, reserve, reset, take } from "./arena";
import { core } from "./wasm";

/** Softmax by column, and what its logarithm needs. */
export interface SoftmaxWithLogTotals {
  /** Row-major, in the precision of what it was computed from. */
  readonly probabilities: Floats;
  /** The largest entry of each column. */
  readonly largest: Float64Array;
  /** log Σ e^(entry − largest) of each column. */
  readonly logTotals: Float64Array;
}

/**
 * Softmax of every column of row-major x together with its log-sum-exp, so that each exponential is computed once. The
 * probabilities have the bits of softmaxColumns.
 * @throws if x twice does not fit in the core's memory, naming the sizes
 * @example
 * const { probabilities, largest, logTotals } = softmaxWithLogTotals(Float64Array.of(7, 7), 2, 1)
 * [...probabilities, ...largest] // [0.5, 0.5, 7]
 * logTotals[0] // ≈ 0.69314718
 */
export function softmaxWithLogTotals(x: Floats, rows: number, cols: number): SoftmaxWithLogTotals {
  const purpose = `softmax of ${rows}×${cols}`;
  const probabilities = emptyLike(x, x.length);
  const [largest, logTotals] = [new Float64Array(cols), new Float64Array(cols)];
  reset();
  const work = reserve(rows * 8, purpose);
  const ofColumns = reserve(2 * cols * 8, purpose);
  const entries = place(x, 0, x.length, purpose);
  const result = reserve(x.length * x.BYTES_PER_ELEMENT, purpose);
  const run = isDouble(x) ? core.softmaxWithLogTotals64 : core.softmaxWithLogTotals32;
  run(entries, result, ofColumns, ofColumns + cols * 8, rows, cols, work);
  take(result, probabilities, 0, x.length);
  take(ofColumns, largest, 0, cols);
  take(ofColumns + cols * 8, logTotals, 0, cols);
  return { probabilities, largest, logTotals };
}
