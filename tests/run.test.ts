// The main job on small notebooks: what fails, what moved, what is written, and what an interruption leaves.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters as plain } from "node:util";
import { type StartOptions, start } from "../scripts/run/start";
import {
  closed,
  closing,
  display,
  notebook,
  printed,
  showing,
  temporaryPlaces,
  textsOf,
  writeNotebooks,
} from "./notebook-fixtures";

const PLOTLY = "application/vnd.plotly.v1+json";

type Temporary = ReturnType<typeof temporaryPlaces>;

/** Runs `start` there; its exit code and all that it wrote. */
async function run({ places }: Temporary, options: Partial<StartOptions> = {}) {
  let text = "";
  const code = await start({
    notebooks: [],
    update: false,
    places,
    reports: null,
    live: false,
    write: (more) => {
      text += more;
    },
    ...options,
  });
  text = plain(text);
  /** The paragraph that begins with this sign and notebook: what is said of it at the end. */
  const said = (name: string) =>
    text
      .split("\n\n")
      .filter((each) => new RegExp(`^[✖≠] (\\S*/)?${name}`).test(each))
      .join("\n\n");
  const row = (name: string) => text.split("\n").find((line) => line.startsWith(`│ ${name} `)) ?? "";
  return { code, text, said, row };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(what: string, condition: () => boolean, seconds = 120): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !condition(); await sleep(20)) {
    if (Date.now() > end) assert.fail(`waited ${seconds} s for ${what}`);
  }
}

describe("notebooks that fail do so by name, and stop nobody else", () => {
  const there = temporaryPlaces();
  let committed: Record<string, string>;
  let result: Awaited<ReturnType<typeof run>>;

  const orphan = path.join(there.folder, "kernel-without-parent");
  const failing = (source: string) =>
    notebook(['console.log("first");', source, closing()], [[printed("first\n")]]);
  before(async () => {
    writeNotebooks(there.places.notebooks, {
      "01-throws": failing('throw new TypeError("the shapes differ");'),
      "02-does-not-compile": failing('const weights: number = "many";'),
      "03-awaited": failing('await Promise.reject(new RangeError("awaited in vain"));'),
      "04-floating": failing('void Promise.reject(new Error("nobody waits"));\n1'),
      "05-exits": failing("process.exit(3);"),
      "06-kernel-killed": failing('process.kill(process.pid, "SIGKILL");'),
      "07-runner-killed": failing(
        `require("fs").writeFileSync(${JSON.stringify(orphan)}, String(process.pid));
         process.kill(process.ppid, "SIGKILL"); await new Promise(() => {});`,
      ),
      "08-after-the-end": notebook([closing(), 'setTimeout(() => { throw new Error("too late"); }, 20);']),
      "09-does-not-close": notebook(["1 + 1"]),
      "10-no-outputs": notebook(["1 + 1", closing()]),
      "11-not-json": '{"cells": [',
      "12-no-kernelspec": { ...notebook(["1"]), metadata: {} },
      "13-other-kernel": { ...notebook(["1"]), metadata: { kernelspec: { name: "python3" } } },
      "14-json-but-no-notebook": "[1, 2]",
      "15-sound": notebook(['console.log("0.4378");', closing()], [[printed("0.4378\n")], [closed()]]),
    });
    committed = textsOf(there.places.notebooks);
    result = await run(there);
  });
  after(there.remove);

  const expected: Record<string, RegExp> = {
    "01-throws": /In \[2\] `throw new TypeError\("the shapes differ"\);` TypeError: the shapes differ/,
    "02-does-not-compile": /In \[2\] .*Type 'string' is not assignable to type 'number'/,
    "03-awaited": /In \[2\] .* RangeError: awaited in vain/,
    "04-floating": /In \[2\] .* Error: nobody waits/,
    "05-exits": /In \[2\] `process\.exit\(3\);` .*process\.exit\(3\) was called/,
    "06-kernel-killed": /In \[2\] .* DeadKernelError: the kernel died \(killed by SIGKILL\)/,
    "07-runner-killed": /the process that drives the kernel was killed by SIGKILL/,
    "08-after-the-end": /Error: too late/,
    "09-does-not-close": /does not close/,
    "11-not-json": /is not JSON .*git checkout -- .*11-not-json\.ipynb/,
    "12-no-kernelspec": /has no kernelspec.*"tslab"/,
    "13-other-kernel": /asks for the kernel "python3"/,
    "14-json-but-no-notebook": /is JSON, but not a notebook/,
  };
  for (const [name, message] of Object.entries(expected)) {
    test(name, () => {
      assert.match(result.said(name), message);
      assert.match(result.text, new RegExp(`^${name}: failed$`, "m"));
    });
  }
  test("the exit code is 1 and the verdict counts them", () => {
    assert.equal(result.code, 1);
    assert.match(result.text, /^13 of 15 notebooks failed; digits moved in 10-no-outputs\.$/m);
  });
  test("the sound notebook ran beside them", () => {
    assert.equal(result.said("15-sound"), "");
    assert.match(result.row("15-sound"), /│ +2 │ same +│ +1 │ +0 │/);
  });
  test("cells that ran before the failure count", () => {
    assert.match(result.row("01-throws"), /│ 1 of 3 │ — +│ +— │ +— │/);
  });
  test("no committed file changed", () => assert.deepEqual(textsOf(there.places.notebooks), committed));
  test("a failed run leaves its outputs for a look, but no executed notebook", () => {
    const left = path.join(there.places.runs, "01-throws");
    const cells = JSON.parse(readFileSync(`${left}.failed.ipynb`, "utf8")).cells;
    assert.equal(cells[2].outputs[0].ename, "TypeError");
    assert.equal(existsSync(`${left}.ipynb`), false);
  });
  test("the run's log holds the facts of the environment", () => {
    const log = JSON.parse(readFileSync(path.join(there.places.runs, "15-sound.json"), "utf8"));
    assert.equal(log.node, process.versions.node);
    assert.equal(log.typescript, "5.0.4");
    assert.equal(log.tslab, "1.0.22");
    assert.equal(log.tfBackend, "not used");
    assert.equal(log.cells.length, 2);
    assert.equal(log.failure, null);
  });
  test("a notebook without committed outputs has moved", () => {
    assert.match(
      result.said("10-no-outputs"),
      /^≠ 10-no-outputs: no committed outputs: run npm start -- --update 10/,
    );
    assert.match(result.row("10-no-outputs"), /│ missing /);
  });
  test("the kernel whose runner was killed is gone", async () => {
    await until("its end", () => !isAlive(Number(readFileSync(orphan, "utf8"))), 30);
  });
});

test("the log names the TensorFlow backend that the kernel used, and the notebook is the same for the question", async (t) => {
  const there = temporaryPlaces();
  t.after(there.remove);
  const before = process.env.BACKPROP_TFJS;
  process.env.BACKPROP_TFJS = "js";
  t.after(() => {
    if (before === undefined) delete process.env.BACKPROP_TFJS;
    else process.env.BACKPROP_TFJS = before;
  });
  const load =
    'import { tensorflow } from "./lib/gradients/tensorflow";\nconsole.log(tensorflow().scalar(3).dataSync()[0]);';
  writeNotebooks(there.places.notebooks, {
    "01-uses": notebook([load, closing()], [[printed("3\n")], [closed()]]),
  });
  const { code, text } = await run(there);
  assert.equal(code, 0, text);
  const log = JSON.parse(readFileSync(path.join(there.places.runs, "01-uses.json"), "utf8"));
  assert.deepEqual([log.tfBackend, log.tfReason, log.moved], ["js", "BACKPROP_TFJS=js", []]);
});

describe("--update, then edits", () => {
  const there = temporaryPlaces();
  const file = (name: string) => path.join(there.places.notebooks, `${name}.ipynb`);
  const read = (name: string) => readFileSync(file(name), "utf8");
  const figure = (y: number, svg: string) =>
    showing({
      [PLOTLY]: { data: [{ y: [0.5, y] }], layout: {} },
      "image/svg+xml": svg,
      "text/plain": "A line.",
    });
  const recorded = (value: string) => [
    'import { openNotebook } from "./lib/notebook";\nconst nb = openNotebook({ title: "T", checks: 0, claims: 0 });',
    `const loss = ${value};\nnb.record("dWeights2", [loss]);\nloss.toFixed(4)`,
    "nb.close();",
  ];
  const conflict = `require("fs").appendFileSync(${JSON.stringify(file("05-edited-meanwhile"))}, "\\n");`;
  const originals = {
    "01-hash": notebook(recorded("0.1")),
    "02-digit": notebook(['console.log("loss 0.4378 after 9 steps");', closing()]),
    "03-figure": notebook([figure(0.25, "<svg/>"), closing()]),
    "04-throws": notebook(['throw new Error("not accepted");', closing()]),
    "05-edited-meanwhile": notebook([conflict, closing()]),
    "06-does-not-close": notebook(["1 + 1"]),
  };
  before(() => writeNotebooks(there.places.notebooks, originals));
  after(there.remove);

  test("--update writes whole notebooks that ran, and no others", async () => {
    const { code, text, said } = await run(there, { update: true });
    assert.equal(code, 1, "three notebooks failed");
    assert.match(said("06-does-not-close"), /does not close/);
    assert.equal(read("06-does-not-close"), JSON.stringify(originals["06-does-not-close"], null, 1));
    assert.match(said("04-throws"), /Error: not accepted/);
    assert.match(said("05-edited-meanwhile"), /was edited while it ran/);
    assert.match(text, /^02-digit: updated \(its first outputs\)$/m);
    assert.equal(read("04-throws"), JSON.stringify(originals["04-throws"], null, 1));
    assert.equal(
      read("05-edited-meanwhile"),
      `${JSON.stringify(originals["05-edited-meanwhile"], null, 1)}\n`,
    );
    const written = JSON.parse(read("02-digit"));
    assert.deepEqual(written.cells[1].outputs, [
      { name: "stdout", output_type: "stream", text: ["loss 0.4378 after 9 steps\n"] },
    ]);
    assert.equal(written.cells[1].execution_count, 1);
    assert.deepEqual(written.cells[1].metadata, {}, "no times");
    assert.ok(read("02-digit").endsWith("}\n"));
    assert.deepEqual(
      Object.keys(textsOf(there.places.notebooks)),
      Object.keys(originals).map((name) => `${name}.ipynb`),
      "no half-written file lies about",
    );
  });

  test("the accepted outputs are the same on the next run, and --update then changes no byte", async () => {
    const accepted = textsOf(there.places.notebooks);
    const { code, text, row } = await run(there, { notebooks: ["1", "02", "03-figure"], update: true });
    assert.equal(code, 0, text);
    assert.match(text, /All 3 notebooks ran, every check held, no digit moved\./);
    assert.match(row("01-hash"), /│ same /);
    assert.deepEqual(textsOf(there.places.notebooks), accepted);
  });

  test("what moved is named with its cell, old and new", async () => {
    // Cells edited and not run again: the outputs beside them are those of the old source.
    const edit = (name: string, from: string, to: string) =>
      writeFileSync(file(name), read(name).replace(from, to));
    edit("01-hash", "const loss = 0.1;", "const loss = 0.1 + 2 ** -55;");
    edit("02-digit", 'console.log(\\"loss 0.4378', 'console.log(\\"loss 0.4372');
    edit("03-figure", '\\"y\\":[0.5,0.25]', '\\"y\\":[0.5,0.26]');
    const picture = { "image/svg+xml": "<svg id='old'/>", "text/plain": "A line." };
    const output = display({ [PLOTLY]: { data: [{ y: [0.5, 0.25] }], layout: {} }, ...picture });
    writeNotebooks(there.places.notebooks, {
      "07-picture": notebook([figure(0.25, "<svg id='new'/>"), closing()], [[output], [closed()]]),
    });
    const committed = textsOf(there.places.notebooks);
    const { code, text, said, row } = await run(there, { notebooks: ["1", "2", "3", "7"] });
    assert.equal(code, 1);
    assert.match(row("07-picture"), /│ same /, "a picture that is drawn otherwise is no moved digit");
    const hashes =
      /^≠ 01-hash In \[2\] `const loss = .*` record 'dWeights2': hash ([0-9a-f]{8}) → ([0-9a-f]{8})$/;
    const [, old, now] = hashes.exec(said("01-hash")) ?? assert.fail(said("01-hash"));
    assert.notEqual(old, now);
    assert.equal(
      said("02-digit"),
      '≠ 02-digit In [1] `console.log("loss 0.4372 after 9 steps");` output 1, stdout, ' +
        'line 1: "loss 0.4378 after 9 steps" → "loss 0.4372 after 9 steps"',
    );
    assert.match(
      said("03-figure"),
      /^≠ 03-figure In \[1\] .* output 1, figure data\[0\]\.y\[1\]: 0\.25 → 0\.26$/,
    );
    assert.match(row("03-figure"), /│ 1 moved /);
    assert.match(text, /^digits moved in 01-hash, 02-digit, 03-figure\.$/m);
    assert.deepEqual(textsOf(there.places.notebooks), committed);
  });
});

test("a cell over the time limit is stopped, by name", async () => {
  const there = temporaryPlaces();
  writeNotebooks(there.places.notebooks, {
    "01-loops": notebook(["1", "while (true) {}", closing()]),
    "02-loops-after-await": notebook(["await null; while (true) {}", closing()]),
  });
  const committed = textsOf(there.places.notebooks);
  const { code, said } = await run(there, { timeout: 2 });
  assert.equal(code, 1);
  assert.match(
    said("01-loops"),
    /01-loops cell 2 ran longer than 2 s and was stopped \(`while \(true\) \{\}`/,
  );
  assert.match(said("02-loops-after-await"), /cell 1 ran longer than 2 s and was stopped/);
  assert.deepEqual(textsOf(there.places.notebooks), committed);
  there.remove();
});

describe("interruption", () => {
  /** Starts an --update of a notebook that is done and of one that never ends; waits until it hangs. */
  async function hanging(signal: NodeJS.Signals) {
    const there = temporaryPlaces();
    const marker = path.join(there.folder, "kernel");
    const done = path.join(there.places.runs, "01-done.json");
    const hang = `require("fs").writeFileSync(${JSON.stringify(marker)}, String(process.pid)); while (true) {}`;
    writeNotebooks(there.places.notebooks, {
      "01-done": notebook(["1 + 1", closing()]),
      "02-hangs": notebook([hang, closing()]),
    });
    const committed = textsOf(there.places.notebooks);
    const options = JSON.stringify({ notebooks: [], update: true, places: there.places });
    const driver = path.join(__dirname, "run-driver.ts");
    const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", driver, options], {
      stdio: "pipe",
    });
    let text = "";
    child.stdout?.on("data", (more) => {
      text += more;
    });
    await until("the kernel to hang", () => existsSync(marker) && existsSync(done));
    const kernel = Number(readFileSync(marker, "utf8"));
    assert.ok(isAlive(kernel));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    child.kill(signal);
    const code = await ended;
    await until("the kernel to end", () => !isAlive(kernel), 30);
    const left = textsOf(there.places.notebooks);
    there.remove();
    return { code, text: plain(text), committed, left };
  }

  test("Ctrl-C stops the kernels, writes nothing and exits with 130", async () => {
    const { code, text, committed, left } = await hanging("SIGINT");
    assert.equal(code, 130);
    assert.match(text, /Interrupted: the kernels are stopped, no notebook was changed\./);
    assert.deepEqual(left, committed);
  });

  test("a runner that is killed outright takes its kernels with it", async () => {
    const { committed, left } = await hanging("SIGKILL");
    assert.deepEqual(left, committed);
  });
});

test("what was interrupted and is run again comes out as if nothing had been", async (t) => {
  const there = temporaryPlaces();
  t.after(there.remove);
  const marker = path.join(there.folder, "was-here");
  const hangsOnce = `const fs = require("fs");
    if (!fs.existsSync(${JSON.stringify(marker)})) {
      fs.writeFileSync(${JSON.stringify(marker)}, "");
      await new Promise(() => {});
    }
    console.log("0.8273");`;
  writeNotebooks(there.places.notebooks, {
    "01-done": notebook(['console.log("0.4378");', closing()]),
    "02-hangs-once": notebook([hangsOnce, closing()]),
  });
  const committed = textsOf(there.places.notebooks);
  const pages: string[] = [];
  const reports = {
    async exportReport({ number }: { number: string }) {
      pages.push(number);
      return { path: "", bytes: 0 };
    },
    writeIndex: async () => "",
  };
  const interrupt = new AbortController();
  const first = run(there, { update: true, reports, signal: interrupt.signal });
  await until("one notebook to be done and one to hang", () => existsSync(marker) && pages.includes("01"));
  interrupt.abort();
  const { code, text } = await first;
  assert.equal(code, 130, text);
  assert.deepEqual(textsOf(there.places.notebooks), committed);
  assert.ok(
    existsSync(path.join(there.places.runs, "01-done.ipynb")),
    "what was done is still there to be looked at",
  );
  assert.equal(existsSync(path.join(there.places.runs, "02-hangs-once.ipynb")), false);

  const again = await run(there, { update: true, reports });
  assert.equal(again.code, 0, again.text);
  const outputs = Object.values(textsOf(there.places.notebooks)).map(
    (each) => JSON.parse(each).cells[1].outputs[0].text,
  );
  assert.deepEqual(outputs, [["0.4378\n"], ["0.8273\n"]]);
  assert.deepEqual(pages.sort(), ["01", "01", "02"]);
  const third = await run(there);
  assert.match(third.text, /All 2 notebooks ran, every check held, no digit moved\./);
});

test("a broken notebook under --update: the others are accepted, and it is named last", async (t) => {
  const there = temporaryPlaces();
  t.after(there.remove);
  writeNotebooks(there.places.notebooks, {
    "01-broken": notebook(['throw new Error("not today");', closing()]),
    "02-sound": notebook(['console.log("0.4378");', closing()]),
    "03-sound": notebook(['console.log("0.5622");', closing()]),
  });
  const broken = textsOf(there.places.notebooks)["01-broken.ipynb"];
  const { code, text, said } = await run(there, { update: true });
  assert.equal(code, 1);
  assert.match(said("01-broken"), /In \[1\] `throw new Error\("not today"\);` Error: not today/);
  assert.match(text, /^1 of 3 notebooks failed\.$/m);
  const now = textsOf(there.places.notebooks);
  assert.equal(now["01-broken.ipynb"], broken);
  for (const name of ["02-sound.ipynb", "03-sound.ipynb"])
    assert.equal(JSON.parse(now[name]).cells[1].outputs.length, 1, name);
  assert.equal((await run(there, { notebooks: ["2", "3"] })).code, 0);
});

describe("bad input", () => {
  test("an unknown number: one error, what there is, exit code 2", async () => {
    const there = temporaryPlaces();
    writeNotebooks(there.places.notebooks, {
      "01-perceptron": notebook(["1"]),
      "06-backprop": notebook(["1"]),
    });
    const { code, text } = await run(there, { notebooks: ["6", "07", "seven"] });
    assert.equal(code, 2);
    assert.match(
      text,
      /^There is no notebook "07" or "seven" in .*notebooks\. There are:\n {2}01-perceptron\n {2}06-backprop\n$/,
    );
    there.remove();
  });

  test("an empty or missing notebooks folder", async () => {
    const there = temporaryPlaces();
    const empty = await run(there);
    assert.equal(empty.code, 2);
    assert.match(empty.text, /^There are no notebooks in .*notebooks\.$/m);
    const missing = await run({
      ...there,
      places: { ...there.places, notebooks: path.join(there.folder, "none") },
    });
    assert.equal(missing.code, 2);
    assert.match(missing.text, /folder .*none cannot be read/);
    there.remove();
  });

  test("no Python: the message names the program", async () => {
    const there = temporaryPlaces();
    writeNotebooks(there.places.notebooks, { "01-a": notebook(["1"]) });
    const python = path.join(there.folder, "no-python");
    const { code, said } = await run({ ...there, places: { ...there.places, python } as never });
    assert.equal(code, 1);
    assert.match(said("01-a"), /no-python does not start/);
    there.remove();
  });
});

test("pages: one for each notebook, then the index; a page that fails is no moved digit", async () => {
  const there = temporaryPlaces();
  writeNotebooks(there.places.notebooks, {
    "01-a": notebook([closing()], [[closed()]]),
    "02-b": notebook([closing()], [[closed()]]),
  });
  const calls: string[] = [];
  const { code, said, text } = await run(there, {
    reports: {
      async exportReport({ number, notebookPath, runLogPath, outDir }) {
        assert.ok(existsSync(notebookPath) && existsSync(runLogPath));
        assert.equal(outDir, there.places.reports);
        calls.push(number);
        if (number === "02") throw new Error("over 6 MB");
        return { path: "", bytes: 0 };
      },
      async writeIndex() {
        calls.push("index");
        return "";
      },
    },
  });
  assert.equal(code, 1);
  assert.deepEqual(calls.sort(), ["01", "02", "index"]);
  assert.match(said("02-b"), /its report could not be written: over 6 MB/);
  assert.match(text, /^1 of 2 notebooks failed\. Reports: .*index\.html$/m);
  there.remove();
});
