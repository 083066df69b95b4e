import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { codeHash } from "../scripts/sweep/code-hash";
import { fullRun } from "../scripts/sweep/full";
import { readRegistry } from "../scripts/sweep/registry";
import { type SweepOptions, sweep } from "../scripts/sweep/sweep";

const experiments = path.join(__dirname, "fixtures", "experiments");
const known = readRegistry(experiments);

/** A place of its own for results, journals and declarations. */
function place(t: TestContext) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sweep-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => path.join(folder, name);
  const cache = file("cache");
  let output = "";
  const write = (text: string) => {
    output += text;
  };
  const screen = { live: false, write };
  const places = { known, folder: file("sweeps"), cache, screen };
  mkdirSync(places.folder);
  return {
    file,
    places,
    read: (name: string) => readFileSync(file(name), "utf8"),
    /** Runs the command here; resolves to its exit code and what it wrote. */
    async run(names: string[], options: SweepOptions) {
      output = "";
      return { code: await sweep(names, options, places), output };
    },
    /** Runs it in a process of its own. */
    start(names: string[], options: SweepOptions, env: NodeJS.ProcessEnv = {}) {
      const all = JSON.stringify({ names, options, experiments, folder: places.folder, cache });
      const driver = path.join(__dirname, "sweep-driver.ts");
      const child = spawn(process.execPath, ["--import", "tsx", driver, all], {
        env: { ...process.env, ...env },
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
      const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
        child.on("close", (code) => resolve({ code, output: text })),
      );
      return { child, ended };
    },
    /** How many runs the journals have. */
    finished: () =>
      existsSync(cache)
        ? readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"))
            .length
        : 0,
  };
}

/** The seeds that were begun, with how often. */
function begun(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const seed of readFileSync(log, "utf8").trim().split("\n")) counts[seed] = (counts[seed] ?? 0) + 1;
  return counts;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

for (const signal of ["SIGKILL", "SIGINT"] as const)
  test(`ended by ${signal}, a sweep goes on where it was: a finished run is never done twice`, async (t) => {
    const p = place(t);
    const log = p.file("log");
    const options = { seeds: "0..7", workers: "2", out: p.file("out.csv") };
    const first = p.start(["trial"], options, { TRIAL_LOG: log, TRIAL_HANGS_FROM: "4" });
    // the runs of seeds 4 and 5 hold both threads
    await until("four runs", () => p.finished() === 4 && begun(log)[5] === 1);
    first.child.kill(signal);
    const { code, output } = await first.ended;
    if (signal === "SIGINT") {
      assert.equal(code, 130, output);
      assert.match(output, /Interrupted\. Finished runs are kept/);
    }
    assert.ok(!existsSync(p.file("out.csv")), "half a table was written");
    const second = await p.start(["trial"], options, { TRIAL_LOG: log }).ended;
    assert.equal(second.code, 0, second.output);
    assert.match(second.output, /8 of 8 runs, 4 of them kept from before/);
    assert.deepEqual(begun(log), { 0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 1, 7: 1 });
    const other = place(t);
    await other.run(["trial"], { ...options, out: other.file("out.csv") });
    assert.equal(p.read("out.csv"), other.read("out.csv"));
  });

test("one worker and two give the same bytes, in the order of settings and seeds", async (t) => {
  const [one, two] = [place(t), place(t)];
  const options = { seeds: "5,0..1", set: ["form=odd,plain", "rate=2,0.5"] };
  for (const [p, workers] of [
    [one, "1"],
    [two, "2"],
  ] as const) {
    const { code, output } = await p.run(["trial"], { ...options, workers, out: p.file("out.csv") });
    assert.equal(code, 0, output);
  }
  assert.equal(one.read("out.csv"), two.read("out.csv"));
  const [header, ...rows] = one.read("out.csv").trim().split("\n");
  assert.equal(header, "rate,form,seed,step,value");
  const leads = [2, 0.5].flatMap((rate) =>
    ["odd", "plain"].flatMap((form) =>
      [5, 0, 1].flatMap((seed) => [1, 2, 3].map((k) => [rate, form, seed, k])),
    ),
  );
  assert.deepEqual(
    rows.map((row) => row.split(",").slice(0, 4).join()),
    leads.map((lead) => lead.join()),
  );
  assert.match(one.read("out.csv"), /^2,odd,5,2,NaN\n2,odd,5,3,-0$/m);
  const record = JSON.parse(one.read("out.environment.json"));
  assert.deepEqual(record.settings, { rate: [2, 0.5], form: ["odd", "plain"] });
  assert.deepEqual([record.experiment, record.runs, record.seeds], ["trial", 12, "5,0..1"]);
  assert.equal(record.versions.node, process.versions.node);
});

test("JSON has the same rows; what was computed for CSV is not computed again", async (t) => {
  const p = place(t);
  const options = { seeds: "3", set: ["form=odd"] };
  await p.run(["trial"], { ...options, out: p.file("out.csv") });
  const { output } = await p.run(["trial"], { ...options, out: p.file("out.json") });
  assert.match(output, /1 of 1 runs, 1 of them kept from before/);
  const rows = JSON.parse(p.read("out.json"));
  assert.deepEqual(
    rows.map(({ step, value }: { step: number; value: number | null }) => [step, value === null]),
    [
      [1, false],
      [2, true],
      [3, false],
    ],
  );
});

test("a run that fails is named, the others are finished and kept, and no table is written", async (t) => {
  const p = place(t);
  const log = p.file("log");
  const options = { seeds: "0..4", set: ["rate=2"], workers: "2", out: p.file("out.csv") };
  const failing = await p.start(["trial"], options, { TRIAL_LOG: log, TRIAL_FAILS: "1" }).ended;
  assert.equal(failing.code, 1, failing.output);
  assert.match(
    failing.output,
    /trial: 1 run failed, so no table was written:\n {2}rate 2, seed 1: seed 1 is not wanted/,
  );
  assert.ok(!existsSync(p.file("out.csv")));
  const mended = await p.start(["trial"], options, { TRIAL_LOG: log }).ended;
  assert.equal(mended.code, 0, mended.output);
  assert.deepEqual(begun(log), { 0: 1, 1: 2, 2: 1, 3: 1, 4: 1 });
});

test("what cannot be run is told in one line, before anything is run", async (t) => {
  const p = place(t);
  writeFileSync(
    p.file("sweeps/bad.json"),
    '{ "experiment": "trial", "purpose": "Bad.", "seeds": "0", "set": { "rat": 1 } }',
  );
  const cases: [string[], SweepOptions, RegExp][] = [
    [["rings"], {}, /There is no experiment "rings" \(there are trial\)/],
    [["trial", "rings"], {}, /One experiment at a time/],
    [["trial"], { set: ["rate"] }, /--set rate: write --set name=value/],
    [["trial"], { set: ["rat=1"] }, /--set rat=1: trial has no setting "rat" \(it has rate, form\)/],
    [["trial"], { set: ["rate=1,-1"] }, /rate is "-1" \(it must be a finite number ≥ 0\)/],
    [["trial"], { set: ["form=even"] }, /form is "even" \(it must be plain or odd\)/],
    [["trial"], { set: ["rate=1", "rate=2"] }, /rate is set twice/],
    [["trial"], { set: ["rate=1,1"] }, /rate 1, seed 0 is asked for twice/],
    [["trial"], { seeds: "9..0" }, /seeds: "9\.\.0" falls/],
    [["trial"], { seeds: "a" }, /seeds: "a" is neither/],
    [["trial"], { seeds: "4294967296" }, /the seed is 4294967296/],
    [["trial"], { out: "x.txt" }, /--out x\.txt: the name must end in \.csv or \.json/],
    [["trial"], { workers: "0" }, /--workers 0/],
    [["trial"], { update: true }, /--update belongs to --committed/],
    [["nowhere"], { committed: true }, /There is no committed sweep "nowhere" \(there are bad\)/],
    [[], { committed: true, seeds: "0" }, /leave --seeds away/],
    [[], { committed: true }, /data\/sweeps\/bad\.json: trial has no setting "rat"/],
  ];
  for (const [names, options, message] of cases)
    await assert.rejects(
      p.run(names, options),
      { name: "BadInput", message },
      `${names} ${JSON.stringify(options)}`,
    );
  assert.equal(p.finished(), 0);
});

test("alone it lists the experiments and the committed sweeps; --help has settings, defaults and columns", async (t) => {
  const p = place(t);
  writeFileSync(
    p.file("sweeps/one.json"),
    '{ "experiment": "trial", "purpose": "One purpose.", "seeds": "0" }',
  );
  const list = await p.run([], {});
  assert.match(list.output, / {2}trial {2}Three rows of random numbers\.\n/);
  assert.match(list.output, / {2}one {2}One purpose\.\n/);
  const help = await p.run(["trial"], { help: true });
  assert.match(help.output, / {2}rate {2}1 +A factor\. \(a finite number ≥ 0\)\n/);
  assert.match(help.output, / {2}step +steps {2}Rows counted from 1\.\n/);
  assert.deepEqual([list.code, help.code], [0, 0]);
});

test("committed sweeps: made, computed again, and a changed digit is found with run, column and both values", async (t) => {
  const p = place(t);
  const declaration = {
    experiment: "trial",
    purpose: "Two configurations.",
    seeds: "0..2",
    set: { form: "plain" },
    parts: [
      { name: "A", set: { rate: 2 } },
      { name: "B", set: { rate: [3, 4] } },
    ],
  };
  writeFileSync(p.file("sweeps/two.json"), JSON.stringify(declaration));
  const missing = await p.run([], { committed: true });
  assert.equal(missing.code, 1);
  assert.match(missing.output, /two\.csv is missing\. Make it: npm run sweep -- --committed two --update/);

  const made = await p.run(["two"], { committed: true, update: true });
  assert.equal(made.code, 0, made.output);
  const table = p.read("sweeps/two.csv");
  assert.match(table, /^configuration,rate,form,seed,step,value\nA,2,plain,0,1,/);
  const environment = p.read("sweeps/two.environment.json");
  const again = await p.run(["two"], { committed: true, update: true });
  assert.match(again.output, /two\.csv: the same bytes/);
  assert.equal(p.read("sweeps/two.environment.json"), environment);

  const same = await p.run([], { committed: true });
  assert.equal(same.code, 0, same.output);
  assert.match(same.output, /two\.csv: 9 runs computed again, every digit the same/);
  assert.doesNotMatch(same.output, /kept from before/);
  assert.equal(await fullRun(async () => 0, p.places), 0);

  const old = table.split("\n")[11].split(",").at(-1) as string;
  const changed = old.replace(/\d$/, (digit) => `${(Number(digit) + 5) % 10}`);
  writeFileSync(p.file("sweeps/two.csv"), table.replace(old, changed));
  const moved = await p.run([], { committed: true });
  assert.equal(moved.code, 1);
  const words = `B, rate 3, form plain, seed 0, step 2: value is ${changed} in the committed table, now ${old}`;
  assert.ok(moved.output.includes(words), moved.output);
  assert.equal(await fullRun(async () => 0, p.places), 1);
  assert.equal(await fullRun(async () => 130, p.places), 130);

  writeFileSync(p.file("sweeps/two.csv"), table.replace("B,3,plain,0,1,", "B,3,plain,9,1,"));
  const strange = await p.run([], { committed: true });
  assert.match(strange.output, /two\.csv, line 11: it should be of the run B, rate 3, form plain, seed 0/);
});

test("what is kept belongs to the code: other code computes anew, other comments do not", async (t) => {
  const p = place(t);
  const hashOf = async (name: string, text: string) => {
    writeFileSync(p.file(name), text);
    return codeHash({ experiment: known[0].experiment, file: p.file(name) });
  };
  writeFileSync(p.file("part.ts"), "export const x = 1;");
  const first = await hashOf("one.ts", 'import { x } from "./part";\nexport const y = x + 1;\n');
  assert.equal(
    await hashOf("one.ts", '// other\nimport { x } from "./part";\n/** other */ export const y = x  + 1;'),
    first,
  );
  assert.notEqual(await hashOf("one.ts", 'import { x } from "./part";\nexport const y = x + 2;\n'), first);
  writeFileSync(p.file("part.ts"), "export const x = 2;");
  assert.notEqual(await hashOf("one.ts", 'import { x } from "./part";\nexport const y = x + 1;\n'), first);
});

test("the sweeps of data/sweeps are of experiments that there are", async () => {
  const { declaredSweeps } = await import("../scripts/sweep/committed");
  const { planSweep } = await import("../lib/sweeps/plan");
  const { fromCsv } = await import("../lib/sweeps/table");
  const folder = path.join(__dirname, "..", "data", "sweeps");
  const all = readRegistry();
  for (const { name, declaration } of declaredSweeps(folder)) {
    const found = all.find(({ experiment }) => experiment.name === declaration.experiment);
    assert.ok(found, `${name}: there is no experiment ${declaration.experiment}`);
    const plan = planSweep(found.experiment, declaration);
    // a declaration is committed before its table
    const table = path.join(folder, `${name}.csv`);
    if (existsSync(table))
      assert.equal(fromCsv(plan, readFileSync(table, "utf8")).length, plan.runs.length, name);
  }
});
