import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { contribution } from "../lib/experiments/contribution";

type Case = { settings: Record<string, never>; seed: number; row: number[] };
const { runs }: { runs: Case[] } = JSON.parse(readFileSync("data/references/contribution.json", "utf8"));

for (const { settings, seed, row } of runs)
  test(`contribution follows NumPy and SciPy: ${JSON.stringify(settings)}, seed ${seed}`, async () => {
    const [ours] = await contribution.run(settings, seed);
    Object.keys(contribution.columns).forEach((column, k) => {
      const value = ours[column as keyof typeof ours];
      assert.ok(Math.abs(value - row[k]) < 1e-8, `${column} is ${value}, NumPy ${row[k]}`);
    });
  });

test("a step so small that the loss is linear: all signs are right and the ranks agree", async () => {
  const [row] = await contribution.run({ change: 1e-5 }, 100);
  assert.equal(row.rightSign, 1);
  assert.ok(row.error < 1e-3 && row.rankCorrelation > 0.999 && row.steepest === 1, JSON.stringify(row));
});
