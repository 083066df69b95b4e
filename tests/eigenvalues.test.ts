import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { eigs } from "mathjs";
import { symmetricEigen } from "../lib/eigenvalues";
import { matrix, multiply, toArrays, transpose, zeros } from "../lib/matrix";
import { assertClose } from "./support/assert-close";

const references: { A: number[][]; values: number[] }[] = JSON.parse(
  readFileSync("data/references/linear-units.json", "utf8"),
).symmetric;

for (const { A, values } of references)
  test(`eigenvalues of a ${A.length}×${A.length} matrix are NumPy's, and A = V diag(λ) Vᵀ`, () => {
    const ours = symmetricEigen(matrix(A));
    const scale = Math.max(...values.map(Math.abs));
    assertClose(
      "values",
      matrix([ours.values.map((v) => v / scale)]),
      matrix([values.map((v) => v / scale)]),
      2e-15 * A.length,
    );
    const Lambda = zeros(A.length, A.length);
    ours.values.forEach((value, k) => {
      Lambda.data[k * A.length + k] = value;
    });
    const V = ours.vectors;
    assertClose("V diag(λ) Vᵀ", multiply(multiply(V, Lambda), transpose(V)), matrix(A), 1e-13);
    const identity = matrix(A.map((row, i) => row.map((_, j) => (i === j ? 1 : 0))));
    assertClose("Vᵀ V", multiply(transpose(V), V), identity, 1e-14 * A.length);
  });

test("the eigenvalues of the 5×5 Hilbert matrix are mathjs's", () => {
  const hilbert = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => 1 / (i + j + 1)));
  const expected = (eigs(hilbert).values as number[]).slice().sort((a, b) => b - a);
  assertClose("values", matrix([symmetricEigen(matrix(hilbert)).values]), matrix([expected]), 1e-14);
});

test("the second difference matrix has 2 − 2 cos(kπ/(n + 1)); repeated and zero eigenvalues are found", () => {
  const n = 9;
  const A = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
  );
  const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)));
  assertClose("values", matrix([symmetricEigen(matrix(A)).values]), matrix([expected]), 1e-14);
  const ones = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  assertClose("ones", matrix([symmetricEigen(matrix(ones)).values]), matrix([[4, 0, 0, 0]]), 1e-15);
  assert.deepEqual(symmetricEigen(zeros(2, 2)).values, [0, 0]);
  assert.deepEqual(symmetricEigen(matrix([[3]])), { values: [3], vectors: matrix([[1]]) });
});

test("the sign of a vector is fixed: its largest entry is positive", () => {
  for (const { A } of references)
    for (const column of toArrays(transpose(symmetricEigen(matrix(A)).vectors)))
      assert.ok(Math.max(...column) >= Math.max(...column.map(Math.abs)) * (1 - 1e-8));
});

test("what is not symmetric is named", () => {
  assert.throws(() => symmetricEigen(zeros(2, 3)), /A is 2×3 \(it must be square\)/);
  assert.throws(() => symmetricEigen(matrix([[1, Number.NaN], [0, 1]])), /A\[0,1\] is NaN/); // biome-ignore format: rows
  assert.throws(() => symmetricEigen(matrix([[1, 2], [3, 1]])), /A\[0,1\] is 2, A\[1,0\] is 3/); // biome-ignore format: rows
});
