import type { Layer } from "../layer";
import { fromData, type Matrix, multiplyTransposeLeft, shape, zeros } from "../matrix";
import { full } from "../matrix-entries";
import type { Params } from "../params";
import type { Random } from "../random";

/**
 * ∂f/∂x of every sample, f being the sum of a network's outputs: column j of the result is the gradient by column j of
 * X. A batch-normalized network in training couples the samples; there it is the gradient of the sum over the batch.
 * @param X d×m, a sample a column
 * @param options.dOutput outputs×m instead of ones: f is then Σ dOutput ⊙ output, e.g. one output of several
 * @param options.random what a layer that is random in training draws from
 * @throws what the layers throw
 * Source: D. Balduzzi et al., "The Shattered Gradients Problem", ICML (2017) 342.
 * @example
 * import { dense } from "../layers"
 * const params = { weights: matrix([[2, -1]]), bias: matrix([[0]]) }
 * inputGradients(dense(2, 1), params, matrix([[1, 5, 0], [0, 1, 1]])) // matrix([[2, 2, 2], [-1, -1, -1]])
 */
export function inputGradients<P extends Params>(
  layer: Layer<P>,
  params: P,
  X: Matrix,
  { dOutput, random }: { dOutput?: Matrix; random?: Random } = {},
): Matrix {
  const { output, cache } = layer.forward(params, X, random);
  const precision = output.data instanceof Float64Array ? "float64" : "float32";
  return layer.backward(params, cache, dOutput ?? full(output.rows, output.cols, 1, precision)).dInput;
}

/**
 * The correlation between the columns of G, m×m: entry (i, j) is Σ gᵢ gⱼ / √(Σ gᵢ² Σ gⱼ²), summed over the rows,
 * with each column's mean taken off first (Pearson's coefficient) or not (the cosine). For shattered gradients the
 * columns are inputs, and the rows are what one averages over: the entries of ∂f/∂x, or one row for each random
 * initialization. A column without variation gives NaN.
 * @param G n×m, n observations of m quantities
 * @param options.centred whether the means are taken off; true unless given
 * @throws if G has no rows
 * Source: D. Balduzzi et al., ICML (2017) 342, theorem 1 (covariance of the gradients at two inputs); NumPy's
 * `corrcoef` is the centred form.
 * @example
 * correlationMatrix(matrix([[1, 2, 3], [2, 4, 1], [3, 6, 2]])).data[1] // ≈ 1.000000
 * correlationMatrix(matrix([[1, 2, 3], [2, 4, 1], [3, 6, 2]])).data[2] // ≈ -0.500000
 * correlationMatrix(matrix([[3, 4], [4, 3]]), { centred: false }).data[1] // ≈ 0.96
 */
export function correlationMatrix(G: Matrix, { centred = true }: { centred?: boolean } = {}): Matrix {
  if (G.rows === 0) throw new Error(`correlationMatrix: G is ${shape(G)} (it needs at least one row)`);
  const unit = zeros(G.rows, G.cols);
  for (let j = 0; j < G.cols; j++) {
    let sum = 0;
    if (centred) for (let k = j; k < G.data.length; k += G.cols) sum += G.data[k];
    const mean = sum / G.rows;
    let squares = 0;
    for (let k = j; k < G.data.length; k += G.cols) squares += (G.data[k] - mean) * (G.data[k] - mean);
    for (let k = j; k < G.data.length; k += G.cols) unit.data[k] = (G.data[k] - mean) / Math.sqrt(squares);
  }
  const R = multiplyTransposeLeft(unit, unit);
  // rounding must not lead past a correlation's range
  return fromData(
    R.rows,
    R.cols,
    R.data.map((r) => Math.min(1, Math.max(-1, r))),
  );
}

/**
 * The autocorrelation of a series at lags 0 … maxLag: rₖ = Σₜ (xₜ − x̄)(xₜ₊ₖ − x̄) / Σₜ (xₜ − x̄)², the sum in the
 * numerator over the pairs that there are. Of the gradients along a line of inputs it is near 1 at small lags where
 * they vary smoothly and near 0 where they look like white noise. A constant series gives NaN.
 * @param maxLag a whole number from 0 to n − 1; a quarter of n unless given
 * @throws if the series is empty or the lag out of range
 * Source: D. Balduzzi et al., ICML (2017) 342, figure 2; Box and Jenkins, Time Series Analysis (1970), chapter 2.
 * @example
 * autocorrelation([1, 2, 3, 4], 2) // ≈ [1, 0.25, -0.3]
 */
export function autocorrelation(series: ArrayLike<number>, maxLag = Math.floor(series.length / 4)): number[] {
  const n = series.length;
  if (n === 0) throw new Error("autocorrelation: the series is empty");
  if (!Number.isInteger(maxLag) || maxLag < 0 || maxLag >= n)
    throw new Error(`autocorrelation: maxLag is ${maxLag} (a whole number from 0 to ${n - 1})`);
  let sum = 0;
  for (let t = 0; t < n; t++) sum += series[t];
  const mean = sum / n;
  const products = Array.from({ length: maxLag + 1 }, (_, lag) => {
    let total = 0;
    for (let t = 0; t + lag < n; t++) total += (series[t] - mean) * (series[t + lag] - mean);
    return total;
  });
  return products.map((product) => product / products[0]);
}
