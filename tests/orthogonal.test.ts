import assert from "node:assert/strict";
import test from "node:test";
import { orthogonal } from "../lib/initializers/orthogonal";
import { orthonormalColumns } from "../lib/initializers/orthonormal-columns";
import { fromData, type Matrix, matrix, multiply, multiplyTransposeLeft, transpose } from "../lib/matrix";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

const identity = (n: number): Matrix =>
  fromData(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
  );

for (const [rows, cols] of [
  [1, 1],
  [5, 5],
  [40, 7],
  [7, 40],
])
  test(`orthogonal weights ${rows}×${cols}: W Wᵀ or WᵀW is the identity times the squared gain`, () => {
    const W = orthogonal(1.5)(randomState(3), rows, cols);
    const tall = rows < cols ? transpose(W) : W;
    const Q = fromData(tall.rows, tall.cols, tall.data.map((w) => w / 1.5) as Float64Array);
    assertClose("QᵀQ", multiplyTransposeLeft(Q, Q), identity(Q.cols), 1e-14);
  });

test("Q R is A, with R upper triangular and its diagonal positive", () => {
  const A = fromData(12, 5, randomState(8).normals(60));
  const Q = orthonormalColumns(A);
  const R = multiplyTransposeLeft(Q, A);
  for (let i = 0; i < 5; i++) {
    assert.ok(R.data[i * 5 + i] > 0.1, `R[${i},${i}] is ${R.data[i * 5 + i]}`);
    for (let j = 0; j < i; j++) assert.ok(Math.abs(R.data[i * 5 + j]) < 1e-14, `R[${i},${j}]`);
  }
  assertClose("Q R", multiply(Q, R), A, 1e-14);
});

test("dependent columns still give orthonormal ones", () => {
  const A = matrix([
    [1, 2, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  const Q = orthonormalColumns(A);
  assertClose("QᵀQ", multiplyTransposeLeft(Q, Q), identity(3), 1e-15);
});

test("float32 weights are those of the rounded draws, rounded", () => {
  const W = orthogonal()(randomState(3), 6, 4, "float32");
  assert.ok(W.data instanceof Float32Array);
  const drawn = fromData(6, 4, Float64Array.from(Float32Array.from(randomState(3).normals(24))));
  assert.deepEqual(W.data, Float32Array.from(orthonormalColumns(drawn).data));
});

test("wrong arguments are named", () => {
  assert.throws(() => orthonormalColumns(matrix([[1, 2]])), /A is 1×2 \(it needs at least as many rows/);
  assert.throws(() => orthonormalColumns(matrix([[Number.NaN]])), /an entry of A is not finite/);
  assert.throws(() => orthogonal()(randomState(0), 0, 2), /the weights are 0×2/);
});
