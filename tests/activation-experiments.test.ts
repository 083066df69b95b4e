import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { activationSpeed } from "../lib/experiments/activation-speed";
import type { Experiment, Row } from "../lib/experiments/experiment";
import { silentUnits } from "../lib/experiments/silent-units";
import { zigzag } from "../lib/experiments/zigzag";

type Speed = [
  data: "rings" | "digits",
  activation: string,
  rate: number,
  threshold: number,
  epochs: number,
  seed: number,
  row: number[],
];
type Silent = [
  activation: "relu" | "leaky relu",
  bias: number,
  rate: number,
  epochs: number,
  seed: number,
  row: number[],
];
type Path = [
  activation: "sigmoid" | "centred sigmoid",
  inputs: number,
  rate: number,
  seed: number,
  row: number[],
];
const reference: { speed: Speed[]; silent: Silent[]; zigzag: Path[] } = JSON.parse(
  readFileSync("data/references/activation-experiments.json", "utf8"),
);

/** The only row, equal to the other program's, whose columns are in the experiment's order. */
function assertRow(
  { columns }: Pick<Experiment, "columns">,
  [row, ...more]: readonly Row[],
  expected: number[],
) {
  assert.equal(more.length, 0);
  Object.keys(columns).forEach((column, k) => {
    const error = Math.abs(row[column] - expected[k]) / Math.max(1, Math.abs(expected[k]));
    assert.ok(error <= 1e-9, `${column} is ${row[column]}, not ${expected[k]}`);
  });
}

for (const [data, activation, learningRate, threshold, epochs, seed, row] of reference.speed)
  test(`activation-speed is PyTorch's: ${data}, ${activation}, seed ${seed}`, async () => {
    const settings = { data, activation, learningRate, threshold, epochs };
    assertRow(activationSpeed, await activationSpeed.run(settings, seed), row);
  });

for (const [activation, inputs, rate, seed, row] of reference.zigzag)
  test(`zigzag is NumPy's: ${activation}, ${inputs} inputs, seed ${seed}`, async () => {
    assertRow(zigzag, await zigzag.run({ activation, inputs, rate }, seed), row);
  });

for (const [activation, bias, learningRate, epochs, seed, row] of reference.silent)
  test(`silent-units is PyTorch's: ${activation}, bias ${bias}, seed ${seed}`, async () => {
    assertRow(silentUnits, await silentUnits.run({ activation, bias, learningRate, epochs }, seed), row);
  });

test("what is silent for all samples stays so with ReLU, whatever the rate", async () => {
  for (const learningRate of [0.1, 1]) {
    const [{ awake, accuracy }] = await silentUnits.run({ bias: -20, learningRate, epochs: 3 }, 2);
    assert.deepEqual([awake, accuracy], [0, 0.5]);
  }
});

test("a training that diverges is a result: the threshold is not reached", async () => {
  const settings = { activation: "relu", learningRate: 1e6, epochs: 3 };
  const [{ epochsNeeded, reached }] = await activationSpeed.run(settings, 0);
  assert.deepEqual([epochsNeeded, reached], [3, 0]);
  const [{ reached: arrived, steps }] = await zigzag.run({ rate: 50, mostSteps: 5000 }, 0);
  assert.equal(arrived, 0);
  assert.ok(steps < 5000);
  const [{ awake }] = await silentUnits.run({ bias: 0, learningRate: 1e200, epochs: 2 }, 0);
  assert.ok(Number.isNaN(awake));
});

test("an aborted run stops with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => activationSpeed.run({}, 0, { signal }), /enough/);
  await assert.rejects(() => zigzag.run({}, 0, { signal }), /enough/);
  await assert.rejects(() => silentUnits.run({}, 0, { signal }), /enough/);
});
