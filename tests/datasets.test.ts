import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { iris, setosaVersicolor } from "../lib/datasets/iris";
import { and, nand, or, xor } from "../lib/datasets/logic-gates";
import { standardise } from "../lib/datasets/standardise";
import { matrix, toArrays, zeros } from "../lib/matrix";

const sums = (rows: number[][]) => rows.map((row) => row.reduce((total, x) => total + x, 0));

test("the gates are their truth tables", () => {
  const truth = { and: (a: number, b: number) => a & b, or: (a: number, b: number) => a | b };
  const gates = { and, or, nand, xor };
  const expected = {
    ...truth,
    nand: (a: number, b: number) => 1 - (a & b),
    xor: (a: number, b: number) => a ^ b,
  };
  for (const name of ["and", "or", "nand", "xor"] as const) {
    const { X, T, labels } = gates[name]();
    const [a, b] = toArrays(X);
    assert.deepEqual([X.rows, X.cols, T.rows, T.cols], [2, 4, 1, 4]);
    for (let j = 0; j < 4; j++) {
      assert.equal(labels[j], expected[name](a[j], b[j]), `${name}(${a[j]}, ${b[j]})`);
      assert.equal(T.data[j], labels[j]);
    }
  }
});

test("Iris is Fisher's table: the means that R prints, and his flowers 35 and 38", () => {
  const { X, labels, species } = iris();
  assert.deepEqual(
    sums(toArrays(X)).map((sum) => (sum / 150).toFixed(6)),
    ["5.843333", "3.057333", "3.758000", "1.199333"],
  );
  assert.deepEqual(species, ["setosa", "versicolor", "virginica"]);
  for (let j = 0; j < 150; j++) assert.equal(labels[j], Math.floor(j / 50));
  const flower = (number: number) => toArrays(X).map((row) => row[number - 1]);
  assert.deepEqual(flower(35), [4.9, 3.1, 1.5, 0.2]);
  assert.deepEqual(flower(38), [4.9, 3.6, 1.4, 0.1]);
});

test("setosa and versicolor come with sepal and petal length", () => {
  const { X, labels, signs } = setosaVersicolor();
  const [sepalLength, petalLength] = sums(toArrays(X).map((row) => row.slice(50))).map((sum) => sum / 50);
  assert.deepEqual([sepalLength.toFixed(3), petalLength.toFixed(3)], ["5.936", "4.260"]);
  assert.deepEqual(
    toArrays(X).map((row) => row[0]),
    [5.1, 1.4],
  );
  assert.deepEqual([...new Set(labels)], [0, 1]);
  assert.deepEqual(
    Array.from(signs.data),
    Array.from(labels, (label) => (label === 1 ? 1 : -1)),
  );
  assert.deepEqual(setosaVersicolor(["petal width"]).X.rows, 1);
  assert.throws(() => setosaVersicolor(["petal mass" as "petal width"]), /there is no feature "petal mass"/);
});

test("a missing or changed iris.csv is told with its checksums and the remedy", () => {
  const folder = mkdtempSync(join(tmpdir(), "iris-"));
  try {
    const path = join(folder, "iris.csv");
    assert.throws(() => iris(path), /iris\.csv is missing\. Restore it: git checkout/);
    writeFileSync(path, readFileSync("data/iris.csv", "utf8").replace("5.1,3.5", "5.1,3.6"));
    assert.throws(
      () => iris(path),
      /iris\.csv has another content than expected: SHA-256 [0-9a-f]{64}, expected 27ae50b3[0-9a-f]{56}\. Restore it/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("standardise: zero mean, unit population deviation, and the same treatment for other data", () => {
  // NumPy: x = np.array([1, 2, 4, 8.]); (x - x.mean()) / (x.std() + 1e-8)
  const { X, mean, standardDeviation, apply } = standardise(
    matrix([
      [1, 2, 4, 8],
      [3, 3, 3, 3],
    ]),
  );
  const expected = [-1.0257552852382583, -0.652753363333437, 0.0932504804762053, 1.58525816809549];
  toArrays(X)[0].forEach((value, j) => {
    assert.ok(Math.abs(value - expected[j]) <= 4e-16, `${value}, NumPy ${expected[j]}`);
  });
  assert.deepEqual(toArrays(X)[1], [0, 0, 0, 0]);
  assert.deepEqual(toArrays(mean), [[3.75], [3]]);
  assert.ok(Math.abs(standardDeviation.data[0] - 2.680951323690902) <= 4e-16);
  assert.deepEqual(toArrays(apply(matrix([[8], [3]]))), [[X.data[3]], [0]]);
});

test("standardise: a constant feature is centred and named, whatever ε; invert leads back", () => {
  const x = [0.1, 0.1, 0.1]; // their rounded mean is 0.10000000000000002
  for (const epsilon of [0, 1e-8]) {
    const { X, mean, standardDeviation, constant, apply, invert } = standardise(matrix([x, [1, 2, 4]]), {
      epsilon,
    });
    assert.deepEqual(constant, [0]);
    assert.deepEqual(toArrays(X)[0], [0, 0, 0]);
    assert.deepEqual([mean.data[0], standardDeviation.data[0]], [0.1, 0]);
    assert.ok(Math.abs(apply(matrix([[0.6], [1]])).data[0] - 0.5) < 1e-16);
    const back = toArrays(invert(X));
    assert.deepEqual(back[0], x);
    back[1].forEach((value, j) => {
      assert.ok(Math.abs(value - [1, 2, 4][j]) <= 4e-16, `${value}`);
    });
  }
});

test("standardise names what is wrong", () => {
  const bad = matrix([
    [1, 2],
    [3, Number.POSITIVE_INFINITY],
  ]);
  assert.throws(() => standardise(bad), /standardise: X\[1,1\] \(row 1, column 1\) is Infinity/);
  assert.throws(() => standardise(zeros(2, 0)), /X is 2×0/);
  assert.throws(
    () => standardise(zeros(2, 3)).apply(zeros(3, 1)),
    /the data is 3×1, the statistics are of 2/,
  );
  assert.throws(() => standardise(zeros(2, 3)).invert(zeros(3, 1)), /standardise.invert: the data is 3×1/);
  assert.throws(() => standardise(zeros(2, 3), { epsilon: -1 }), /epsilon is -1/);
});
