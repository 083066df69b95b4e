import { fromData, type Matrix, type Precision, precisionOf, shape, zeros } from "./matrix";

/**
 * Entry (i, j), rows and columns counted from 0.
 * @throws if there is no such entry
 * @example
 * get(matrix([[1, 2], [3, 4]]), 1, 0) // 3
 * get(matrix([[1, 2]]), 1, 0) // throws /no entry \(1, 0\) in a 1×2 matrix/
 */
export function get(A: Matrix, i: number, j: number): number {
  if (!(Number.isInteger(i) && Number.isInteger(j) && i >= 0 && i < A.rows && j >= 0 && j < A.cols))
    throw new Error(`get: no entry (${i}, ${j}) in a ${shape(A)} matrix (rows and columns count from 0)`);
  return A.data[i * A.cols + j];
}

/**
 * The rows×cols matrix with the same value everywhere.
 * @example
 * [...full(1, 2, 0.5).data] // [0.5, 0.5]
 */
export function full(rows: number, cols: number, value: number, precision: Precision = "float64"): Matrix {
  const A = zeros(rows, cols, precision);
  A.data.fill(value);
  return A;
}

/**
 * An equal matrix with data of its own.
 * @example
 * clone(matrix([[1, 2]])).data[1] // 2
 */
export function clone(A: Matrix): Matrix {
  return fromData(A.rows, A.cols, A.data.slice());
}

/**
 * 1ᵀ A, the row of column sums; each adds its entries from top to bottom in float64.
 * @example
 * [...columnSums(matrix([[1, 2], [3, 4]])).data] // [4, 6]
 */
export function columnSums(A: Matrix): Matrix {
  const totals = new Float64Array(A.cols);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) totals[j] += A.data[i * A.cols + j];
  return toPrecision(fromData(1, A.cols, totals), precisionOf(A));
}

/**
 * The sum of all entries, row by row from left to right in float64.
 * @example
 * sum(matrix([[1, 2], [3, 4]])) // 10
 */
export function sum(A: Matrix): number {
  let total = 0;
  for (let i = 0; i < A.data.length; i++) total += A.data[i];
  return total;
}

/**
 * ‖A‖ = √(Σ aᵢⱼ²), summed row by row in float64. Squares may overflow: entries beyond 1e154 give Infinity.
 * @example
 * frobeniusNorm(matrix([[3, 4]])) // 5
 */
export function frobeniusNorm(A: Matrix): number {
  let total = 0;
  for (let i = 0; i < A.data.length; i++) total += A.data[i] * A.data[i];
  return Math.sqrt(total);
}

/**
 * For each column the row of its largest entry, the first of equal ones.
 * @throws if the matrix has no rows, or a column holds NaN, of which no entry is the largest
 * @example
 * [...argmaxColumns(matrix([[0.1, 0.9], [0.7, 0.1]]))] // [1, 0]
 */
export function argmaxColumns(A: Matrix): Int32Array {
  if (A.rows === 0) throw new Error(`argmaxColumns: A is ${shape(A)} (it needs at least one row)`);
  const largest = new Int32Array(A.cols);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) {
      const entry = A.data[i * A.cols + j];
      if (Number.isNaN(entry)) throw new Error(`argmaxColumns: entry (${i}, ${j}) is NaN`);
      if (entry > A.data[largest[j] * A.cols + j]) largest[j] = i;
    }
  return largest;
}

/**
 * The matrix of A's columns with these indices, in this order; an index may occur more than once.
 * @throws if there is no such column
 * @example
 * [...takeColumns(matrix([[1, 2, 3]]), [2, 0]).data] // [3, 1]
 */
export function takeColumns(A: Matrix, indices: ArrayLike<number>): Matrix {
  const B = zeros(A.rows, indices.length, precisionOf(A));
  for (let j = 0; j < B.cols; j++) {
    const from = indices[j];
    if (!(Number.isInteger(from) && from >= 0 && from < A.cols))
      throw new Error(
        `takeColumns: indices[${j}] is ${from}, A is ${shape(A)} (allowed are 0 to ${A.cols - 1})`,
      );
    for (let i = 0; i < A.rows; i++) B.data[i * B.cols + j] = A.data[i * A.cols + from];
  }
  return B;
}

/**
 * A with its entries rounded to the given precision; A itself if it has that precision already.
 * @example
 * toPrecision(matrix([[0.1]]), "float32").data[0] // 0.10000000149011612
 */
export function toPrecision(A: Matrix, precision: Precision): Matrix {
  if (precisionOf(A) === precision) return A;
  return fromData(
    A.rows,
    A.cols,
    precision === "float64" ? Float64Array.from(A.data) : Float32Array.from(A.data),
  );
}

/**
 * The matrix of f(aᵢⱼ), rounded to A's precision.
 * @example
 * [...mapEntries(matrix([[1, 2]]), (x, i, j) => x + 10 * j).data] // [1, 12]
 */
export function mapEntries(A: Matrix, f: (entry: number, i: number, j: number) => number): Matrix {
  const B = zeros(A.rows, A.cols, precisionOf(A));
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) B.data[i * A.cols + j] = f(A.data[i * A.cols + j], i, j);
  return B;
}
