import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { learnedFeatures } from "../lib/experiments/learned-features";

type Run = [width: number, samples: number, epochs: number, seed: number, row: number[]];
const { runs }: { runs: Run[] } = JSON.parse(readFileSync("data/references/learned-features.json", "utf8"));

for (const [width, samples, epochs, seed, expected] of runs)
  test(`learned-features is PyTorch's: ${width} units, ${samples} points, seed ${seed}`, async () => {
    const [row] = await learnedFeatures.run({ width, samples, epochs }, seed);
    assert.deepEqual(Object.keys(row), Object.keys(learnedFeatures.columns));
    Object.values(row).forEach((accuracy, k) => {
      assert.ok(Math.abs(accuracy - expected[k]) < 1e-12, `${accuracy}, not ${expected[k]}`);
    });
  });

test("an aborted run stops with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => learnedFeatures.run({}, 0, { signal }), /enough/);
});
