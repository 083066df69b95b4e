import { checkFinite } from "../check-data";
import { fromData, type Matrix, shape } from "../matrix";
import { mapEntries } from "../matrix-entries";

/** Standardised data and what it takes to treat further data in the same way. */
export interface Standardised {
  readonly X: Matrix;
  /** d×1: the mean μ of every feature. */
  readonly mean: Matrix;
  /** d×1: the population standard deviation σ of every feature. */
  readonly standardDeviation: Matrix;
  /** The features (rows) that are the same in all samples, whose σ is 0. */
  readonly constant: readonly number[];
  /** Other data of the same features, with the same μ and σ: test data, points of a grid. */
  apply(other: Matrix): Matrix;
  /** The way back: standardised data in the units of the original. */
  invert(standardised: Matrix): Matrix;
}

/**
 * (x − μ) / (σ + ε) for every feature, i.e. for every row of X (d×m, samples are columns), with
 * μ = (1/m) Σ x and σ² = (1/m) Σ (x − μ)², both added from left to right in float64.
 * A constant feature has no scale to divide by: it becomes x − μ, which is 0 in X, and its index stands in `constant`.
 * @param options.epsilon ε ≥ 0, 1e-8 unless given
 * @throws if X has no columns or holds NaN or ±Infinity, or ε is out of range
 * Source: note on the perceptron and ADALINE, section 5; the population form is that of NumPy's `std`, the treatment of
 * constant features that of scikit-learn's StandardScaler.
 * @example
 * standardise(matrix([[1, 2, 3]]), { epsilon: 0 }).X.data[2] // ≈ 1.224745
 * standardise(matrix([[1, 2, 3]])).apply(matrix([[2]])).data[0] // 0
 * standardise(matrix([[1, 2, 3]])).invert(matrix([[0]])).data[0] // 2
 * standardise(matrix([[1, 2], [5, 5]])).constant // [1]
 * standardise(matrix([[1, NaN]])) // throws /X\[0,1\] \(row 0, column 1\) is NaN/
 */
export function standardise(X: Matrix, { epsilon = 1e-8 }: { epsilon?: number } = {}): Standardised {
  const [d, m] = [X.rows, X.cols];
  if (m === 0) throw new Error(`standardise: X is ${shape(X)} (it needs at least one column)`);
  if (!(epsilon >= 0 && Number.isFinite(epsilon)))
    throw new Error(`standardise: epsilon is ${epsilon} (it must be a finite number ≥ 0)`);
  checkFinite("standardise", "X", X);
  const mean = new Float64Array(d);
  const deviation = new Float64Array(d);
  const scale = new Float64Array(d);
  const constant: number[] = [];
  for (let i = 0; i < d; i++) {
    const row = X.data.subarray(i * m, (i + 1) * m);
    // the rounded mean of equal numbers can differ from them
    if (row.every((x) => x === row[0])) {
      constant.push(i);
      mean[i] = row[0];
      scale[i] = 1;
      continue;
    }
    let sum = 0;
    for (let j = 0; j < m; j++) sum += row[j];
    mean[i] = sum / m;
    let squares = 0;
    for (let j = 0; j < m; j++) squares += (row[j] - mean[i]) * (row[j] - mean[i]);
    deviation[i] = Math.sqrt(squares / m);
    scale[i] = deviation[i] + epsilon;
  }
  const entrywise =
    (name: string, f: (entry: number, i: number) => number) =>
    (A: Matrix): Matrix => {
      if (A.rows !== d)
        throw new Error(
          `standardise.${name}: the data is ${shape(A)}, the statistics are of ${d} features (rows)`,
        );
      return mapEntries(A, f);
    };
  const apply = entrywise("apply", (x, i) => (x - mean[i]) / scale[i]);
  return {
    X: apply(X),
    mean: fromData(d, 1, mean),
    standardDeviation: fromData(d, 1, deviation),
    constant,
    apply,
    invert: entrywise("invert", (z, i) => mean[i] + z * scale[i]),
  };
}
