import {
  add,
  addColumn,
  affine,
  column,
  fromData,
  hadamard,
  type Matrix,
  matrix,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  precisionOf,
  rowSums,
  scale,
  shape,
  subtract,
  toArrays,
  transpose,
  zeros,
} from "../../../lib/matrix";
import {
  argmaxColumns,
  clone,
  columnSums,
  frobeniusNorm,
  full,
  get,
  mapEntries,
  sum,
  takeColumns,
  toPrecision,
} from "../../../lib/matrix-entries";
import { addRow, columnMeans, negative, rowMeans, scaleColumns, scaleRows } from "../../../lib/matrix-rows";
import { draw, drawWithExtremes, grid, precisions, uniforms } from "../inputs";
import type { Note } from "../recorder";

/** Every operation on matrices, of usual numbers and of extremes. */
export function matricesSection(note: Note): void {
  note(
    "from rows",
    precisions.map((precision) => [
      matrix(
        [
          [1, 0.1],
          [-0, 1e-45],
        ],
        precision,
      ),
      column([0.1, 3], precision),
    ]),
  );
  note(
    "filled",
    precisions.map((precision) => [zeros(2, 3, precision), full(2, 3, 0.1, precision)]),
  );
  note("over data", fromData(2, 2, uniforms("data", 4)));
  for (const precision of precisions)
    for (const make of [draw, drawWithExtremes]) {
      const named = (name: string, rows: number, cols: number) => make(rows, cols, name, precision);
      const [A, B] = [named("A", 37, 53), named("B", 37, 53)];
      const results = { ...products(A, named), ...entrywise(A, B), ...byRows(A, named), ...entries(A) };
      note(`${precision}${make === draw ? "" : ", with extremes"}`, results);
    }
  note("rounded to float32", toPrecision(fromData(1, grid.length, grid), "float32"));
  const argmax = argmaxColumns(draw(10, 100, "argmax"));
  note("largest rows", [argmax, argmaxColumns(full(3, 2, 1))]);
}

type Named = (name: string, rows: number, cols: number) => Matrix;

const products = (A: Matrix, named: Named) => ({
  multiply: multiply(A, named("right", 53, 11)),
  affine: affine(A, named("right", 53, 11), named("bias", 37, 1)),
  multiplyTransposeLeft: multiplyTransposeLeft(A, named("left", 37, 11)),
  multiplyTransposeRight: multiplyTransposeRight(A, named("transposed", 11, 53)),
  transpose: transpose(A),
});

const entrywise = (A: Matrix, B: Matrix) => ({
  add: add(A, B),
  subtract: subtract(A, B),
  hadamard: hadamard(A, B),
  scale: [scale(A, 0.1), scale(A, -1e300)],
  negative: negative(A),
  mapped: mapEntries(A, (entry, i, j) => entry * i - j),
  toFloat32: toPrecision(A, "float32"),
  toFloat64: toPrecision(A, "float64"),
});

const byRows = (A: Matrix, named: Named) => ({
  addColumn: addColumn(A, named("column", 37, 1)),
  addRow: addRow(A, named("row", 1, 53)),
  scaleRows: scaleRows(A, named("column", 37, 1)),
  scaleColumns: scaleColumns(A, named("row", 1, 53)),
  sums: [rowSums(A), columnSums(A), sum(A)],
  means: [rowMeans(A), columnMeans(A)],
});

const entries = (A: Matrix) => ({
  norm: frobeniusNorm(A),
  entry: get(A, 3, 5),
  taken: takeColumns(A, [52, 0, 7, 7]),
  copied: clone(A),
  text: [shape(A), precisionOf(A)],
  rows: toArrays(A),
});
