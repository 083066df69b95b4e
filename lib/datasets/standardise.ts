import { checkFinite } from "../check-data";
import { fromData, type Matrix, precisionOf, shape, zeros } from "../matrix";

/** Standardised data and what it takes to treat further data in the same way. */
export interface Standardised {
  readonly X: Matrix;
  /** d×1: the mean μ of every feature. */
  readonly mean: Matrix;
  /** d×1: the population standard deviation σ of every feature. */
  readonly standardDeviation: Matrix;
  /** Other data of the same features, with the same μ and σ. */
  apply(other: Matrix): Matrix;
}

/**
 * (x − μ) / (σ + ε) for every feature, i.e. for every row of X (d×m, samples are columns), with
 * μ = (1/m) Σ x and σ² = (1/m) Σ (x − μ)², both added from left to right in float64.
 * A constant feature becomes 0.
 * @param options.epsilon ε, 1e-8 unless given
 * @throws if X has no columns or holds NaN or ±Infinity
 * Source: note on the perceptron and ADALINE, section 5; the population form is that of NumPy's `std`.
 * @example
 * standardise(matrix([[1, 2, 3]]), { epsilon: 0 }).X.data[2] // ≈ 1.224745
 * standardise(matrix([[1, 2, 3]])).apply(matrix([[2]])).data[0] // 0
 * standardise(matrix([[1, NaN]])) // throws /X\[0,1\] \(row 0, column 1\) is NaN/
 */
export function standardise(X: Matrix, { epsilon = 1e-8 }: { epsilon?: number } = {}): Standardised {
  const [d, m] = [X.rows, X.cols];
  if (m === 0) throw new Error(`standardise: X is ${shape(X)} (it needs at least one column)`);
  checkFinite("standardise", "X", X);
  const mean = new Float64Array(d);
  const deviation = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    const row = X.data.subarray(i * m, (i + 1) * m);
    let sum = 0;
    for (let j = 0; j < m; j++) sum += row[j];
    mean[i] = sum / m;
    let squares = 0;
    for (let j = 0; j < m; j++) squares += (row[j] - mean[i]) * (row[j] - mean[i]);
    deviation[i] = Math.sqrt(squares / m);
  }
  const apply = (A: Matrix): Matrix => {
    if (A.rows !== d)
      throw new Error(
        `standardise.apply: the data is ${shape(A)}, the statistics are of ${d} features (rows)`,
      );
    const Z = zeros(d, A.cols, precisionOf(A));
    for (let i = 0; i < d; i++)
      for (let j = 0; j < A.cols; j++) {
        const k = i * A.cols + j;
        Z.data[k] = (A.data[k] - mean[i]) / (deviation[i] + epsilon);
      }
    return Z;
  };
  return {
    X: apply(X),
    mean: fromData(d, 1, mean),
    standardDeviation: fromData(d, 1, deviation),
    apply,
  };
}
