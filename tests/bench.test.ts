import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { chooseParts, parts } from "../scripts/bench/bench";
import { comparisonTable, duration } from "../scripts/bench/comparison";
import { gradientSection } from "../scripts/bench/gradient-costs";
import { inTurn } from "../scripts/bench/in-turn";
import { mnistSection } from "../scripts/bench/parts/mnist";
import { ringsSection } from "../scripts/bench/parts/rings";
import { peakOfRuns, productSection, type Rates } from "../scripts/bench/product-rates";
import { blasThreads } from "../scripts/bench/python";
import { markdownReport, markdownTable } from "../scripts/bench/report";
import { memorySection } from "../scripts/bench/resident-memory";
import { startSide, withSides } from "../scripts/bench/side";
import { pairedRatio, spread } from "../scripts/bench/statistics";

const times = (first: number, ...runs: number[]) => ({ first, runs });

test("paired ratios and spreads", () => {
  // ratios 2, 4, 1: their median is 2, the ratio of the medians is 1
  assert.equal(pairedRatio([2, 8, 4], [1, 2, 4]), 2);
  assert.throws(() => pairedRatio([1], [1, 2]), /1 runs and 2/);
  assert.equal(spread([100, 105, 101]), 0.05);
});

test("durations have three digits and a unit that suits them", () => {
  assert.deepEqual([9000, 4321, 25.14, 0.0466, 0.00004567].map(duration), [
    "2.5 h",
    "4321 s",
    "25.1 s",
    "46.6 ms",
    "45.7 µs",
  ]);
});

test("a comparison says what is reached, and why a reference is missing", () => {
  const row = (theirs: number[] | string, reach?: number) =>
    comparisonTable([{ work: "w", ours: [1, 2, 4], against: "a", theirs, reach }]).rows[0].slice(3);
  assert.deepEqual(row([2, 8, 4], 2), ["4.00 s", "2.00", "1.00 to 4.00", "≥ 2", "yes"]);
  assert.deepEqual(row([2, 8, 4], 2.5), ["4.00 s", "2.00", "1.00 to 4.00", "≥ 2.5", "no"]);
  assert.deepEqual(row([2, 8, 4]), ["4.00 s", "2.00", "1.00 to 4.00", "–", "–"]);
  assert.deepEqual(row("not here", 2), ["not here", "–", "–", "≥ 2", "not measured"]);
});

test("the faster number of BLAS threads is the one that counts", () => {
  const rows = (byDefault: number, one: number) =>
    ringsSection({
      ours: times(3, 1, 1, 1),
      numpy: { default: times(5, byDefault, byDefault, byDefault), one: times(6, one, one, one) },
    }).tables[0].rows.map((row) => [...row.slice(2, 5), ...row.slice(6)]);
  assert.deepEqual(rows(1.5, 4), [
    ["NumPy, BLAS threads: default", "1.50 s", "1.50", "≥ 2", "no"],
    ["NumPy, BLAS threads: 1", "4.00 s", "4.00", "–", "–"],
  ]);
  assert.deepEqual(
    rows(4, 2).map((row) => row.slice(3)),
    [
      ["–", "–"],
      ["≥ 2", "yes"],
    ],
  );
  const alone = ringsSection({ ours: times(3, 1) });
  assert.deepEqual(alone.tables[0].rows[0].slice(2), [
    "NumPy",
    "no Python with NumPy found",
    "–",
    "–",
    "≥ 2",
    "not measured",
  ]);
});

test("one epoch counts, later epochs are beside the same times, and a missing reference says so", () => {
  const { tables, notes } = mnistSection({
    oneEpoch: times(3, 2, 2, 2),
    laterEpochs: times(2, 1, 1, 1),
    tfjs: times(6, 4, 4, 4),
    memory: times(2, 1.5, 1.5, 1.5),
  });
  assert.deepEqual(
    tables.map(({ rows }) => rows.map((row) => [row[4], ...row.slice(6)])),
    [
      [
        ["2.00", "≥ 2", "yes"],
        ["–", "≥ 1.5", "not measured"],
        ["0.75", "≥ 1", "no"],
      ],
      [
        ["4.00", "–", "–"],
        ["–", "–", "not measured"],
        ["1.50", "–", "–"],
      ],
    ],
  );
  assert.match(
    notes[0],
    /ours: 3\.00 s; tfjs-node, `model\.fit`: 6\.00 s; PyTorch, data in memory: 2\.00 s\./,
  );
});

test("the peak of a run is that of the loop that was the fastest in it", () => {
  const rates: Rates = {
    resident: [30, 20, 10],
    copied: [10, 10, 10],
    loops: { one: [40, 20, 40], two: [30, 25, 20] },
  };
  assert.deepEqual(peakOfRuns(rates), [40, 25, 40]);
  const { tables } = productSection({ float64: rates, float32: { ...rates, resident: [28, 17.5, 28] } });
  assert.deepEqual(
    tables[0].rows.map((row) => row.slice(1)),
    [
      // shares 0.75, 0.8, 0.25
      ["30.0", "20.0", "40.0", "40.0", "75.0 %", "75.0 %", "≥ 70 %", "yes"],
      ["10.0", "10.0", "40.0", "40.0", "25.0 %", "25.0 %", "≥ 70 %", "no"],
      ["28.0", "28.0", "40.0", "40.0", "70.0 %", "70.0 %", "≥ 70 %", "yes"],
      ["10.0", "10.0", "40.0", "40.0", "25.0 %", "25.0 %", "≥ 70 %", "no"],
    ],
  );
  assert.deepEqual(tables[1].rows[1], ["two", "30.0", "25.0", "30.0", "25.0"]);
});

test("the time of all differences is that of those timed, extrapolated", () => {
  const passes = (forward: number, backward: number) => ({ forward: [forward], backward: [backward] });
  const { tables, notes } = gradientSection([
    {
      network: "5-5-5-5",
      parameters: 99,
      inStep: passes(1e-3, 3e-3),
      outside: passes(1e-3, 3.1e-3),
      differences: { seconds: 0.1, evaluated: 99, error: 1e-7 },
    },
    {
      network: "577-577-577-577",
      parameters: 1_000_518,
      inStep: passes(5e-3, 5e-3),
      outside: passes(5e-3, 5e-3),
      // 50 differences and the value they start from: 10 ms each
      differences: { seconds: 0.51, evaluated: 50, error: 6e-6 },
    },
  ]);
  assert.deepEqual(tables[0].rows[0].slice(4), ["3.00", "≤ 3", "yes", "100 ms", "all", "25"]);
  assert.deepEqual(tables[0].rows[1].slice(1), [
    "1,000,518",
    "5.00 ms",
    "5.00 ms",
    "1.00",
    "≤ 3",
    "yes",
    "2.8 h",
    "50",
    "1,000,000",
  ]);
  assert.deepEqual(tables[1].rows[0].slice(4), ["3.10", "≤ 3", "no"]);
  assert.ok(notes.some((note) => note.includes("6e-6")));
});

test("memory counts from the third epoch on", () => {
  const steady = { before: 3e8, atEnds: [1, 2, 4e8, 4e8, 4.1e8, 4e8, 4e8, 4.2e8], peak: 5e8 };
  const growing = { ...steady, atEnds: [4e8, 4e8, 4e8, 4.1e8, 4.2e8, 4.3e8, 4.4e8, 4.5e8] };
  const { tables } = memorySection(steady, growing);
  assert.deepEqual(
    tables[0].rows.map((row) => row.slice(10)),
    [
      ["5.0 %", "≤ 5 %", "yes", "500 MB"],
      ["12.5 %", "≤ 5 %", "no", "500 MB"],
    ],
  );
});

test("contestants take turns, every second round in the opposite order; warm-ups do not count", async () => {
  const calls: string[] = [];
  let clock = 0;
  const contestants = ["a", "b"].map((name) => ({
    name,
    time: async () => {
      calls.push(name);
      return ++clock;
    },
  }));
  const found = await inTurn(2, 2, contestants, () => undefined, 0);
  assert.equal(calls.join(""), "abbaabba");
  assert.deepEqual(found.get("a"), { first: 1, runs: [5, 8] });
  assert.deepEqual(found.get("b"), { first: 2, runs: [6, 7] });
});

test("BLAS runs on one thread, or on as many as it takes by itself", () => {
  const env = { PATH: "/bin", OPENBLAS_NUM_THREADS: "7", OMP_NUM_THREADS: "7" };
  assert.deepEqual(blasThreads("default", env), { PATH: "/bin" });
  const one = blasThreads("one", env);
  assert.deepEqual(
    ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PATH"].map((name) => one[name]),
    ["1", "1", "1", "/bin"],
  );
});

test("parts are chosen by name, in the order of the report", () => {
  const names = (asked: string[]) => chooseParts(asked).map(({ name }) => name);
  assert.deepEqual(names([]), ["rings", "mnist", "product", "gradients", "memory"]);
  assert.deepEqual(names(["product", "rings"]), ["rings", "product"]);
  assert.throws(() => chooseParts(["rings", "mnits"]), {
    message: 'bench: there is no part "mnits".',
    remedy: "There are: rings, mnist, product, gradients, memory.",
    exitCode: 2,
  });
});

test("a process that is measured answers by lines of JSON; one that ends early is named", async () => {
  const program = `console.log('{"Version":"1.2"}');
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      if (line === "end") process.exit(0);
      console.log(JSON.stringify([line, 0.5]));
    });`;
  await withSides([() => startSide(process.execPath, ["-e", program])], async ([side]) => {
    assert.deepEqual(side?.facts, { Version: "1.2" });
    assert.deepEqual(await side?.ask("work"), ["work", 0.5]);
    assert.deepEqual(await side?.ask("other"), ["other", 0.5]);
    await assert.rejects(side?.ask("end") as Promise<unknown>, /node.* ended without an answer/);
  });
});

test("a table's cells are as many as its columns, and bars in them do not end them", () => {
  assert.equal(
    markdownTable({ head: ["A", "B"], rows: [["1|2", "3"]] }),
    "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |",
  );
  assert.throws(
    () => markdownTable({ head: ["A", "B"], rows: [["1"]] }),
    /a row has 1 cells, the head has 2/,
  );
});

test("the report holds machine, versions and every section, and the committed one is of all parts", () => {
  const section = {
    title: "Topic",
    text: "What was done.",
    tables: [{ head: ["A"], rows: [["1"]] }],
    notes: ["Also this."],
  };
  const report = markdownReport(
    [section, { ...section, title: "Other", notes: [] }],
    { Processor: "P" },
    { NumPy: "2.4.6" },
  );
  assert.match(report, /\| Processor \| P \|\n\| NumPy \| 2\.4\.6 \|/);
  assert.ok(
    report.includes("## Topic\n\nWhat was done.\n\n| A |\n| --- |\n| 1 |\n\n- Also this.\n\n## Other\n"),
  );
  assert.ok(report.endsWith("| 1 |\n"));

  const committed = readFileSync("data/benchmarks.md", "utf8");
  assert.equal([...committed.matchAll(/^## /gm)].length, parts.length + 1);
  for (const name of ["Date", "Processor", "Memory", "Node", "NumPy", "PyTorch", "TensorFlow.js"])
    assert.match(committed, new RegExp(`^\\| ${name.replace(".", "\\.")} \\| \\S`, "m"), name);
  assert.ok(readFileSync("data/README.md", "utf8").includes("`benchmarks.md`"));
});
