import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  dataLoaderOrder,
  epochInOrder,
  shuffledEpoch,
  shuffledEpochOfPassed,
} from "../lib/random/data-loader";
import { torchGenerator } from "../lib/random/torch";

const reference: {
  runs: {
    seed: number;
    size: number;
    workers: number;
    passed: boolean;
    epochs: { first: number[]; sha256: string }[];
    then: number[];
  }[];
} = JSON.parse(readFileSync("data/references/data-loader.json", "utf8"));

for (const { seed, size, workers, passed, epochs, then } of reference.runs)
  test(`${size} samples, seed ${seed}, ${workers} workers${passed ? ", generator passed" : ""}: DataLoader's order`, () => {
    const generator = torchGenerator(seed);
    for (const { first, sha256 } of epochs) {
      const order = passed ? shuffledEpochOfPassed(generator, size) : shuffledEpoch(generator, size);
      assert.deepEqual([...order.subarray(0, 40)], first);
      assert.equal(createHash("sha256").update(Buffer.from(order.buffer)).digest("hex"), sha256);
      if (!passed) epochInOrder(generator); // the evaluation between two epochs
    }
    assert.deepEqual([...generator.integers(0, 1000, 5)], then);
  });

test("a random for train permutes as DataLoader and draws else as the generator", () => {
  const [ours, generator] = [dataLoaderOrder(torchGenerator(5)), torchGenerator(5)];
  assert.equal(ours.normal(), generator.normal());
  assert.deepEqual(ours.permutation(9), shuffledEpoch(generator, 9));
  assert.deepEqual(ours.permutation(9), shuffledEpoch(generator, 9));
  assert.equal(ours.uniform(), generator.uniform());
});

test("an empty data set is named", () => {
  assert.throws(() => shuffledEpoch(torchGenerator(0), 0), /shuffledEpoch: n is 0/);
  assert.throws(() => shuffledEpochOfPassed(torchGenerator(0), 1.5), /shuffledEpochOfPassed: n is 1.5/);
});
