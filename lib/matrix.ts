import { addToColumns, combine, scaleEntries } from "./kernels/arrays";
import { product } from "./kernels/product";

/** A real matrix, stored row by row: entry (i, j) is data[i * cols + j]. Samples are columns. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array | Float32Array;
}

export type Precision = "float64" | "float32";

/**
 * The matrix with these rows.
 * @throws if the rows differ in length or an entry is not a number (NaN and ±Infinity are numbers)
 * @example
 * shape(matrix([[1, 2, 3], [4, 5, 6]])) // "2×3"
 * matrix([[1, 2], [3]]) // throws /row 1 has 1 entries, row 0 has 2/
 */
export function matrix(rows: number[][], precision: Precision = "float64"): Matrix {
  const cols = rows.length === 0 ? 0 : rows[0].length;
  const A = zeros(rows.length, cols, precision);
  rows.forEach((row, i) => {
    if (row.length !== cols)
      throw new Error(
        `matrix: row ${i} has ${row.length} entries, row 0 has ${cols} (all rows must be equally long)`,
      );
    row.forEach((entry, j) => {
      if (typeof entry !== "number")
        throw new Error(`matrix: entry (${i}, ${j}) is ${String(entry)}, not a number`);
      A.data[i * cols + j] = entry;
    });
  });
  return A;
}

/**
 * The n×1 matrix of n values.
 * @example
 * shape(column([1, 2, 3])) // "3×1"
 */
export function column(values: number[], precision: Precision = "float64"): Matrix {
  return matrix(
    values.map((value) => [value]),
    precision,
  );
}

/**
 * The rows×cols matrix of zeros.
 * @throws if a dimension is not a whole number ≥ 0
 * @example
 * toArrays(zeros(2, 2)) // [[0, 0], [0, 0]]
 */
export function zeros(rows: number, cols: number, precision: Precision = "float64"): Matrix {
  for (const size of [rows, cols])
    if (!Number.isInteger(size) || size < 0)
      throw new Error(`zeros: a dimension is ${size} in ${rows}×${cols} (it must be a whole number ≥ 0)`);
  return {
    rows,
    cols,
    data: precision === "float64" ? new Float64Array(rows * cols) : new Float32Array(rows * cols),
  };
}

/**
 * The rows×cols matrix with the same value everywhere.
 * @example
 * toArrays(full(1, 2, 0.5)) // [[0.5, 0.5]]
 */
export function full(rows: number, cols: number, value: number, precision: Precision = "float64"): Matrix {
  const A = zeros(rows, cols, precision);
  A.data.fill(value);
  return A;
}

/**
 * A matrix over existing row-major data, which is kept, not copied; its array type decides the precision.
 * @throws if the data has not rows·cols entries
 * @example
 * toArrays(fromData(2, 2, new Float64Array([1, 2, 3, 4]))) // [[1, 2], [3, 4]]
 * fromData(2, 2, new Float64Array(3)) // throws /2×2 needs 4 entries, data has 3/
 */
export function fromData(rows: number, cols: number, data: Float64Array | Float32Array): Matrix {
  if (data.length !== rows * cols)
    throw new Error(`fromData: ${rows}×${cols} needs ${rows * cols} entries, data has ${data.length}`);
  return { rows, cols, data };
}

/**
 * The rows of a matrix as arrays of numbers.
 * @example
 * toArrays(matrix([[1, 2]])) // [[1, 2]]
 */
export function toArrays(A: Matrix): number[][] {
  return Array.from({ length: A.rows }, (_, i) => Array.from(A.data.subarray(i * A.cols, (i + 1) * A.cols)));
}

/**
 * The shape as text, for messages.
 * @example
 * shape(zeros(2, 3)) // "2×3"
 */
export function shape(A: Matrix): string {
  return `${A.rows}×${A.cols}`;
}

/**
 * C = A B. Every entry is Σₖ aᵢₖ bₖⱼ, added in the order k = 0, 1, …, each product and each sum rounded to the
 * matrices' precision, so the digits do not depend on machine, blocking or threads.
 * @throws if A's columns are not as many as B's rows, or the precisions differ
 * @example
 * toArrays(multiply(matrix([[1, 2], [3, 4]]), matrix([[5], [6]]))) // [[17], [39]]
 * multiply(zeros(2, 3), zeros(4, 5)) // throws /inner dimensions differ: A is 2×3, B is 4×5/
 */
export function multiply(A: Matrix, B: Matrix): Matrix {
  return anyProduct("multiply", A, false, B, false);
}

/**
 * C = Aᵀ B without forming Aᵀ; order and rounding as in multiply.
 * @throws if A's rows are not as many as B's rows, or the precisions differ
 * @example
 * toArrays(multiplyTransposeLeft(matrix([[1, 2], [3, 4]]), matrix([[5], [6]]))) // [[23], [34]]
 */
export function multiplyTransposeLeft(A: Matrix, B: Matrix): Matrix {
  return anyProduct("multiplyTransposeLeft", A, true, B, false);
}

/**
 * C = A Bᵀ without forming Bᵀ; order and rounding as in multiply.
 * @throws if A's columns are not as many as B's columns, or the precisions differ
 * @example
 * toArrays(multiplyTransposeRight(matrix([[1, 2], [3, 4]]), matrix([[5, 6]]))) // [[17], [39]]
 */
export function multiplyTransposeRight(A: Matrix, B: Matrix): Matrix {
  return anyProduct("multiplyTransposeRight", A, false, B, true);
}

function anyProduct(name: string, A: Matrix, transposeA: boolean, B: Matrix, transposeB: boolean): Matrix {
  const [m, k] = transposeA ? [A.cols, A.rows] : [A.rows, A.cols];
  const [n, inner] = transposeB ? [B.rows, B.cols] : [B.cols, B.rows];
  if (k !== inner) {
    const rule = `A's ${transposeA ? "rows" : "columns"} must equal B's ${transposeB ? "columns" : "rows"}`;
    throw new Error(`${name}: inner dimensions differ: A is ${shape(A)}, B is ${shape(B)} (${rule})`);
  }
  samePrecision(name, A, B);
  const left = { data: A.data, cols: A.cols, transposed: transposeA };
  const right = { data: B.data, cols: B.cols, transposed: transposeB };
  return fromData(m, n, product(m, n, k, left, right));
}

/**
 * The precision of a matrix.
 * @example
 * precisionOf(zeros(1, 1, "float32")) // "float32"
 */
export function precisionOf(A: Matrix): Precision {
  return A.data instanceof Float64Array ? "float64" : "float32";
}

function samePrecision(name: string, A: Matrix, B: Matrix): void {
  if (precisionOf(A) === precisionOf(B)) return;
  const [a, b] = [A, B].map((M) => `${shape(M)} ${precisionOf(M)}`);
  throw new Error(`${name}: precisions differ: A is ${a}, B is ${b} (convert one with toPrecision)`);
}

/**
 * Aᵀ.
 * @example
 * toArrays(transpose(matrix([[1, 2, 3]]))) // [[1], [2], [3]]
 */
export function transpose(A: Matrix): Matrix {
  const T = zeros(A.cols, A.rows, precisionOf(A));
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) T.data[j * A.rows + i] = A.data[i * A.cols + j];
  return T;
}

/**
 * A + B, entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * toArrays(add(matrix([[1, 2]]), matrix([[3, 4]]))) // [[4, 6]]
 */
export function add(A: Matrix, B: Matrix): Matrix {
  return entrywise("add", A, B, "add");
}

/**
 * A − B, entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * toArrays(subtract(matrix([[1, 2]]), matrix([[3, 5]]))) // [[-2, -3]]
 */
export function subtract(A: Matrix, B: Matrix): Matrix {
  return entrywise("subtract", A, B, "subtract");
}

/**
 * A ⊙ B, the product entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * toArrays(hadamard(matrix([[1, 2]]), matrix([[3, 4]]))) // [[3, 8]]
 */
export function hadamard(A: Matrix, B: Matrix): Matrix {
  return entrywise("hadamard", A, B, "multiply");
}

function entrywise(name: string, A: Matrix, B: Matrix, operation: "add" | "subtract" | "multiply"): Matrix {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new Error(`${name}: shapes differ: A is ${shape(A)}, B is ${shape(B)} (they must be equal)`);
  samePrecision(name, A, B);
  return fromData(A.rows, A.cols, combine(operation, A.data, B.data));
}

/**
 * s A. For a float32 matrix s is first rounded to float32.
 * @example
 * toArrays(scale(matrix([[1, 2]]), 3)) // [[3, 6]]
 */
export function scale(A: Matrix, s: number): Matrix {
  return fromData(A.rows, A.cols, scaleEntries(A.data, s));
}

/**
 * A + b 1ᵀ: the column b added to every column of A.
 * @throws if b is not a column with as many rows as A, or the precisions differ
 * @example
 * toArrays(addColumn(matrix([[1, 2], [3, 4]]), column([10, 20]))) // [[11, 12], [23, 24]]
 */
export function addColumn(A: Matrix, b: Matrix): Matrix {
  if (b.cols !== 1 || b.rows !== A.rows)
    throw new Error(`addColumn: A is ${shape(A)}, b is ${shape(b)} (b must be ${A.rows}×1)`);
  samePrecision("addColumn", A, b);
  return fromData(A.rows, A.cols, addToColumns(A.data, b.data, A.cols));
}

/**
 * A 1, the column of row sums; each adds its entries from left to right in float64.
 * @example
 * toArrays(rowSums(matrix([[1, 2], [3, 4]]))) // [[3], [7]]
 */
export function rowSums(A: Matrix): Matrix {
  const s = zeros(A.rows, 1, precisionOf(A));
  for (let i = 0; i < A.rows; i++) {
    let total = 0;
    for (let j = 0; j < A.cols; j++) total += A.data[i * A.cols + j];
    s.data[i] = total;
  }
  return s;
}
