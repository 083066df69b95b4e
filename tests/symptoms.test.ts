import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { symptoms } from "../lib/experiments/symptoms";

type Run = [seed: number, settings: object, rows: number[][], rate: number];
const reference: { runs: Run[] } = JSON.parse(readFileSync("data/references/symptoms.json", "utf8"));

for (const [seed, settings, expected] of reference.runs)
  test(`symptoms is PyTorch's: seed ${seed}, ${JSON.stringify(settings)}`, async () => {
    const rows = await symptoms.run(settings, seed);
    assert.equal(rows.length, expected.length);
    rows.forEach((row, k) => {
      Object.entries(row).forEach(([column, value], i) => {
        const error = Math.abs(value - expected[k][i]) / Math.max(1e-3, Math.abs(expected[k][i]));
        assert.ok(error <= 1e-9, `epoch ${k + 1}: ${column} is ${value}, PyTorch ${expected[k][i]}`);
      });
    });
  });

test("among the references units die, and the schedule on plateaus does lower the rate", () => {
  const withSetting = (text: string) =>
    reference.runs.find(([, settings]) => JSON.stringify(settings).includes(text)) as Run;
  const [, , died] = withSetting('"learningRate":4');
  assert.ok(died[died.length - 1][5] > 0.3);
  assert.ok(withSetting("plateau")[3] < 0.64);
});

test("a training that diverges is a result", async () => {
  const rows = await symptoms.run({ activation: "leaky relu", learningRate: 1e200, epochs: 2 }, 0);
  assert.deepEqual(
    rows.map(({ epoch, loss, swing, updateRatio }) => [epoch, loss, swing, updateRatio]),
    [1, 2].map((epoch) => [epoch, Number.NaN, Number.NaN, Number.NaN]),
  );
});
