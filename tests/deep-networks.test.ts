import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { deepGradients } from "../lib/experiments/deep-gradients";
import { deepTraining } from "../lib/experiments/deep-training";
import type { Experiment, Row } from "../lib/experiments/experiment";
import { nielsenGradients } from "../lib/experiments/nielsen-gradients";

type Case = { settings: Record<string, never>; seed: number; rows: number[][] };
const reference: { gradients: Case[]; training: Case[]; nielsen: Case[] } = JSON.parse(
  readFileSync("data/references/deep-networks.json", "utf8"),
);

/** Rows equal to PyTorch's, whose columns are in the experiment's order, up to a relative error: norms may be tiny. */
function assertRows({ columns }: Pick<Experiment, "columns">, rows: readonly Row[], expected: number[][]) {
  assert.equal(rows.length, expected.length);
  for (const [i, row] of rows.entries())
    for (const [k, column] of Object.keys(columns).entries()) {
      const [ours, theirs] = [row[column], expected[i][k]];
      const close = ours === theirs || Math.abs(ours - theirs) <= 1e-8 * Math.abs(theirs);
      assert.ok(close, `row ${i}: ${column} is ${ours}, PyTorch ${theirs}`);
    }
}

const nameOf = ({ settings, seed }: Case) => `${JSON.stringify(settings)}, seed ${seed}`;

for (const one of reference.gradients)
  test(`deep-gradients is PyTorch's: ${nameOf(one)}`, async () => {
    assertRows(deepGradients, await deepGradients.run(one.settings, one.seed), one.rows);
  });

for (const one of reference.training)
  test(`deep-training is PyTorch's: ${nameOf(one)}`, async () => {
    assertRows(deepTraining, await deepTraining.run(one.settings, one.seed), one.rows);
  });

for (const one of reference.nielsen)
  test(`nielsen-gradients is PyTorch's: ${nameOf(one)}`, async () => {
    assertRows(nielsenGradients, await nielsenGradients.run(one.settings, one.seed), one.rows);
  });

test("the geometric mean of slopes is 0 where one is 0, and NaN where one is negative", async () => {
  const small = { depth: 2, width: 16, images: 20 };
  const [ofRelu] = await deepGradients.run({ ...small, activation: "relu" }, 0);
  const [ofGelu] = await deepGradients.run({ ...small, activation: "gelu" }, 0);
  assert.equal(ofRelu.geometricSlope, 0);
  assert.ok(Number.isNaN(ofGelu.geometricSlope));
});

test("an aborted training stops with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => deepTraining.run({ trainingSize: 60, testSize: 10 }, 0, { signal }), /enough/);
});
