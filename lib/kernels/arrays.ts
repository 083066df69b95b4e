import { emptyLike, entriesAt, type Floats, isDouble, place, reserve, reset } from "./arena";
import { type Elementwise, operationCode } from "./functions";
import { core } from "./wasm";

/** Entries per call: long arrays go through the core in pieces that stay in the processor's cache. */
const piece = 1 << 15;

/** φ at every entry, computed in float64 and rounded to x's precision. */
export function map(name: Elementwise, x: Floats, parameter = 0): Floats {
  return mapCode(operationCode(name, false), x, parameter);
}

/** φ′ at every entry, likewise. */
export function mapDerivative(name: Elementwise, x: Floats, parameter = 0): Floats {
  return mapCode(operationCode(name, true), x, parameter);
}

function mapCode(operation: number, x: Floats, parameter: number): Floats {
  const run = isDouble(x) ? core.map64 : core.map32;
  return byPieces(x, (from, to, result) =>
    run(operation, place(x, from, to, "map"), result, to - from, parameter),
  );
}

/** x + y, x − y or x y, entry by entry; lengths and precisions must be equal. */
export function combine(operation: "add" | "subtract" | "multiply", x: Floats, y: Floats): Floats {
  const run = isDouble(x) ? core.combine64 : core.combine32;
  const code = ["add", "subtract", "multiply"].indexOf(operation);
  return byPieces(x, (from, to, result) =>
    run(code, place(x, from, to, operation), place(y, from, to, operation), result, to - from),
  );
}

/** s x; s is first rounded to x's precision. */
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
    y.set(entriesAt(y, result, to - from), from);
  }
  return y;
}

/** x + b 1ᵀ for row-major x with a row for every entry of b. */
export function addToColumns(x: Floats, b: Floats, cols: number): Floats {
  const y = emptyLike(x, x.length);
  const rowsAtOnce = Math.max(1, Math.floor(piece / Math.max(1, cols)));
  for (let row = 0; row < b.length; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, b.length - row);
    reset();
    const result = reserve(rows * cols * x.BYTES_PER_ELEMENT, "addColumn");
    const entries = place(x, row * cols, (row + rows) * cols, "addColumn");
    const bias = place(b, row, row + rows, "addColumn");
    (isDouble(x) ? core.addColumn64 : core.addColumn32)(entries, bias, result, rows, cols);
    y.set(entriesAt(y, result, rows * cols), row * cols);
  }
  return y;
}

/** Softmax of every column of row-major x, or its logarithm, in float64 and rounded to x's precision. */
export function softmaxColumns(x: Floats, rows: number, cols: number, logarithm: boolean): Floats {
  const purpose = `softmax of ${rows}×${cols}`;
  const y = emptyLike(x, x.length);
  reset();
  const work = reserve(rows * 8, purpose);
  const entries = place(x, 0, x.length, purpose);
  const result = reserve(x.length * x.BYTES_PER_ELEMENT, purpose);
  const run = isDouble(x) ? core.softmaxColumns64 : core.softmaxColumns32;
  run(logarithm ? 1 : 0, entries, result, rows, cols, work);
  y.set(entriesAt(y, result, x.length));
  return y;
}
