import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { classWeights } from "../lib/experiments/class-weights";
import type { Experiment } from "../lib/experiments/experiment";
import { saturatedOutput } from "../lib/experiments/saturated-output";

type Case = { settings: Record<string, never>; seed: number; row: number[] };
const reference: { saturatedOutput: Case[]; classWeights: Case[] } = JSON.parse(
  readFileSync("data/references/output-losses.json", "utf8"),
);

/** The only row of a run, within a relative error of NumPy's. */
async function followsNumpy(experiment: Experiment, { settings, seed, row }: Case): Promise<void> {
  const [ours, ...more] = await experiment.run(settings, seed);
  assert.equal(more.length, 0);
  Object.keys(experiment.columns).forEach((column, k) => {
    const error = Math.abs(ours[column] - row[k]) / Math.max(Math.abs(row[k]), 1e-6);
    assert.ok(error < 1e-8, `${column} is ${ours[column]}, NumPy ${row[k]}`);
  });
}

const nameOf = ({ settings, seed }: Case) => `${JSON.stringify(settings)}, seed ${seed}`;

for (const one of reference.saturatedOutput)
  test(`saturated-output follows NumPy: ${nameOf(one)}`, () =>
    followsNumpy(saturatedOutput as unknown as Experiment, one));

for (const one of reference.classWeights)
  test(`class-weights follows NumPy: ${nameOf(one)}`, () =>
    followsNumpy(classWeights as unknown as Experiment, one));

test("a run that is stopped throws the reason", async () => {
  const stopped = AbortSignal.abort(new Error("enough"));
  await assert.rejects(saturatedOutput.run({}, 100, { signal: stopped }), /enough/);
  await assert.rejects(classWeights.run({}, 100, { signal: stopped }), /enough/);
});
