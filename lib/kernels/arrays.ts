import { type Floats, isDouble, place, pointerOf, reserve, reset, take } from "./arena";
import { type Elementwise, operationCode } from "./functions";
import { type Operand, samePrecision, sameShape, shapeText } from "./operands";
import { newMatrix } from "./region";
import { core } from "./wasm";

/** Entries per call: long arrays go through the core in pieces that stay in the processor's cache. */
const piece = 1 << 15;

/**
 * φ at every entry, computed in float64 and rounded to X's precision.
 * @example
 * [...map("relu", { rows: 1, cols: 2, data: Float64Array.of(-2, 3) }).data] // [0, 3]
 */
export function map(name: Elementwise, X: Operand, parameter = 0): Operand {
  return mapCode(operationCode(name, false), X, parameter);
}

/**
 * φ′ at every entry, likewise; parameter as for the function.
 * @example
 * [...mapDerivative("leakyRelu", { rows: 1, cols: 2, data: Float64Array.of(-2, 3) }, 0.5).data] // [0.5, 1]
 */
export function mapDerivative(name: Elementwise, X: Operand, parameter = 0): Operand {
  return mapCode(operationCode(name, true), X, parameter);
}

function mapCode(operation: number, X: Operand, parameter: number): Operand {
  const run = isDouble(X.data) ? core.map64 : core.map32;
  const Y = newMatrix(X.rows, X.cols, X.data);
  const [x, y] = [pointerOf(X.data), pointerOf(Y.data)];
  if (x && y) run(operation, x, y, X.data.length, parameter);
  else
    byPieces(Y.data, (from, to, y) =>
      run(operation, place(X.data, from, to, "map"), y, to - from, parameter),
    );
  return Y;
}

/**
 * D ⊙ φ′(X), φ′ rounded to X's precision before the product.
 * @throws if shapes or precisions differ
 * @example
 * const X = { rows: 1, cols: 2, data: Float64Array.of(-2, 3) }
 * [...timesDerivative("relu", X, X).data] // [-0, 3]
 */
export function timesDerivative(name: Elementwise, X: Operand, D: Operand, parameter = 0): Operand {
  sameShape(name, X, D);
  const operation = operationCode(name, true);
  const run = isDouble(X.data) ? core.derivativeTimes64 : core.derivativeTimes32;
  const Y = newMatrix(X.rows, X.cols, X.data);
  const [x, d, y] = [pointerOf(X.data), pointerOf(D.data), pointerOf(Y.data)];
  if (x && d && y) run(operation, x, d, y, X.data.length, parameter);
  else
    byPieces(Y.data, (from, to, y) => {
      const [x, d] = [place(X.data, from, to, name), place(D.data, from, to, name)];
      run(operation, x, d, y, to - from, parameter);
    });
  return Y;
}

/** What two arrays are combined by: +, − or ⊙. */
export type Combination = "add" | "subtract" | "hadamard";

/**
 * A + B, A − B or A ⊙ B, entry by entry.
 * @throws if shapes or precisions differ
 * @example
 * const row = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * [...combine("hadamard", row, row).data] // [9, 16]
 */
export function combine(operation: Combination, A: Operand, B: Operand): Operand {
  sameShape(operation, A, B);
  const run = isDouble(A.data) ? core.combine64 : core.combine32;
  const code = operation === "add" ? 0 : operation === "subtract" ? 1 : 2;
  const C = newMatrix(A.rows, A.cols, A.data);
  const [a, b, c] = [pointerOf(A.data), pointerOf(B.data), pointerOf(C.data)];
  if (a && b && c) run(code, a, b, c, A.data.length);
  else
    byPieces(C.data, (from, to, c) => {
      run(code, place(A.data, from, to, operation), place(B.data, from, to, operation), c, to - from);
    });
  return C;
}

/**
 * s X; s is first rounded to X's precision.
 * @example
 * [...scaleEntries({ rows: 1, cols: 2, data: Float64Array.of(1, 2) }, 3).data] // [3, 6]
 */
export function scaleEntries(X: Operand, s: number): Operand {
  const run = isDouble(X.data) ? core.scale64 : core.scale32;
  const Y = newMatrix(X.rows, X.cols, X.data);
  const [x, y] = [pointerOf(X.data), pointerOf(Y.data)];
  if (x && y) run(x, s, y, X.data.length);
  else byPieces(Y.data, (from, to, y) => run(place(X.data, from, to, "scale"), s, y, to - from));
  return Y;
}

/** Fills y piece by piece by `fill(from, to, result)`. */
function byPieces(y: Floats, fill: (from: number, to: number, result: number) => void): void {
  for (let from = 0; from < y.length; from += piece) {
    const to = Math.min(from + piece, y.length);
    reset();
    const result = reserve((to - from) * y.BYTES_PER_ELEMENT, "result");
    fill(from, to, result);
    take(result, y, from, to - from);
  }
}

/**
 * A + b 1ᵀ.
 * @throws if b is not a column with as many rows as A, or the precisions differ
 * @example
 * const row = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * [...addToColumns(row, { rows: 1, cols: 1, data: Float64Array.of(10) }).data] // [13, 14]
 */
export function addToColumns(A: Operand, b: Operand): Operand {
  columnOf("addColumn", A, b);
  const { cols, data } = A;
  const run = isDouble(data) ? core.addColumn64 : core.addColumn32;
  const C = newMatrix(A.rows, cols, data);
  const rowsAtOnce = Math.max(1, Math.floor(piece / Math.max(1, cols)));
  for (let row = 0; row < A.rows; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, A.rows - row);
    reset();
    const result = reserve(rows * cols * data.BYTES_PER_ELEMENT, "addColumn");
    const entries = place(data, row * cols, (row + rows) * cols, "addColumn");
    run(entries, place(b.data, row, row + rows, "addColumn"), result, rows, cols);
    take(result, C.data, row * cols, rows * cols);
  }
  return C;
}

/**
 * Checks that b can be added to every column of A.
 * @throws if b is not a column with as many rows as A, or the precisions differ
 * @example
 * const A = { rows: 1, cols: 2, data: new Float64Array(2) }
 * columnOf("addColumn", A, A) // throws /b must be 1×1/
 */
export function columnOf(name: string, A: Operand, b: Operand): void {
  if (b.cols !== 1 || b.rows !== A.rows)
    throw new Error(`${name}: A is ${shapeText(A)}, b is ${shapeText(b)} (b must be ${A.rows}×1)`);
  samePrecision(name, A, b);
}

/**
 * Softmax of every column of X, or its logarithm, in float64 and rounded to X's precision.
 * @throws if X twice does not fit in the core's memory, naming the sizes
 * @example
 * [...softmaxColumns({ rows: 2, cols: 1, data: Float64Array.of(7, 7) }, false).data] // [0.5, 0.5]
 */
export function softmaxColumns(X: Operand, logarithm: boolean): Operand {
  const { rows, cols, data } = X;
  const purpose = "softmax";
  const Y = newMatrix(rows, cols, data);
  reset();
  const work = reserve(rows * 8, purpose);
  const x = pointerOf(X.data) || place(data, 0, data.length, purpose);
  const y = pointerOf(Y.data) || reserve(data.byteLength, purpose);
  const run = isDouble(data) ? core.softmaxColumns64 : core.softmaxColumns32;
  run(logarithm ? 1 : 0, x, y, rows, cols, work);
  if (pointerOf(Y.data) === 0) take(y, Y.data, 0, data.length);
  return Y;
}

/**
 * A 1, the sums of the rows, each from left to right in float64, rounded to A's precision.
 * @example
 * [...sumRows({ rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) }).data] // [3, 7]
 */
export function sumRows(A: Operand): Operand {
  const { rows, cols, data } = A;
  const sums = newMatrix(rows, 1, data);
  const [x, s] = [pointerOf(A.data), pointerOf(sums.data)];
  if (x && s) {
    (isDouble(data) ? core.sumRows64 : core.sumRows32)(x, s, rows, cols);
    return sums;
  }
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) total += data[j];
    sums.data[i] = total;
  }
  return sums;
}
