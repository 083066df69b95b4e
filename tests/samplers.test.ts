import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { dense } from "../lib/layers";
import { meanSquaredError } from "../lib/losses";
import { matrix } from "../lib/matrix";
import { takeColumns } from "../lib/matrix-entries";
import { sgd } from "../lib/optimizers";
import { randomState } from "../lib/random";
import { fixedOrder, type Sampler, shuffled, sortedBy } from "../lib/samplers";
import { bucketed } from "../lib/samplers/bucketed";
import { curriculum, exponentialPacing, linearPacing } from "../lib/samplers/curriculum";
import { drifting } from "../lib/samplers/drifting";
import { stratified } from "../lib/samplers/stratified";
import { train } from "../lib/training";

type Named =
  | "shuffled"
  | "shuffledDropLast"
  | "sortedByClass"
  | "stratified"
  | "bucketedInFour"
  | "bucketedAtBoundaries"
  | "bucketedDropLast"
  | "curriculum"
  | "drifting"
  | "driftingSorted";

const reference: {
  labels: number[];
  lengths: number[];
  difficulty: number[];
  shares: number[];
  boundaries: number[];
} & Record<Named, { seed: number; epochs: number[][][] }> = JSON.parse(
  readFileSync("data/references/samplers.json", "utf8"),
);
const { labels, lengths, difficulty, shares, boundaries } = reference;
const m = labels.length;

const samplers: Record<Named, Sampler> = {
  shuffled: shuffled(m, 10),
  shuffledDropLast: shuffled(m, 10, { dropLast: true }),
  sortedByClass: sortedBy(labels, 10),
  stratified: stratified(labels, 10),
  bucketedInFour: bucketed(lengths, 5, 4),
  bucketedAtBoundaries: bucketed(lengths, 5, boundaries),
  bucketedDropLast: bucketed(lengths, 5, boundaries, { dropLast: true }),
  curriculum: curriculum(difficulty, 10, (epoch) => shares[epoch - 1]),
  drifting: drifting(labels, 10, 0.2),
  driftingSorted: drifting(labels, 10, 0),
};

for (const [name, sampler] of Object.entries(samplers))
  test(`${name}: the batches of three epochs are NumPy's`, () => {
    const { seed, epochs } = reference[name as Named];
    const random = randomState(seed);
    epochs.forEach((expected, k) => {
      const ours = sampler(k + 1, random).map((batch) => [...batch]);
      assert.deepEqual(ours, expected, `epoch ${k + 1}`);
    });
  });

/** The batches of an epoch as one list. */
const flat = (sampler: Sampler, seed: number, epoch = 1) =>
  sampler(epoch, randomState(seed)).flatMap((batch) => [...batch]);

test("every sample comes exactly once in an epoch, whatever the numbers", () => {
  for (let n = 1; n <= 25; n++)
    for (const batchSize of [1, 2, 3, 7, 10, 25, 40]) {
      const keys = Array.from({ length: n }, (_, j) => (j * 7) % 5);
      const all: Sampler[] = [
        shuffled(n, batchSize),
        fixedOrder(n, batchSize),
        sortedBy(keys, batchSize),
        stratified(keys, batchSize),
        bucketed(keys, batchSize, Math.min(n, 3)),
        bucketed(keys, batchSize, [1, 2.5, 9]),
        curriculum(keys, batchSize, () => 1),
        drifting(keys, batchSize, 0.3),
      ];
      all.forEach((sampler, k) => {
        const batches = sampler(2, randomState(n));
        const order = batches.flatMap((batch) => [...batch]);
        assert.deepEqual(
          order.sort((a, b) => a - b),
          Array.from({ length: n }, (_, j) => j),
          `sampler ${k}, n = ${n}, batch size ${batchSize}`,
        );
        assert.ok(batches.every(({ length }) => length >= 1 && length <= batchSize));
      });
    }
});

test("dropLast drops the samples of the last, smaller batch and no others", () => {
  for (const make of [shuffled, fixedOrder]) {
    const kept = make(10, 4, { dropLast: true })(1, randomState(5));
    assert.deepEqual(
      kept.map(({ length }) => length),
      [4, 4],
    );
    assert.deepEqual(kept, make(10, 4)(1, randomState(5)).slice(0, 2));
  }
  assert.equal(shuffled(8, 4, { dropLast: true })(1, randomState(5)).length, 2);
});

test("stratified: in every batch each class has ⌊c/batches⌋ or one more, sizes differ by one", () => {
  for (const [n, batchSize] of [
    [47, 10],
    [46, 4],
    [40, 8],
    [12, 5],
    [5, 2],
  ]) {
    // biome-ignore format: pairs
    const t = labels.slice(0, n);
    for (let seed = 0; seed < 20; seed++) {
      const batches = stratified(t, batchSize)(1, randomState(seed));
      assert.equal(batches.length, Math.ceil(n / batchSize));
      for (const c of new Set(t)) {
        const share = t.filter((label) => label === c).length / batches.length;
        for (const batch of batches) {
          const count = [...batch].filter((j) => t[j] === c).length;
          assert.ok(
            count === Math.floor(share) || count === Math.ceil(share),
            `class ${c}: ${count} of ${share}`,
          );
        }
      }
      const sizes = batches.map(({ length }) => length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }
  }
});

test("bucketed: no batch spans a boundary, and the batches do not come by length", () => {
  const bucketOf = (j: number) => boundaries.filter((boundary) => lengths[j] >= boundary).length;
  const batches = samplers.bucketedAtBoundaries(1, randomState(9));
  for (const batch of batches) assert.equal(new Set([...batch].map(bucketOf)).size, 1);
  const order = batches.map((batch) => bucketOf(batch[0]));
  assert.notDeepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
  // a batch of neighbours is narrower than one of any samples
  const spread = (sampler: Sampler) =>
    sampler(1, randomState(9)).reduce((total, batch) => {
      const keys = [...batch].map((j) => lengths[j]);
      return total + Math.max(...keys) - Math.min(...keys);
    }, 0);
  assert.ok(spread(samplers.bucketedInFour) < 0.5 * spread(shuffled(m, 5)));
});

test("curriculum: an epoch holds the easiest samples and no harder one", () => {
  shares.forEach((share, k) => {
    const taken = flat(samplers.curriculum, 3, k + 1);
    assert.equal(taken.length, Math.round(share * m));
    const hardest = Math.max(...taken.map((j) => difficulty[j]));
    const easiest = difficulty.filter((_, j) => !taken.includes(j));
    assert.ok(easiest.every((value) => value >= hardest));
  });
});

test("pacing: linear reaches 1 in the epoch asked for; exponential multiplies as its source code does", () => {
  assert.deepEqual([1, 2, 4, 5, 6].map(linearPacing(0.5, 5)), [0.5, 0.625, 0.875, 1, 1]);
  for (let k = 1; k < 100; k++) assert.equal(linearPacing(k / 100, 7)(7), 1);
  assert.deepEqual(linearPacing(1, 2)(1), 1);
  // Hacohen and Weinshall's program: 0.04, times 1.9 every 2, at most 1, multiplied step by step
  const expected = [0.04, 0.04, 0.04 * 1.9, 0.04 * 1.9, 0.04 * 1.9 * 1.9];
  assert.deepEqual([1, 2, 3, 4, 5].map(exponentialPacing(0.04, 1.9, 2)), expected);
  assert.equal(exponentialPacing(0.04, 1.9, 2)(100), 1);
});

test("drifting: sorted at spread 0, ever less so as the spread grows", () => {
  const disorder = (spread: number) => {
    const order = flat(drifting(labels, 10, spread), 11).map((j) => labels[j]);
    let inversions = 0;
    for (let i = 0; i < m; i++) for (let k = 0; k < i; k++) if (order[k] > order[i]) inversions++;
    return inversions;
  };
  const random = flat(shuffled(m, 10), 11).map((j) => labels[j]);
  let expected = 0;
  for (let i = 0; i < m; i++) for (let k = 0; k < i; k++) if (random[k] > random[i]) expected++;
  assert.equal(disorder(0), 0);
  assert.ok(disorder(0.05) > 0 && disorder(0.05) < disorder(0.3));
  assert.ok(disorder(100) > 0.5 * expected);
});

test("shuffled draws what train draws: the same batches, losses and parameters", async () => {
  const X = matrix([[1, 2, 3, 4, 5]]);
  const T = matrix([[3, 1, 4, 1, 5]]);
  const [layer, loss, optimizer] = [dense(1, 1), meanSquaredError, sgd(0.01)];
  const start = { weights: matrix([[0]]), bias: matrix([[0]]) };
  const options = { layer, loss, optimizer, params: start, X, T, batchSize: 2, epochs: 3 };
  const { params, history } = await train({ ...options, random: randomState(6) });

  const random = randomState(6);
  let ours = start;
  let step = 0;
  const losses: number[] = [];
  for (let epoch = 1; epoch <= 3; epoch++)
    for (const batch of shuffled(5, 2)(epoch, random)) {
      const { output, cache } = layer.forward(ours, takeColumns(X, batch));
      const result = loss.forward(output, takeColumns(T, batch));
      losses.push(result.loss);
      const { gradients } = layer.backward(ours, cache, loss.backward(result.cache));
      step += 1;
      ours = optimizer.update(gradients, optimizer.init(ours), ours, step).params as typeof start;
    }
  assert.deepEqual(losses, history.batchLosses);
  assert.deepEqual(ours, params);
});

test("wrong settings are named", () => {
  assert.throws(() => shuffled(0, 2), /shuffled: samples is 0/);
  assert.throws(() => fixedOrder(5, 1.5), /fixedOrder: batchSize is 1.5/);
  assert.throws(() => sortedBy([], 2), /sortedBy: keys is empty/);
  assert.throws(() => shuffled(3, 4, { dropLast: true }), /shuffled: dropLast would drop all 3 samples/);
  assert.throws(() => stratified([0, Number.NaN], 2), /stratified: labels\[1\] is NaN/);
  assert.throws(() => bucketed([1, 2], 1, 3), /there are 3 buckets for 2 samples/);
  assert.throws(() => bucketed([1, 2], 1, [2, 2]), /boundaries\[1\] is 2 \(boundaries must grow\)/);
  assert.throws(() => bucketed([1, 2], 2, 2, { dropLast: true }), /dropLast would drop all 2 samples/);
  const half = curriculum([1, 2, 3, 4], 3, () => 0.5, { dropLast: true });
  assert.throws(() => half(2, randomState(1)), /curriculum, epoch 2: dropLast would drop all 2 samples/);
  const none = curriculum([1, 2], 1, (epoch) => 1 - epoch);
  assert.throws(() => none(1, randomState(1)), /the share of epoch 1 is 0 \(it must be in \(0, 1\]\)/);
  assert.throws(() => linearPacing(0, 3), /linearPacing: start is 0/);
  assert.throws(() => linearPacing(0.5, 1), /epochs is 1/);
  assert.throws(() => exponentialPacing(0.1, 1), /the factor is 1/);
  assert.throws(() => exponentialPacing(0.1, 2, 0), /every is 0/);
  assert.throws(() => drifting([1, 2], 1, -1), /the spread is -1/);
});
