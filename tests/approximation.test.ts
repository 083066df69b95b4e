import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { approximation } from "../lib/experiments/approximation";

type Run = [
  activation: "sigmoid" | "tanh" | "relu",
  width: number,
  steps: number,
  seed: number,
  row: number[],
];
const { runs }: { runs: Run[] } = JSON.parse(readFileSync("data/references/approximation.json", "utf8"));

for (const [activation, width, steps, seed, [maxError, rmsError]] of runs)
  test(`approximation is PyTorch's: ${width} × ${activation}, ${steps} steps, seed ${seed}`, async () => {
    const [row] = await approximation.run({ activation, width, steps }, seed);
    assert.ok(Math.abs(row.maxError - maxError) < 1e-9, `${row.maxError}, not ${maxError}`);
    assert.ok(Math.abs(row.rmsError - rmsError) < 1e-9, `${row.rmsError}, not ${rmsError}`);
  });

test("a training that diverges has no error to state; an aborted one stops with the reason", async () => {
  const [{ maxError }] = await approximation.run({ learningRate: 1e200, activation: "relu", steps: 5 }, 0);
  assert.ok(Number.isNaN(maxError));
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => approximation.run({}, 0, { signal }), /enough/);
});
