import { emptyLike, type Floats, isDouble, place, reserve, reset, take } from "./arena";
import { type Elementwise, operationCode } from "./functions";
import { type Operand, samePrecision, sameShape, shapeText } from "./operands";
import { core } from "./wasm";

/** Entries per call: long arrays go through the core in pieces that stay in the processor's cache. */
const piece = 1 << 15;

/**
 * φ at every entry, computed in float64 and rounded to x's precision.
 * @example
 * [...map("relu", Float64Array.of(-2, 3))] // [0, 3]
 */
export function map(name: Elementwise, x: Floats, parameter = 0): Floats {
  return mapCode(operationCode(name, false), x, parameter);
}

/**
 * φ′ at every entry, likewise; parameter as for the function.
 * @example
 * [...mapDerivative("leakyRelu", Float64Array.of(-2, 3), 0.5)] // [0.5, 1]
 */
export function mapDerivative(name: Elementwise, x: Floats, parameter = 0): Floats {
  return mapCode(operationCode(name, true), x, parameter);
}

function mapCode(operation: number, x: Floats, parameter: number): Floats {
  const run = isDouble(x) ? core.map64 : core.map32;
  return byPieces(x, (from, to, result) =>
    run(operation, place(x, from, to, "map"), result, to - from, parameter),
  );
}

/** What two arrays are combined by: +, − or ⊙. */
export type Combination = "add" | "subtract" | "hadamard";

/**
 * A + B, A − B or A ⊙ B, entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * const row = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * [...combine("hadamard", row, row)] // [9, 16]
 */
export function combine(operation: Combination, A: Operand, B: Operand): Floats {
  sameShape(operation, A, B);
  const run = isDouble(A.data) ? core.combine64 : core.combine32;
  const code = ["add", "subtract", "hadamard"].indexOf(operation);
  return byPieces(A.data, (from, to, result) =>
    run(code, place(A.data, from, to, operation), place(B.data, from, to, operation), result, to - from),
  );
}

/**
 * s x; s is first rounded to x's precision.
 * @example
 * [...scaleEntries(Float64Array.of(1, 2), 3)] // [3, 6]
 */
export function scaleEntries(x: Floats, s: number): Floats {
  const run = isDouble(x) ? core.scale64 : core.scale32;
  return byPieces(x, (from, to, result) => run(place(x, from, to, "scale"), s, result, to - from));
}

/** A new array of x's type and length, filled by `fill(from, to, result)` piece by piece. */
function byPieces(x: Floats, fill: (from: number, to: number, result: number) => void): Floats {
  const y = emptyLike(x, x.length);
  for (let from = 0; from < x.length; from += piece) {
    const to = Math.min(from + piece, x.length);
    reset();
    const result = reserve((to - from) * x.BYTES_PER_ELEMENT, "result");
    fill(from, to, result);
    take(result, y, from, to - from);
  }
  return y;
}

/**
 * A + b 1ᵀ.
 * @throws if b is not a column with as many rows as A, or the precisions differ
 * @example
 * const row = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * [...addToColumns(row, { rows: 1, cols: 1, data: Float64Array.of(10) })] // [13, 14]
 */
export function addToColumns(A: Operand, b: Operand): Floats {
  if (b.cols !== 1 || b.rows !== A.rows)
    throw new Error(`addColumn: A is ${shapeText(A)}, b is ${shapeText(b)} (b must be ${A.rows}×1)`);
  samePrecision("addColumn", A, b);
  const { cols, data } = A;
  const run = isDouble(data) ? core.addColumn64 : core.addColumn32;
  const sum = emptyLike(data, data.length);
  const rowsAtOnce = Math.max(1, Math.floor(piece / Math.max(1, cols)));
  for (let row = 0; row < A.rows; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, A.rows - row);
    reset();
    const result = reserve(rows * cols * data.BYTES_PER_ELEMENT, "addColumn");
    const entries = place(data, row * cols, (row + rows) * cols, "addColumn");
    run(entries, place(b.data, row, row + rows, "addColumn"), result, rows, cols);
    take(result, sum, row * cols, rows * cols);
  }
  return sum;
}

/**
 * Softmax of every column of row-major x, or its logarithm, in float64 and rounded to x's precision.
 * @throws if x twice does not fit in the core's memory, naming the sizes
 * @example
 * [...softmaxColumns(Float64Array.of(7, 7), 2, 1, false)] // [0.5, 0.5]
 */
export function softmaxColumns(x: Floats, rows: number, cols: number, logarithm: boolean): Floats {
  const purpose = `softmax of ${rows}×${cols}`;
  const y = emptyLike(x, x.length);
  reset();
  const work = reserve(rows * 8, purpose);
  const entries = place(x, 0, x.length, purpose);
  const result = reserve(x.length * x.BYTES_PER_ELEMENT, purpose);
  const run = isDouble(x) ? core.softmaxColumns64 : core.softmaxColumns32;
  run(logarithm ? 1 : 0, entries, result, rows, cols, work);
  take(result, y, 0, x.length);
  return y;
}

/**
 * The sums of the rows of row-major x, each from left to right in float64, rounded to x's precision.
 * @example
 * [...sumRows(Float64Array.of(1, 2, 3, 4), 2, 2)] // [3, 7]
 */
export function sumRows(x: Floats, rows: number, cols: number): Floats {
  const sums = emptyLike(x, rows);
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) total += x[j];
    sums[i] = total;
  }
  return sums;
}
