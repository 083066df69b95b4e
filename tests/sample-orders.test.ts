import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { batchComposition } from "../lib/experiments/batch-composition";
import type { Experiment } from "../lib/experiments/experiment";
import { marginCurriculum } from "../lib/experiments/margin-curriculum";
import { orderBias } from "../lib/experiments/order-bias";
import { sampleOrder } from "../lib/experiments/sample-order";
import { turningBoundary } from "../lib/experiments/turning-boundary";

type Case = { settings: Record<string, never>; seed: number; rows: number[][] };
const reference: Record<string, Case[]> = JSON.parse(
  readFileSync("data/references/sample-orders.json", "utf8"),
);

const experiments = { sampleOrder, orderBias, batchComposition, turningBoundary, marginCurriculum };

for (const [key, experiment] of Object.entries(experiments) as unknown as [string, Experiment][])
  for (const { settings, seed, rows } of reference[key])
    test(`${experiment.name} is NumPy's: ${JSON.stringify(settings)}, seed ${seed}`, async () => {
      const ours = await experiment.run(settings, seed);
      assert.equal(ours.length, rows.length);
      for (const [i, row] of ours.entries())
        for (const [k, column] of Object.keys(experiment.columns).entries()) {
          const error = Math.abs(row[column] - rows[i][k]);
          const allowed = 1e-9 * Math.max(1e-3, Math.abs(rows[i][k]));
          assert.ok(error <= allowed, `row ${i}: ${column} is ${row[column]}, NumPy ${rows[i][k]}`);
        }
    });

test("a training that diverges gives rows of NaN from there on", async () => {
  const small = { samples: 40, testSamples: 10, hidden: 3, batchSize: 4, epochs: 2 };
  const rows = await sampleOrder.run({ ...small, learningRate: 1e200 }, 0);
  assert.equal(rows.length, 11);
  assert.ok(rows.every(({ loss, testAccuracy }) => Number.isNaN(loss) && Number.isNaN(testAccuracy)));
});

test("an aborted run stops with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => sampleOrder.run({ samples: 40 }, 0, { signal }), /enough/);
  await assert.rejects(() => orderBias.run({ samples: 40, warmEpochs: 0 }, 0, { signal }), /enough/);
  await assert.rejects(() => batchComposition.run({}, 0, { signal }), /enough/);
  await assert.rejects(() => turningBoundary.run({}, 0, { signal }), /enough/);
});
