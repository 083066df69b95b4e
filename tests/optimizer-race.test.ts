import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { optimizerRace } from "../lib/experiments/optimizer-race";
import { quadraticRavine, rosenbrock } from "../lib/landscapes";
import { followGradient } from "../lib/landscapes/path";
import { column } from "../lib/matrix";
import { adam, type Optimizer, sgd } from "../lib/optimizers";
import { adagrad } from "../lib/optimizers/adagrad";
import { amsgrad } from "../lib/optimizers/amsgrad";
import { rmsprop } from "../lib/optimizers/rmsprop";

interface Race {
  start: number[];
  steps: number;
  kept: number;
  rates: number[];
  best: { [optimizer: string]: { rate: number; value: number; points: number[][] } };
}
const pytorch: {
  ravine: Race;
  rosenbrock: Race;
  runs: { settings: Record<string, never>; seed: number; rows: number[][] }[];
} = JSON.parse(readFileSync("data/references/optimizer-race.json", "utf8"));

for (const { settings, seed, rows } of pytorch.runs)
  test(`optimizer-race follows PyTorch: ${JSON.stringify(settings)}, seed ${seed}`, async () => {
    const [row] = await optimizerRace.run(settings, seed);
    Object.values(row).forEach((ours, k) => {
      const error = Math.abs(ours - rows[0][k]) / Math.max(1e-3, Math.abs(rows[0][k]));
      assert.ok(error < 1e-6, `${Object.keys(row)[k]} is ${ours}, PyTorch ${rows[0][k]}`);
    });
  });

const made: { [name: string]: (rate: number) => Optimizer } = {
  sgd: (rate) => sgd(rate),
  momentum: (rate) => sgd(rate, { momentum: 0.9 }),
  nesterov: (rate) => sgd(rate, { momentum: 0.9, nesterov: true }),
  adagrad: (rate) => adagrad(rate),
  rmsprop: (rate) => rmsprop(rate),
  adam: (rate) => adam(rate),
  amsgrad: (rate) => amsgrad(rate),
};
const landscapes = {
  ravine: quadraticRavine([1, 20], { rotation: Math.PI / 6 }),
  rosenbrock: rosenbrock(),
};

for (const name of ["ravine", "rosenbrock"] as const)
  for (const [optimizer, { rate, points }] of Object.entries(pytorch[name].best))
    test(`${optimizer} goes PyTorch's way over the ${name}, and has its best rate`, () => {
      const { start, steps, kept, rates } = pytorch[name];
      const along = (r: number) => followGradient(landscapes[name], made[optimizer](r), column(start), steps);
      const path = along(rate).points;
      points.forEach(([x1, x2], k) => {
        const at = k * kept;
        const gap = Math.max(Math.abs(path.data[at] - x1), Math.abs(path.data[path.cols + at] - x2));
        assert.ok(gap < 1e-6, `after ${at} steps at ${path.data[at]}, PyTorch at ${x1}`);
      });
      const ends = rates.map((r) => {
        const { values } = along(r);
        return values.length === steps + 1 ? values[steps] : Number.POSITIVE_INFINITY;
      });
      assert.equal(rates[ends.indexOf(Math.min(...ends))], rate);
    });

test("a training that diverges is a result: the goal is never reached, early steps are rises", async () => {
  const [row] = await optimizerRace.run({ learningRate: 1e200, epochs: 2 }, 3);
  const { epochsToGoal, earlyRises, risingEpochs, finalLoss, finalAccuracy } = row;
  assert.deepEqual([epochsToGoal, earlyRises, risingEpochs], [3, 1, 2]);
  assert.ok(!Number.isFinite(finalLoss) && Number.isNaN(finalAccuracy));
});
