import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  add,
  addColumn,
  column,
  fromData,
  hadamard,
  type Matrix,
  matrix,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  type Precision,
  rowSums,
  scale,
  shape,
  subtract,
  toArrays,
  transpose,
  zeros,
} from "../lib/matrix";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

const reference = JSON.parse(readFileSync("data/references/matrix.json", "utf8"));
const [A, B, A2, b] = ["A", "B", "A2", "b"].map((name) => matrix(reference[name]));
const [C32, D32] = ["C32", "D32"].map((name) => matrix(reference[name], "float32"));

const exact: [name: string, ours: Matrix][] = [
  ["transpose", transpose(A)],
  ["add", add(A, A2)],
  ["subtract", subtract(A, A2)],
  ["hadamard", hadamard(A, A2)],
  ["scale", scale(A, 0.3)],
  ["addColumn", addColumn(A, b)],
  ["scaleFloat32", scale(C32, 0.3)],
];
for (const [name, ours] of exact)
  test(`${name} has NumPy's bits`, () => assert.deepEqual(toArrays(ours), reference[name]));

const close: [name: string, ours: Matrix, tolerance: number][] = [
  ["multiply", multiply(A, B), 1e-15],
  ["multiplyTransposeLeft", multiplyTransposeLeft(A, A2), 1e-15],
  ["multiplyTransposeRight", multiplyTransposeRight(A, A2), 1e-15],
  ["rowSums", rowSums(A), 1e-15],
  ["multiplyFloat32", multiply(C32, D32), 1e-6],
];
for (const [name, ours, tolerance] of close)
  test(`${name} agrees with NumPy to ${tolerance}`, () =>
    assertClose(name, ours, matrix(reference[name]), tolerance * 4));

/** The definition, read off: Σₖ in order, every operation rounded to the precision. */
function plainProduct(left: Matrix, right: Matrix, precision: Precision): Matrix {
  const round = precision === "float32" ? Math.fround : (x: number) => x;
  const C = zeros(left.rows, right.cols, precision);
  for (let i = 0; i < C.rows; i++)
    for (let j = 0; j < C.cols; j++) {
      let sum = 0;
      for (let k = 0; k < left.cols; k++)
        sum = round(sum + round(left.data[i * left.cols + k] * right.data[k * right.cols + j]));
      C.data[i * C.cols + j] = sum;
    }
  return C;
}

/** All small shapes where tiles have edges, and sizes around the blocks of 128 rows, 256 terms and 512 columns. */
function* shapes(): Generator<[m: number, k: number, n: number], void, undefined> {
  for (const m of [0, 1, 2, 3, 4, 5, 9])
    for (const n of [0, 1, 2, 3, 4, 5, 7, 8, 9, 17]) for (const k of [0, 1, 2, 3, 4, 5, 11]) yield [m, k, n];
  // Tiles have five rows or four, the last of a block fewer.
  for (let m = 10; m < 20; m++) yield [m, 6, 7];
  yield* [
    [9, 65536, 2],
    [3, 65537, 2],
    [127, 3, 5],
    [128, 257, 4],
    [133, 31, 11],
    [3, 255, 6],
    [6, 256, 9],
    [5, 515, 3],
    [2, 3, 511],
    [4, 7, 513],
    [130, 260, 520],
  ] as [number, number, number][];
}

for (const precision of ["float64", "float32"] as const)
  test(`products in ${precision} have the bits of the plain triple loop, in all three forms and at every edge`, () => {
    const random = randomState(11);
    const normal = (rows: number, cols: number) => {
      const data = random.normals(rows * cols);
      return fromData(rows, cols, precision === "float32" ? Float32Array.from(data) : data);
    };
    for (const [m, k, n] of shapes()) {
      const [left, right] = [normal(m, k), normal(k, n)];
      const expected = plainProduct(left, right, precision).data;
      const forms = {
        multiply: multiply(left, right),
        multiplyTransposeLeft: multiplyTransposeLeft(transpose(left), right),
        multiplyTransposeRight: multiplyTransposeRight(left, transpose(right)),
      };
      for (const [name, product] of Object.entries(forms)) {
        assert.equal(shape(product), `${m}×${n}`, name);
        const wrong = product.data.findIndex((entry, i) => !Object.is(entry, expected[i]));
        assert.equal(
          wrong,
          -1,
          `${name} of ${m}×${k} and ${k}×${n}: entry ${wrong} is ${product.data[wrong]}, not ${expected[wrong]}`,
        );
      }
    }
  });

test("NaN and infinities go through a product as through plain arithmetic", () => {
  const left = matrix([
    [Number.NaN, 1, 0],
    [Number.POSITIVE_INFINITY, 0, 0],
    [0, 0, 1],
  ]);
  const right = matrix([
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  const [nan, infinity] = [Number.NaN, Number.POSITIVE_INFINITY];
  assert.deepEqual(toArrays(multiply(left, right)), [
    [nan, nan],
    [infinity, nan],
    [1, 2],
  ]);
});

test("factors beyond the core's memory are multiplied in blocks", () => {
  const [k, n] = [3000, 6000]; // 144 MB
  const right = fromData(
    k,
    n,
    Float64Array.from({ length: k * n }, (_, i) => (i % 7) - 3),
  );
  const left = fromData(
    2,
    k,
    Float64Array.from({ length: 2 * k }, (_, i) => (i % 5) - 2),
  );
  const product = multiply(left, right);
  const again = multiplyTransposeLeft(right, transpose(left)); // 6000×2, its rows in blocks
  for (const j of [0, 1, 2999, 3000, 4499, 4500, 5999]) {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += (((k + p) % 5) - 2) * (((p * n + j) % 7) - 3);
    assert.equal(product.data[n + j], sum, `column ${j}`);
    assert.equal(again.data[2 * j + 1], sum, `row ${j}`);
  }
});

test("one row and one column beyond the core's memory are an error that names the sizes", () => {
  const long = zeros(1, 9_000_000);
  assert.throws(
    () => multiplyTransposeRight(long, long),
    /product of 1×9000000 and 9000000×1: one row and one column are 137\.3 MiB, the core's memory has \d+\.\d MiB/,
  );
});

test("float32 sums round once, at the end", () => {
  const ones = fromData(1, 3, Float32Array.of(2 ** 24, 1, 1));
  assert.equal(rowSums(ones).data[0], 2 ** 24 + 2);
});

test("wrong shapes, precisions and entries are refused with both shapes named", () => {
  const cases: [() => unknown, string][] = [
    [
      () => multiply(zeros(2, 3), zeros(4, 5)),
      "multiply: inner dimensions differ: A is 2×3, B is 4×5 (A's columns must equal B's rows)",
    ],
    [
      () => multiplyTransposeLeft(zeros(2, 3), zeros(3, 2)),
      "multiplyTransposeLeft: inner dimensions differ: A is 2×3, B is 3×2 (A's rows must equal B's rows)",
    ],
    [
      () => multiplyTransposeRight(zeros(2, 3), zeros(3, 2)),
      "multiplyTransposeRight: inner dimensions differ: A is 2×3, B is 3×2 (A's columns must equal B's columns)",
    ],
    [
      () => multiply(zeros(2, 3), zeros(3, 1, "float32")),
      "multiply: precisions differ: A is 2×3 float64, B is 3×1 float32 (convert one with toPrecision)",
    ],
    [() => add(zeros(2, 3), zeros(3, 2)), "add: shapes differ: A is 2×3, B is 3×2 (they must be equal)"],
    [
      () => subtract(zeros(2, 3), zeros(2, 4)),
      "subtract: shapes differ: A is 2×3, B is 2×4 (they must be equal)",
    ],
    [
      () => hadamard(zeros(1, 6), zeros(2, 3)),
      "hadamard: shapes differ: A is 1×6, B is 2×3 (they must be equal)",
    ],
    [() => addColumn(zeros(2, 3), zeros(1, 3)), "addColumn: A is 2×3, b is 1×3 (b must be 2×1)"],
    [() => addColumn(zeros(2, 3), zeros(2, 2)), "addColumn: A is 2×3, b is 2×2 (b must be 2×1)"],
    [() => matrix([[1, 2], [3]]), "matrix: row 1 has 1 entries, row 0 has 2 (rows must be equally long)"],
    [() => matrix([[1, "2" as unknown as number]]), "matrix: entry (0, 1) is 2, not a number"],
    [() => column([1, undefined as unknown as number]), "matrix: entry (0, 1) is undefined, not a number"],
    [() => zeros(2, 1.5), "zeros: a dimension is 1.5 in 2×1.5 (it must be a whole number ≥ 0)"],
    [() => fromData(2, 3, new Float64Array(5)), "fromData: 2×3 needs 6 entries, data has 5"],
  ];
  for (const [call, message] of cases) assert.throws(call, { message });
  assert.throws(() => zeros(1, 1, "float16" as "float32"), /zeros: the precision is float16/);
  assert.throws(
    () => fromData(1, 2, Int32Array.of(1, 2) as unknown as Float64Array),
    /data is no Float64Array/,
  );
  assert.throws(() => fromData(-1, -2, new Float64Array(2)), /-1×-2 needs 2 entries/);
  const short = { rows: 2, cols: 2, data: new Float64Array(3) };
  assert.throws(() => multiply(short, zeros(2, 1)), /multiply: a 2×2 matrix has 3 entries in its data/);
  assert.throws(() => add(zeros(2, 2), short), /add: a 2×2 matrix has 3 entries in its data/);
});
