import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { matrix, toArrays, zeros } from "../lib/matrix";
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
} from "../lib/matrix-entries";
import { assertClose } from "./support/assert-close";

const reference = JSON.parse(readFileSync("data/references/matrix.json", "utf8"));
const A = matrix(reference.A);

test("sums, norm, largest rows, columns and rounding agree with NumPy", () => {
  assertClose("columnSums", columnSums(A), matrix(reference.columnSums), 1e-15);
  assert.ok(Math.abs(sum(A) - reference.sum) < 1e-14);
  assert.ok(Math.abs(frobeniusNorm(A) - reference.frobeniusNorm) < 1e-15);
  assert.deepEqual([...argmaxColumns(A)], reference.argmaxColumns);
  assert.deepEqual(toArrays(takeColumns(A, [4, 0, 0, 2])), reference.takeColumns);
  assert.deepEqual(toArrays(toPrecision(A, "float32")), reference.toFloat32);
  assert.equal(toPrecision(A, "float64"), A);
});

test("argmaxColumns takes the first of equal entries and refuses NaN", () => {
  assert.deepEqual(
    [
      ...argmaxColumns(
        matrix([
          [1, 0],
          [1, 2],
          [0, 2],
        ]),
      ),
    ],
    [0, 1],
  );
  assert.throws(
    () =>
      argmaxColumns(
        matrix([
          [1, 2],
          [0, Number.NaN],
        ]),
      ),
    /entry \(1, 1\) is NaN/,
  );
  assert.throws(() => argmaxColumns(zeros(0, 3)), /A is 0×3/);
});

test("a clone has data of its own; full, get and mapEntries place entries by row", () => {
  const copy = clone(A);
  copy.data[0] = 99;
  assert.equal(A.data[0], reference.A[0][0]);
  assert.deepEqual(toArrays(full(2, 1, 7, "float32")), [[7], [7]]);
  assert.equal(get(A, 6, 4), reference.A[6][4]);
  assert.deepEqual(toArrays(mapEntries(zeros(2, 3), (_, i, j) => 10 * i + j)), [
    [0, 1, 2],
    [10, 11, 12],
  ]);
});

test("indices out of range are refused, with the allowed range", () => {
  assert.throws(() => get(A, 7, 0), {
    message: "get: no entry (7, 0) in a 7×5 matrix (rows and columns count from 0)",
  });
  assert.throws(() => get(A, 0, 0.5), /no entry \(0, 0.5\)/);
  assert.throws(() => takeColumns(A, [0, 5]), {
    message: "takeColumns: indices[1] is 5, A is 7×5 (allowed are 0 to 4)",
  });
  assert.throws(() => takeColumns(A, [-1]), /indices\[0\] is -1/);
});
