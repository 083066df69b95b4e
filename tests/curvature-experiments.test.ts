// Experiments about curvature against PyTorch's runs from the same draws.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { hessianSpectrum } from "../lib/experiments/hessian-spectrum";
import { ravineRace } from "../lib/experiments/ravine-race";
import { valleyClipping } from "../lib/experiments/valley-clipping";

interface Run {
  settings: Record<string, never>;
  seed: number;
  rows: (number | null)[][];
}
const pytorch: Record<"ravine-race" | "valley-clipping" | "hessian-spectrum", Run[]> = JSON.parse(
  readFileSync("data/references/curvature-experiments.json", "utf8"),
);

/** A relative error, of numbers below 1e-3 one against 1e-3. */
const tolerances = { "ravine-race": 1e-12, "valley-clipping": 1e-8, "hessian-spectrum": 2e-6 };

for (const experiment of [ravineRace, valleyClipping, hessianSpectrum]) {
  const name = experiment.name as keyof typeof pytorch;
  const columns = Object.keys(experiment.columns);
  for (const { settings, seed, rows } of pytorch[name])
    test(`${name} is PyTorch's: ${JSON.stringify(settings)}, seed ${seed}`, async () => {
      const ours = await experiment.run(settings, seed);
      assert.equal(ours.length, rows.length);
      rows.forEach((row, k) => {
        for (const [i, column] of columns.entries()) {
          const [value, expected] = [(ours[k] as Record<string, number>)[column], row[i] ?? Number.NaN];
          const error = Math.abs(value - expected) / Math.max(1e-3, Math.abs(expected));
          const same = Number.isNaN(expected) ? Number.isNaN(value) : error <= tolerances[name];
          assert.ok(same, `row ${k}, ${column}: ${value}, PyTorch ${expected}`);
        }
      });
    });
}
