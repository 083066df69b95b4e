import { softmaxWithLogTotals } from "../kernels/softmax";
import { fromData, type Matrix, precisionOf } from "../matrix";

/** Softmax by column together with what its logarithm needs, so that a loss computes each exponential once. */
export interface ColumnSoftmax {
  /** A = softmax(Z) by column, the same bits as softmax. */
  readonly probabilities: Matrix;
  /** The largest entry of each column of Z. */
  readonly largest: Float64Array;
  /** log Σₖ e^(zₖ − largest) of each column. */
  readonly logTotals: Float64Array;
}

/**
 * Softmax of every column of Z with its log-sum-exp.
 * @example
 * columnSoftmax(matrix([[1000], [1000]])).probabilities // matrix([[0.5], [0.5]])
 * columnSoftmax(matrix([[7], [7]])).logTotals[0] // ≈ 0.69314718
 */
export function columnSoftmax(Z: Matrix): ColumnSoftmax {
  const { probabilities, largest, logTotals } = softmaxWithLogTotals(Z.data, Z.rows, Z.cols);
  return { probabilities: fromData(Z.rows, Z.cols, probabilities), largest, logTotals };
}

/**
 * log aᵢⱼ = zᵢⱼ − largest − log Σₖ e^(zₖ − largest) for the k-th entry of Z's data, the same bits as logSoftmax: finite
 * where aᵢⱼ itself is rounded to 0.
 * @example
 * const Z = matrix([[1000], [0]])
 * logProbability(Z, columnSoftmax(Z), 1) // -1000
 */
export function logProbability(Z: Matrix, { largest, logTotals }: ColumnSoftmax, k: number): number {
  const j = k % Z.cols;
  const distance = Z.data[k] === largest[j] ? 0 : Z.data[k] - largest[j];
  const value = distance - logTotals[j];
  return precisionOf(Z) === "float32" ? Math.fround(value) : value;
}
