import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { leakyRelu, relu, sigmoid, tanh } from "../lib/activations";
import { gaussianMean, wideNetwork } from "../lib/diagnostics/wide-network";
import { depthSignal } from "../lib/experiments/depth-signal";
import type { Experiment, Row } from "../lib/experiments/experiment";
import { mnistBatches } from "../lib/experiments/mnist-batches";
import { weightScale } from "../lib/experiments/weight-scale";

type Case = { settings: Record<string, never>; seed: number; rows: number[][] };
type Wide = [
  name: "tanh" | "sigmoid" | "relu" | "leaky",
  depth: number,
  weightVariance: number,
  biasVariance: number,
  inputVariance: number,
  expected: { forward: number[]; backward: number[] },
];
const reference: {
  tanhSquare: number;
  reluMean: number;
  wide: Wide[];
  depth: Case[];
  batches: Case[];
  scale: Case[];
} = JSON.parse(readFileSync("data/references/initialization.json", "utf8"));

function assertNear(what: string, ours: number, theirs: number, tolerance: number): void {
  const error = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-6);
  assert.ok(error <= tolerance, `${what} is ${ours}, not ${theirs} (${error})`);
}

/** Rows equal to another program's, whose columns are in the experiment's order, up to a relative error. */
function assertRows(experiment: Experiment, rows: readonly Row[], expected: number[][], tolerance: number) {
  assert.equal(rows.length, expected.length);
  for (const [i, row] of rows.entries())
    Object.keys(experiment.columns).forEach((column, k) => {
      assertNear(`row ${i}: ${column}`, row[column], expected[i][k], tolerance);
    });
}

test("means over a normal variable are mpmath's", () => {
  assertNear(
    "E tanh²",
    gaussianMean((z) => tanh.f(z) * tanh.f(z)),
    reference.tanhSquare,
    1e-14,
  );
  assertNear("E relu", gaussianMean(relu.f), reference.reluMean, 1e-4);
  assertNear(
    "E z⁴",
    gaussianMean((z) => z * z * z * z),
    3,
    1e-14,
  );
});

for (const [name, depth, weightVariance, biasVariance, inputVariance, expected] of reference.wide)
  test(`an infinitely wide network is mpmath's: ${name}, variance ${weightVariance}`, () => {
    const activation = { tanh, sigmoid, relu, leaky: leakyRelu(0.2) }[name];
    const options = { depth, weightVariance, biasVariance, inputVariance };
    const found = wideNetwork(activation, options);
    for (const way of ["forward", "backward"] as const)
      for (let l = 0; l < depth; l++)
        assertNear(`${way}, layer ${l + 1}`, found[way][l], expected[way][l], 1e-13);
  });

test("an infinitely wide network names what is out of range", () => {
  assert.throws(() => wideNetwork(relu, { depth: 1.5, weightVariance: 1 }), /the depth is 1.5/);
  assert.throws(() => wideNetwork(relu, { depth: 1, weightVariance: -1 }), /weightVariance is -1/);
  assert.throws(
    () => wideNetwork(relu, { depth: 1, weightVariance: 1, biasVariance: Number.NaN }),
    /biasVariance is NaN/,
  );
});

const named = ({ settings, seed }: Case) => `${JSON.stringify(settings)}, seed ${seed}`;

for (const one of reference.depth)
  test(`depth-signal follows PyTorch: ${named(one)}`, async () => {
    assertRows(depthSignal, await depthSignal.run(one.settings, one.seed), one.rows, 1e-11);
  });

for (const one of reference.batches)
  test(`mnist-batches follows PyTorch: ${named(one)}`, async () => {
    assertRows(mnistBatches, await mnistBatches.run(one.settings, one.seed), one.rows, 1e-9);
  });

const small = { hidden: "20-12", trainingSize: 600, testSize: 200, batchSize: 50, epochs: 2 };
for (const one of reference.scale)
  test(`weight-scale follows PyTorch in float32: ${named(one)}`, async () => {
    assertRows(weightScale, await weightScale.run({ ...small, ...one.settings }, one.seed), one.rows, 1e-3);
  });

test("a training that diverges has no loss, and is not an error", async () => {
  const [row] = await weightScale.run({ ...small, learningRate: 1e30 }, 0);
  assert.ok(Number.isFinite(row.firstLoss));
  assert.deepEqual([row.earlyLoss, row.testLoss, row.testAccuracy], [Number.NaN, Number.NaN, Number.NaN]);
  const batches = { hidden: "5", trainingSize: 100, testSize: 50, epochs: 1, batchSize: 10 };
  const rows = await mnistBatches.run({ ...batches, optimizer: "sgd", learningRate: 1e30 }, 0);
  assert.equal(rows.length, 10);
  assert.ok(Number.isFinite(rows[0].loss));
  assert.ok(Number.isNaN(rows[9].loss));
});
