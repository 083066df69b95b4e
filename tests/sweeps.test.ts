import assert from "node:assert/strict";
import test from "node:test";
import { defineExperiment } from "../lib/experiments/experiment";
import { numberSetting } from "../lib/experiments/settings";
import { openNotebook } from "../lib/notebook";
import { recompute, sweepOf } from "../lib/sweeps";
import { parseDeclaration } from "../lib/sweeps/declaration";
import { curves, finals } from "../lib/sweeps/group";
import { nameOfRun, planSweep } from "../lib/sweeps/plan";
import { parseSeeds } from "../lib/sweeps/seeds";
import { fromCsv, toCsv } from "../lib/sweeps/table";
import { trial } from "./fixtures/experiments/trial";

const declaration = { experiment: "trial", purpose: "A trial.", seeds: "0..9", set: { rate: [1, 2] } };

/** The table of a declaration, computed here. */
async function tableOf(declared: typeof declaration) {
  const plan = planSweep(trial, declared);
  return toCsv(plan, await Promise.all(plan.runs.map(({ settings, seed }) => trial.run(settings, seed))));
}

test("runs come part by part, the experiment's last setting fastest of all settings, seeds fastest", () => {
  const { runs, named, varied } = planSweep(trial, {
    seeds: "1,0",
    set: { form: ["odd", "plain"] },
    parts: [
      { name: "B", set: { rate: [3, 2] } },
      { name: "A", set: {} },
    ],
  });
  assert.deepEqual([named, varied], [true, ["rate", "form"]]);
  const plan = { varied };
  assert.deepEqual(
    runs.map((run) => nameOfRun(plan, run)).filter((_, k) => k % 2 === 0),
    ["B, rate 3, form odd", "B, rate 3, form plain", "B, rate 2, form odd", "B, rate 2, form plain"]
      .concat(["A, rate 1, form odd", "A, rate 1, form plain"])
      .map((name) => `${name}, seed 1`),
  );
  assert.deepEqual(
    runs.slice(0, 2).map(({ seed }) => seed),
    [1, 0],
  );
});

test("a plan that cannot be is told", () => {
  const cases: [Parameters<typeof planSweep>[1], RegExp][] = [
    [{ seeds: "0", set: { rate: [] } }, /trial: rate has no value/],
    [{ seeds: "0", set: { rate: -1 } }, /trial: rate is -1/],
    [{ seeds: "0", set: { rat: 1 } }, /trial has no setting "rat"/],
    [{ seeds: "0", parts: [] }, /the list of parts is empty/],
    [
      { seeds: "0", parts: [{ name: "A", set: {} }, { set: { rate: 2 } }] },
      /some parts have names, others none/,
    ],
    [
      { seeds: "0", parts: [{ set: { rate: 2 } }, { set: { rate: [1, 2] } }] },
      /rate 2, seed 0 is asked for twice/,
    ],
  ];
  for (const [request, message] of cases) assert.throws(() => planSweep(trial, request), message);
  // the same settings under two names are two configurations
  const parts = [
    { name: "A", set: {} },
    { name: "B", set: {} },
  ];
  assert.equal(planSweep(trial, { seeds: "0", parts }).runs.length, 2);
});

test("seeds", () => {
  assert.deepEqual(parseSeeds("3,10..12, 0"), [3, 10, 11, 12, 0]);
  for (const [text, message] of [
    ["", /seeds: "" is neither/],
    ["1..", /"1\.\." is neither/],
    ["-1", /"-1" is neither/],
    ["0..2,2", /seeds: 2 stands twice/],
    ["0..200000", /are more than 100000/],
  ] as const)
    assert.throws(() => parseSeeds(text), message);
});

test("a table read again has every digit, NaN and −0 too", async () => {
  const plan = planSweep(trial, { seeds: "0..3", set: { form: ["odd", "plain"] } });
  const results = await Promise.all(plan.runs.map(({ settings, seed }) => trial.run(settings, seed)));
  const text = toCsv(plan, results);
  assert.deepEqual(fromCsv(plan, text), results);
  assert.ok(Object.is(fromCsv(plan, text)[0][2].value, -0));
});

test("a table that is not the plan's is told with its line", async () => {
  const text = await tableOf(declaration);
  const lines = text.trimEnd().split("\n");
  const plan = planSweep(trial, declaration);
  const read = (changed: string[]) => () => fromCsv(plan, `${changed.join("\n")}\n`);
  assert.throws(read(lines.slice(0, -3)), /line 59: it should be of the run rate 2, seed 9, but is missing/);
  assert.throws(read([...lines, "2,10,1,0.5"]), /line 62: it is of no run that is declared: 2,10/);
  assert.throws(
    read(["rate,seed,value,step", ...lines.slice(1)]),
    /line 1: the columns are rate,seed,value,step/,
  );
  assert.throws(read([lines[0], lines[4], ...lines.slice(1)]), /line 2: .* rate 1, seed 0, but begins 1,1/);
  assert.throws(read([lines[0], "1,0,1,x", ...lines.slice(2)]), /line 2: value is "x", which is no number/);
  assert.throws(read([lines[0], "1,0,1,", ...lines.slice(2)]), /line 2: value is "", which is no number/);
  assert.throws(read([lines[0], "1,0,1", ...lines.slice(2)]), /line 2: it has 1 results for 2 columns/);
});

test("declarations: what is missing, unknown or of another type is named", () => {
  const cases: [object, RegExp][] = [
    [{ ...declaration, seeds: 5 }, /"seeds" is 5 \(it must be a text\)/],
    [{ ...declaration, seeds: "5..1" }, /seeds: "5\.\.1" falls/],
    [{ ...declaration, grid: {} }, /"grid" is unknown/],
    [{ ...declaration, set: { rate: null } }, /"set" is/],
    [{ ...declaration, parts: [{ settings: {} }] }, /"parts" is/],
    [{ ...declaration, claims: [{ id: "004/a/b", metric: "m" }] }, /"claims" is/],
    [[], /it is no record/],
  ];
  for (const [value, message] of cases) assert.throws(() => parseDeclaration(JSON.stringify(value)), message);
});

test("groups have their runs by seed; curves and last values are taken from them", async () => {
  const claims = [{ id: "004/trial/one", metric: "the value", method: "none" }];
  const sweep = sweepOf("t", trial, { ...declaration, claims }, await tableOf(declaration));
  assert.deepEqual(
    sweep.groups.map(({ name }) => name),
    ["rate 1", "rate 2"],
  );
  const [one, two] = sweep.groups;
  assert.deepEqual([one.runs.length, one.runs[3].seed, two.settings], [10, 3, { rate: 2, form: "plain" }]);
  const { x, curves: values } = curves(two, "value");
  assert.deepEqual(x, [1, 2, 3]);
  assert.equal(values.length, 10);
  assert.deepEqual(
    finals(two, "value"),
    finals(one, "value").map((value) => 2 * value),
  );
  assert.deepEqual(
    finals(one, "value", ({ step }) => step < 3),
    curves(one, "value").curves.map((curve) => curve[1]),
  );
  assert.throws(() => finals(one, "value", () => false), /in group "rate 1" seed 0 has no such row/);
  assert.equal(sweep.claim("004/trial/one").seeds, 10);
  assert.throws(
    () => sweep.claim("004/trial/two"),
    /sweep t has no claim "004\/trial\/two" \(it has "004\/trial\/one"\)/,
  );
});

test("configurations without further settings are called by their name alone", async () => {
  const named = {
    ...declaration,
    set: {},
    parts: [
      { name: "A", set: { rate: 1 } },
      { name: "B", set: { rate: 2 } },
    ],
  };
  const plan = planSweep(trial, named);
  const text = toCsv(
    plan,
    await Promise.all(plan.runs.map(({ settings, seed }) => trial.run(settings, seed))),
  );
  assert.deepEqual(
    sweepOf("t", trial, named, text).groups.map(({ name }) => name),
    ["A", "B"],
  );
});

test("runs computed again: other ones each time, the same words, and a digit that differs is told with its place", async () => {
  const seen = new Set<number>();
  const watching = defineExperiment({
    ...trial,
    run: (settings, seed, options) => {
      seen.add(seed + 100 * settings.rate);
      return trial.run(settings, seed, options);
    },
  });
  const text = await tableOf(declaration);
  const sweep = sweepOf("t", watching, declaration, text);
  assert.deepEqual(await recompute(sweep), {
    name: "t",
    ok: true,
    detail: "3 of 20 runs computed again: the same digits",
    equal: { runs: 3, values: 18 },
    chosen: 3,
  });
  assert.equal(seen.size, 3);
  const all = await recompute(sweep, { runs: 50 });
  assert.equal(all.detail, "20 of 20 runs computed again: the same digits");
  assert.deepEqual([all.equal, all.chosen, seen.size], [{ runs: 20, values: 120 }, 20, 20]);

  const [, second] = text.split("\n");
  const value = second.split(",")[3];
  const next = Number(value) * (1 + 2 ** -52);
  const changed = sweepOf("t", trial, declaration, text.replace(value, String(next)));
  const found = await recompute(changed, { runs: 20 });
  assert.deepEqual(
    [found.ok, found.detail],
    [false, `rate 1, seed 0, step 1: value is ${next} in the committed table, now ${value}`],
  );
  assert.ok(found.equal.runs < 20 && found.equal.values === 6 * found.equal.runs);
  const nb = openNotebook({ title: "trial", checks: 1, claims: 0, display: () => {} });
  assert.throws(() => nb.check(found), {
    name: "CheckFailed",
    message: `check "t" failed: rate 1, seed 0, step 1: value is ${next} in the committed table, now ${value}`,
  });
  nb.check(all);
  nb.close();
});

test("runs of different length have no common curve", () => {
  const rows = (n: number) => Array.from({ length: n }, (_, k) => ({ epoch: k + 1, loss: 1 }));
  const index: ("epoch" | "loss")[] = ["epoch"];
  const runs = [1, 2].map((n) => ({ configuration: "", settings: {}, seed: n, rows: rows(n) }));
  assert.throws(
    () => curves({ name: "g", index, runs }, "loss"),
    /in group "g" seed 2 has other epoch than seed 1/,
  );
});

test("a setting's type reaches the rows: this file would not compile otherwise", () => {
  const experiment = defineExperiment({
    name: "typed",
    description: "Typed.",
    settings: { rate: numberSetting(1, "Rate.") },
    columns: { loss: { unit: "1", doc: "Loss." } },
    index: [],
    run: async ({ rate }) => [{ loss: rate }],
  });
  const run = experiment.run({ rate: 2 }, 0).then(([{ loss }]): number => loss);
  // @ts-expect-error: there is no such setting
  const wrong = () => experiment.run({ speed: 2 }, 0);
  assert.equal(typeof wrong, "function");
  return run.then((loss) => assert.equal(loss, 2));
});
