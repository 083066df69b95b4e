import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { add, column, fromData, matrix, multiply, transpose, zeros } from "../lib/matrix";
import { full, toPrecision } from "../lib/matrix-entries";
import { addRow, columnMeans, negative, rowMeans, scaleColumns, scaleRows } from "../lib/matrix-rows";
import { assertClose } from "./support/assert-close";

const reference = JSON.parse(readFileSync("data/references/matrix.json", "utf8"));
const A = matrix(reference.A); // 7×5

test("means are NumPy's sums over the number of entries", () => {
  const sums = (reference.rowSums as number[][]).flat();
  assertClose("rowMeans", rowMeans(A), column(sums.map((sum) => sum / 5)), 1e-15);
  const totals = (reference.columnSums as number[][]).flat();
  assertClose("columnMeans", columnMeans(A), matrix([totals.map((total) => total / 7)]), 1e-15);
});

test("rows and columns are scaled as by products with diagonal matrices", () => {
  const diagonal = (values: number[]) =>
    matrix(values.map((s, i) => values.map((_, j) => (i === j ? s : 0))));
  const [seven, five] = [
    [2, -1, 0.5, 3, 0, 1, -4],
    [1, 0.25, -2, 5, 3],
  ];
  assert.deepEqual(add(scaleRows(A, column(seven)), full(7, 5, 0)), multiply(diagonal(seven), A));
  assert.deepEqual(add(scaleColumns(A, matrix([five])), full(7, 5, 0)), multiply(A, diagonal(five)));
  assert.deepEqual(addRow(A, matrix([five])), add(A, multiply(full(7, 1, 1), matrix([five]))));
  assert.deepEqual(negative(A), matrix((reference.A as number[][]).map((row) => row.map((a) => -a))));
});

test("float32 stays float32, sums in float64 and rounds once", () => {
  const single = fromData(1, 3, Float32Array.of(2 ** 24, 1, 1));
  assert.deepEqual(rowMeans(single).data, Float32Array.of((2 ** 24 + 2) / 3));
  assert.deepEqual(columnMeans(transpose(single)).data, Float32Array.of((2 ** 24 + 2) / 3));
  const factor = toPrecision(matrix([[0.1]]), "float32");
  for (const scaled of [scaleRows(single, factor), addRow(single, toPrecision(zeros(1, 3), "float32"))])
    assert.ok(scaled.data instanceof Float32Array);
  assert.throws(() => scaleRows(single, matrix([[0.1]])), {
    message: "scaleRows: precisions differ: A is float32, s is float64 (convert one with toPrecision)",
  });
});

test("a factor of another shape is refused, and a mean of nothing", () => {
  assert.throws(() => scaleRows(A, zeros(5, 1)), {
    message: "scaleRows: A is 7×5, s is 5×1 (s must be 7×1)",
  });
  assert.throws(() => scaleColumns(A, zeros(5, 1)), /scaleColumns: A is 7×5, s is 5×1 \(s must be 1×5\)/);
  assert.throws(() => addRow(A, zeros(1, 7)), /addRow: A is 7×5, r is 1×7 \(r must be 1×5\)/);
  assert.throws(() => rowMeans(zeros(2, 0)), /rowMeans: A is 2×0/);
  assert.throws(() => columnMeans(zeros(0, 2)), /columnMeans: A is 0×2/);
});
