import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { defineExperiment, type Experiment, type Row } from "../lib/experiments/experiment";
import { mnistGradients } from "../lib/experiments/mnist-gradients";
import { mnistMlp } from "../lib/experiments/mnist-mlp";
import { ringsMomentum } from "../lib/experiments/rings-momentum";
import {
  choiceSetting,
  flagSetting,
  numberSetting,
  sizesSetting,
  wholeSetting,
} from "../lib/experiments/settings";
import { symmetryRumelhart } from "../lib/experiments/symmetry-rumelhart";
import { xorRumelhart } from "../lib/experiments/xor-rumelhart";
import { readRegistry } from "../scripts/sweep/registry";

type Case<Rows> = { settings: Record<string, never>; seed: number; rows: Rows };
const reference: {
  rings: Case<number[][]>[];
  xor: Case<number[][]>[];
  symmetry: Case<number[][]>[];
  mnist: Case<{ epochs: number[][]; gradients: number[][] }>[];
} = JSON.parse(readFileSync("data/references/experiments.json", "utf8"));

/** Rows equal to those of PyTorch, whose columns are in the experiment's order, up to a relative error. */
function assertRows(
  name: string,
  experiment: Experiment,
  rows: readonly Row[],
  expected: readonly number[][],
  tolerance: number,
): void {
  assert.equal(rows.length, expected.length, `${name}: rows`);
  const columns = Object.keys(experiment.columns);
  for (const [i, row] of rows.entries())
    for (const [k, column] of columns.entries()) {
      const [ours, theirs] = [row[column], expected[i][k]];
      const error = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-6);
      assert.ok(error <= tolerance, `${name}, row ${i}: ${column} is ${ours}, PyTorch ${theirs} (${error})`);
    }
}

const nameOf = ({ settings, seed }: Case<unknown>) => `${JSON.stringify(settings)}, seed ${seed}`;

for (const one of reference.rings)
  test(`rings-momentum follows PyTorch: ${nameOf(one)}`, async () => {
    const rows = await ringsMomentum.run(one.settings, one.seed);
    assertRows("rings", ringsMomentum, rows, one.rows, 1e-8);
  });

test("the two forms of the momentum are the same until the rate is halved, and not after", async () => {
  const settings = { decayEvery: 2, epochs: 3 };
  const notes = await ringsMomentum.run({ ...settings, momentumForm: "notes" }, 5);
  const pytorch = await ringsMomentum.run({ ...settings, momentumForm: "pytorch" }, 5);
  [0, 1].forEach((epoch) => {
    assert.ok(Math.abs(notes[epoch].loss - pytorch[epoch].loss) < 1e-12);
  });
  assert.ok(Math.abs(notes[2].loss - pytorch[2].loss) > 1e-4);
});

for (const one of reference.xor)
  test(`xor-rumelhart follows PyTorch: ${nameOf(one)}`, async () => {
    const rows = await xorRumelhart.run(one.settings, one.seed);
    assertRows("xor", xorRumelhart, rows, one.rows, 1e-6);
    assert.equal(rows[0].sweeps, one.rows[0][0]);
  });

for (const one of reference.symmetry)
  test(`symmetry-rumelhart follows PyTorch: ${nameOf(one)}`, async () => {
    const rows = await symmetryRumelhart.run(one.settings, one.seed);
    assertRows("symmetry", symmetryRumelhart, rows, one.rows, 1e-6);
    assert.equal(rows[0].sweeps, one.rows[0][0]);
  });

for (const one of reference.mnist) {
  test(`mnist-mlp follows PyTorch: ${nameOf(one)}`, async () => {
    const rows = await mnistMlp.run(one.settings, one.seed);
    assertRows("mnist", mnistMlp, rows, one.rows.epochs, 1e-7);
  });
  test(`mnist-gradients follows PyTorch's autograd: ${nameOf(one)}`, async () => {
    const rows = await mnistGradients.run(one.settings, one.seed);
    assertRows("mnist", mnistGradients, rows, one.rows.gradients, 1e-6);
  });
}

test("a run depends on settings and seed only", async () => {
  const settings = { epochs: 2, order: "fixed" } as const;
  const first = await ringsMomentum.run(settings, 1);
  await ringsMomentum.run({ epochs: 1 }, 2);
  assert.deepEqual(await ringsMomentum.run(settings, 1), first);
  assert.notDeepEqual(await ringsMomentum.run(settings, 2), first);
});

test("a learning rate of 0 leaves everything as it is", async () => {
  const rows = await ringsMomentum.run({ learningRate: 0, epochs: 3 }, 1);
  assert.equal(new Set(rows.map(({ loss }) => loss)).size, 1);
});

test("a divergence is a result: its epochs are NaN, in the rows of every layer too", async () => {
  const rows = await ringsMomentum.run({ learningRate: 1e200, epochs: 3 }, 0);
  assert.deepEqual(
    rows.map(({ epoch, loss }) => [epoch, loss]),
    [1, 2, 3].map((epoch) => [epoch, Number.NaN]),
  );
  const small = { hidden: "5", trainingSize: 100, testSize: 50, epochs: 2, batchSize: 10 };
  const layers = await mnistGradients.run({ ...small, optimizer: "sgd", learningRate: 1e30 }, 0);
  assert.deepEqual(
    layers.map(({ epoch, layer, gradientNorm }) => [epoch, layer, Number.isNaN(gradientNorm)]),
    [0, 1, 2].flatMap((epoch) => [1, 2].map((layer) => [epoch, layer, epoch > 0])),
  );
});

test("an aborted run stops with the signal's reason, and tells how far it is before", async () => {
  const controller = new AbortController();
  const shares: number[] = [];
  const onProgress = (share: number) => {
    shares.push(share);
    if (share > 0.5) controller.abort(new Error("enough"));
  };
  await assert.rejects(ringsMomentum.run({}, 0, { signal: controller.signal, onProgress }), /enough/);
  assert.ok((shares.at(-1) ?? 1) < 0.6);
  await assert.rejects(xorRumelhart.run({ hidden: 1 }, 0, { signal: controller.signal }), /enough/);
});

test("what cannot be is told with the setting's name and range", async () => {
  const cases: [Record<string, unknown>, number, RegExp][] = [
    [{ momentum: 1.5 }, 0, /rings-momentum: momentum is 1.5 \(it must be a finite number ≥ 0 and ≤ 1\)/],
    [{ epochs: 2.5 }, 0, /epochs is 2.5 \(it must be a whole number ≥ 1\)/],
    [{ order: "random" }, 0, /order is random \(it must be shuffled, fixed or sorted\)/],
    [{ learningRate: "0.1" }, 0, /learningRate is 0.1/],
    [{ rate: 1 }, 0, /has no setting "rate" \(it has learningRate, /],
    [{}, -1, /the seed is -1/],
    [{}, 2 ** 32, /the seed is 4294967296/],
  ];
  for (const [settings, seed, message] of cases)
    await assert.rejects(ringsMomentum.run(settings, seed), message, JSON.stringify(settings));
});

test("texts of the command line become values of the setting's range, and nothing else", () => {
  const rate = numberSetting(1, "", { above: 0, max: 2 });
  assert.deepEqual(
    ["2", "1e-3", ".5", "0", "2.1", "NaN", "Infinity", "1,5", "0x1", "", " "].map(rate.parse),
    [2, 0.001, 0.5, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
  );
  assert.deepEqual(["3", "-1", "1.5", "1e1"].map(wholeSetting(1, "", { min: 0 }).parse), [
    3,
    undefined,
    undefined,
    10,
  ]);
  assert.deepEqual(["true", "false", "1"].map(flagSetting(true, "").parse), [true, false, undefined]);
  assert.deepEqual(["a", "c"].map(choiceSetting(["a", "b"], "a", "").parse), ["a", undefined]);
  const sizes = sizesSetting("3", "");
  assert.deepEqual(["3-2", "3x2-1", "3-", "x2", "0", "3-02"].map(sizes.parse), [
    "3-2",
    "3x2-1",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("an experiment must give a number for every column, and its columns", async () => {
  const parts = {
    name: "trial",
    description: "",
    settings: {},
    columns: { a: { unit: "1", doc: "" } },
    index: [],
  };
  const giving = (rows: unknown) => defineExperiment({ ...parts, run: async () => rows as { a: number }[] });
  await assert.rejects(giving([]).run({}, 0), /trial: the run gave no rows/);
  await assert.rejects(giving([{ a: "1" }]).run({}, 0), /trial: row 0 has 1 for "a"/);
  await assert.rejects(giving([{ a: 1 }, {}]).run({}, 0), /trial: row 1 has undefined for "a"/);
  await assert.rejects(giving([{ a: 1, b: 2 }]).run({}, 0), /trial: row 0 has "b", which is no column/);
  const run = async () => [{ a: 1 }];
  assert.throws(() => defineExperiment({ ...parts, name: "Trial", run }), /the name is "Trial"/);
  const settings = { a: numberSetting(1, "") };
  assert.throws(() => defineExperiment({ ...parts, settings, run }), /the column "a" of trial has the name/);
});

test("every experiment lies in the file of its name, and says of everything what it is", () => {
  const registry = readRegistry();
  assert.ok(registry.length >= 5);
  for (const { experiment } of registry) {
    const { name, description, settings, columns } = experiment;
    assert.match(description, /^[A-Z].*\.$/, name);
    for (const [key, { doc }] of [...Object.entries(settings), ...Object.entries(columns)])
      assert.ok(doc.length > 5, `${name}: ${key}`);
  }
  assert.throws(
    () => readRegistry(path.join(__dirname, "fixtures", "misplaced-experiment")),
    /move it to other\.ts/,
  );
});
