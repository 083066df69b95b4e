import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { digitRates } from "../lib/experiments/digit-rates";
import { raceSchedules, type ScheduleName } from "../lib/experiments/digit-schedules";

type Case = [
  seed: number,
  hidden: string,
  activation: "relu" | "tanh",
  optimizer: "sgd" | "adam",
  momentum: number,
  learningRate: number,
  schedule: ScheduleName,
  warmUp: number,
  batchSize: number,
  epochs: number,
  rows: number[][],
];
const reference: { runs: Case[] } = JSON.parse(readFileSync("data/references/digit-rates.json", "utf8"));
const sizes = { trainingSize: 64, heldOutSize: 20, testSize: 30 };

for (const [seed, hidden, activation, optimizer, momentum, learningRate, schedule, ...more] of reference.runs)
  test(`digit-rates is PyTorch's: ${schedule}, ${optimizer}, ${activation}, seed ${seed}`, async () => {
    const [warmUp, batchSize, epochs, expected] = more;
    const settings = { ...sizes, hidden, activation, optimizer, momentum, learningRate, schedule };
    const rows = await digitRates.run({ ...settings, warmUp, batchSize, epochs }, seed);
    assert.equal(rows.length, expected.length);
    rows.forEach((row, k) => {
      Object.entries(row).forEach(([column, value], i) => {
        const error = Math.abs(value - expected[k][i]) / Math.max(1e-3, Math.abs(expected[k][i]));
        assert.ok(error <= 1e-9, `epoch ${k + 1}: ${column} is ${value}, PyTorch ${expected[k][i]}`);
      });
    });
  });

test("among the references the schedule on plateaus does lower the rate", () => {
  const run = reference.runs.find(([, , , , , , schedule]) => schedule === "plateau");
  const rows = run?.[10] ?? [];
  assert.ok(rows[rows.length - 1][5] < rows[0][5]);
});

test("rows are given every few epochs, and after the last", async () => {
  const small = { ...sizes, hidden: "8", epochs: 7, learningRate: 0.01 };
  const all = await digitRates.run(small, 1);
  assert.deepEqual(await digitRates.run({ ...small, every: 3 }, 1), [all[2], all[5], all[6]]);
});

test("a training that diverges is a result", async () => {
  const rows = await digitRates.run({ ...sizes, learningRate: 1e200, epochs: 3 }, 0);
  assert.deepEqual(
    rows.map(({ epoch, trainingLoss, rate }) => [epoch, trainingLoss, rate]),
    [1, 2, 3].map((epoch) => [epoch, Number.NaN, Number.NaN]),
  );
});

test("a race of fewer than seven steps is refused", () => {
  assert.throws(() => raceSchedules("cosine", 0.1, 6), /raceSchedules: 6 steps/);
});
