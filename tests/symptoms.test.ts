import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { symptoms } from "../lib/experiments/symptoms";
import { symptomsOutcomes } from "../lib/experiments/symptoms-outcomes";

type Run = [seed: number, settings: object, rows: number[][], rate: number];
const reference: { runs: Run[]; outcomes: number[][] } = JSON.parse(
  readFileSync("data/references/symptoms.json", "utf8"),
);

function close(where: string, row: object, expected: number[]): void {
  Object.entries(row).forEach(([column, value], i) => {
    const error = Math.abs(value - expected[i]) / Math.max(1e-3, Math.abs(expected[i]));
    assert.ok(error <= 1e-9, `${where}: ${column} is ${value}, PyTorch ${expected[i]}`);
  });
}

for (const [seed, settings, expected] of reference.runs)
  test(`symptoms is PyTorch's: seed ${seed}, ${JSON.stringify(settings)}`, async () => {
    const rows = await symptoms.run(settings, seed);
    assert.equal(rows.length, expected.length);
    rows.forEach((row, k) => {
      close(`epoch ${k + 1}`, row, expected[k]);
    });
  });

reference.outcomes.forEach((expected, k) => {
  const [seed, settings] = reference.runs[k];
  test(`symptoms-outcomes is PyTorch's: seed ${seed}, ${JSON.stringify(settings)}`, async () => {
    const [row] = await symptomsOutcomes.run(settings, seed);
    close("outcome", row, expected);
  });
});

test("among the references units die, and the schedule on plateaus does lower the rate", () => {
  const withSetting = (text: string) =>
    reference.runs.find(([, settings]) => JSON.stringify(settings).includes(text)) as Run;
  const [, , died] = withSetting('"learningRate":4');
  assert.ok(died[died.length - 1][5] > 0.3);
  assert.ok(withSetting("plateau")[3] < 0.64);
  const learnedAt = reference.outcomes.map((outcome) => outcome[6]);
  assert.ok(learnedAt.includes(4) && Math.min(...learnedAt) < 4);
});

test("a training that diverges is a result", async () => {
  const rows = await symptoms.run({ activation: "leaky relu", learningRate: 1e200, epochs: 2 }, 0);
  assert.deepEqual(
    rows.map(({ epoch, loss, swing, updateRatio }) => [epoch, loss, swing, updateRatio]),
    [1, 2].map((epoch) => [epoch, Number.NaN, Number.NaN, Number.NaN]),
  );
});

test("what becomes of a training that diverges", async () => {
  const [row] = await symptomsOutcomes.run({ activation: "leaky relu", learningRate: 1e200, epochs: 2 }, 0);
  assert.deepEqual([row.loss, row.meanSwing, row.learnedAt, row.falls], [Number.NaN, Number.NaN, 3, 1]);
});
