import { addToColumns, columnOf, combine, scaleEntries, sumRows } from "./kernels/arrays";
import { shapeText } from "./kernels/operands";
import { product } from "./kernels/product";

/** A real matrix, stored row by row: entry (i, j) is data[i * cols + j]. Samples are columns. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array | Float32Array;
}

/** IEEE 754 double or single precision. */
export type Precision = "float64" | "float32";

const arrays = { float64: Float64Array, float32: Float32Array };

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
  for (let i = 0; i < A.rows; i++) {
    const row = rows[i];
    if (row.length !== cols)
      throw new Error(
        `matrix: row ${i} has ${row.length} entries, row 0 has ${cols} (rows must be equally long)`,
      );
    for (let j = 0; j < cols; j++) {
      if (typeof row[j] !== "number")
        throw new Error(`matrix: entry (${i}, ${j}) is ${row[j]}, not a number`);
      A.data[i * cols + j] = row[j];
    }
  }
  return A;
}

/**
 * The n×1 matrix of n values.
 * @example
 * shape(column([1, 2, 3])) // "3×1"
 */
export function column(values: number[], precision: Precision = "float64"): Matrix {
  return fromData(values.length, 1, matrix([values], precision).data);
}

/**
 * The rows×cols matrix of zeros.
 * @throws if a dimension is not a whole number ≥ 0, or the precision is another
 * @example
 * toArrays(zeros(2, 2)) // [[0, 0], [0, 0]]
 */
export function zeros(rows: number, cols: number, precision: Precision = "float64"): Matrix {
  for (const size of [rows, cols])
    if (!Number.isInteger(size) || size < 0)
      throw new Error(`zeros: a dimension is ${size} in ${rows}×${cols} (it must be a whole number ≥ 0)`);
  const Data = arrays[precision];
  if (!Data) throw new Error(`zeros: the precision is ${precision} (it must be float64 or float32)`);
  return { rows, cols, data: new Data(rows * cols) };
}

/**
 * A matrix over existing row-major data, which is kept, not copied; its array type decides the precision.
 * @throws if the data is no Float64Array or Float32Array, or has not rows·cols entries
 * @example
 * toArrays(fromData(2, 2, new Float64Array([1, 2, 3, 4]))) // [[1, 2], [3, 4]]
 * fromData(2, 2, new Float64Array(3)) // throws /2×2 needs 4 entries, data has 3/
 * fromData(1, 2, [1, 2]) // throws /data is no Float64Array or Float32Array/
 */
export function fromData(rows: number, cols: number, data: Float64Array | Float32Array): Matrix {
  if (!/^Float(64|32)Array$/.test(data?.[Symbol.toStringTag]))
    throw new Error("fromData: data is no Float64Array or Float32Array (for lists of numbers take matrix)");
  if (data.length !== rows * cols || !(rows >= 0))
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
export const shape: (A: Matrix) => string = shapeText;

/**
 * The precision of a matrix.
 * @example
 * precisionOf(zeros(1, 1, "float32")) // "float32"
 */
export const precisionOf = (A: Matrix): Precision => (A.data.BYTES_PER_ELEMENT === 8 ? "float64" : "float32");

/**
 * C = A B. Every entry is Σₖ aᵢₖ bₖⱼ, added in the order k = 0, 1, …, each product and each sum rounded to the
 * matrices' precision, so the digits do not depend on machine, blocking or threads.
 * @throws if A's columns are not as many as B's rows, or the precisions differ
 * @example
 * toArrays(multiply(matrix([[1, 2], [3, 4]]), matrix([[5], [6]]))) // [[17], [39]]
 * multiply(zeros(2, 3), zeros(4, 5)) // throws /inner dimensions differ: A is 2×3, B is 4×5/
 */
export const multiply = (A: Matrix, B: Matrix): Matrix => product("multiply", A, false, B, false);

/**
 * C = Aᵀ B without forming Aᵀ; order and rounding as in multiply.
 * @throws if A's rows are not as many as B's rows, or the precisions differ
 * @example
 * toArrays(multiplyTransposeLeft(matrix([[1, 2], [3, 4]]), matrix([[5], [6]]))) // [[23], [34]]
 */
export const multiplyTransposeLeft = (A: Matrix, B: Matrix): Matrix =>
  product("multiplyTransposeLeft", A, true, B, false);

/**
 * C = A Bᵀ without forming Bᵀ; order and rounding as in multiply.
 * @throws if A's columns are not as many as B's columns, or the precisions differ
 * @example
 * toArrays(multiplyTransposeRight(matrix([[1, 2], [3, 4]]), matrix([[5, 6]]))) // [[17], [39]]
 */
export const multiplyTransposeRight = (A: Matrix, B: Matrix): Matrix =>
  product("multiplyTransposeRight", A, false, B, true);

/**
 * A B + b 1ᵀ, with the bits of addColumn(multiply(A, B), b) in one pass.
 * @throws if A's columns are not as many as B's rows, b is not a column with A's rows, or the precisions differ
 * @example
 * toArrays(affine(matrix([[1, 2], [3, 4]]), matrix([[5], [6]]), column([10, 20]))) // [[27], [59]]
 */
export function affine(A: Matrix, B: Matrix, b: Matrix): Matrix {
  columnOf("affine", A, b);
  return product("affine", A, false, B, false, b);
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
export const add = (A: Matrix, B: Matrix): Matrix => combine("add", A, B);

/**
 * A − B, entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * toArrays(subtract(matrix([[1, 2]]), matrix([[3, 5]]))) // [[-2, -3]]
 */
export const subtract = (A: Matrix, B: Matrix): Matrix => combine("subtract", A, B);

/**
 * A ⊙ B, the product entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * toArrays(hadamard(matrix([[1, 2]]), matrix([[3, 4]]))) // [[3, 8]]
 */
export const hadamard = (A: Matrix, B: Matrix): Matrix => combine("hadamard", A, B);

/**
 * s A. For a float32 matrix s is first rounded to float32.
 * @example
 * toArrays(scale(matrix([[1, 2]]), 3)) // [[3, 6]]
 */
export const scale = (A: Matrix, s: number): Matrix => scaleEntries(A, s);

/**
 * A + b 1ᵀ: the column b added to every column of A.
 * @throws if b is not a column with as many rows as A, or the precisions differ
 * @example
 * toArrays(addColumn(matrix([[1, 2], [3, 4]]), column([10, 20]))) // [[11, 12], [23, 24]]
 */
export const addColumn = (A: Matrix, b: Matrix): Matrix => addToColumns(A, b);

/**
 * A 1, the column of row sums; each adds its entries from left to right in float64.
 * @example
 * toArrays(rowSums(matrix([[1, 2], [3, 4]]))) // [[3], [7]]
 */
export const rowSums = (A: Matrix): Matrix => sumRows(A);
