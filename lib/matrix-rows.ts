import { type Matrix, precisionOf, scale, shape, zeros } from "./matrix";

/**
 * A 1/n, the column of the means of rows with n entries; each row is added from left to right and divided in float64.
 * @throws if A has no columns
 * @example
 * rowMeans(matrix([[1, 3], [4, 8]])) // matrix([[2], [6]])
 * rowMeans(zeros(2, 0)) // throws /rowMeans: A is 2×0/
 */
export function rowMeans(A: Matrix): Matrix {
  if (A.cols === 0) throw new Error(`rowMeans: A is ${shape(A)} (a mean needs at least one column)`);
  const means = zeros(A.rows, 1, precisionOf(A));
  for (let i = 0; i < A.rows; i++) {
    let total = 0;
    for (let j = 0; j < A.cols; j++) total += A.data[i * A.cols + j];
    means.data[i] = total / A.cols;
  }
  return means;
}

/**
 * 1ᵀA/n, the row of the means of columns with n entries; each column is added from top to bottom and divided in
 * float64.
 * @throws if A has no rows
 * @example
 * columnMeans(matrix([[1, 4], [3, 8]])) // matrix([[2, 6]])
 */
export function columnMeans(A: Matrix): Matrix {
  if (A.rows === 0) throw new Error(`columnMeans: A is ${shape(A)} (a mean needs at least one row)`);
  const totals = new Float64Array(A.cols);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) totals[j] += A.data[i * A.cols + j];
  const means = zeros(1, A.cols, precisionOf(A));
  for (let j = 0; j < A.cols; j++) means.data[j] = totals[j] / A.rows;
  return means;
}

/**
 * A + 1 r: the row r added to every row of A.
 * @throws if r is not a row with as many columns as A, or the precisions differ
 * @example
 * addRow(matrix([[1, 2], [3, 4]]), matrix([[10, 20]])) // matrix([[11, 22], [13, 24]])
 * addRow(matrix([[1, 2]]), matrix([[1]])) // throws /addRow: A is 1×2, r is 1×1 \(r must be 1×2\)/
 */
export function addRow(A: Matrix, r: Matrix): Matrix {
  expectFactor("addRow", A, "r", r, 1, A.cols);
  const B = zeros(A.rows, A.cols, precisionOf(A));
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) B.data[i * A.cols + j] = A.data[i * A.cols + j] + r.data[j];
  return B;
}

/**
 * diag(s) A: row i of A times sᵢ.
 * @throws if s is not a column with as many rows as A, or the precisions differ
 * @example
 * scaleRows(matrix([[1, 2], [3, 4]]), matrix([[10], [100]])) // matrix([[10, 20], [300, 400]])
 */
export function scaleRows(A: Matrix, s: Matrix): Matrix {
  expectFactor("scaleRows", A, "s", s, A.rows, 1);
  const B = zeros(A.rows, A.cols, precisionOf(A));
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) B.data[i * A.cols + j] = A.data[i * A.cols + j] * s.data[i];
  return B;
}

/**
 * A diag(s): column j of A times sⱼ.
 * @throws if s is not a row with as many columns as A, or the precisions differ
 * @example
 * scaleColumns(matrix([[1, 2], [3, 4]]), matrix([[10, 100]])) // matrix([[10, 200], [30, 400]])
 */
export function scaleColumns(A: Matrix, s: Matrix): Matrix {
  expectFactor("scaleColumns", A, "s", s, 1, A.cols);
  const B = zeros(A.rows, A.cols, precisionOf(A));
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) B.data[i * A.cols + j] = A.data[i * A.cols + j] * s.data[j];
  return B;
}

/**
 * −A.
 * @example
 * negative(matrix([[1, -2]])) // matrix([[-1, 2]])
 */
export const negative = (A: Matrix): Matrix => scale(A, -1);

function expectFactor(name: string, A: Matrix, called: string, b: Matrix, rows: number, cols: number): void {
  if (b.rows !== rows || b.cols !== cols)
    throw new Error(
      `${name}: A is ${shape(A)}, ${called} is ${shape(b)} (${called} must be ${rows}×${cols})`,
    );
  if (precisionOf(A) !== precisionOf(b))
    throw new Error(
      `${name}: precisions differ: A is ${precisionOf(A)}, ${called} is ${precisionOf(b)} (convert one with toPrecision)`,
    );
}
