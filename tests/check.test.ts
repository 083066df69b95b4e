// `npm run check`: a fault put into a sound notebook is found, by cell and with its remedy; nothing is run.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { stripVTControlCharacters as plain } from "node:util";
import { check } from "../scripts/check/check";
import { checkStyle, checkTypes } from "../scripts/check/code";
import { runTool } from "../scripts/check/run-tool";
import type { NotebookJson, Output } from "../scripts/run/notebook";
import { PLACES, ROOT } from "../scripts/run/paths";
import { closed, display, notebook, printed, temporaryPlaces, writeNotebooks } from "./notebook-fixtures";

const there = temporaryPlaces();
after(there.remove);
const folder = there.places.notebooks;

async function run(options: { fix?: boolean; python?: string; notebooks?: string } = {}) {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const code = await check({ notebooks: folder, code: false, documents: null, write, ...options });
  text = plain(text).replaceAll(`${folder}/`, "");
  return { code, text, lines: text.split("\n") };
}

const sound = () => notebook(["1 + 1", "nb.close()"], [[result("2")], [closed()]]);

function result(text: string): Output {
  return {
    output_type: "execute_result",
    execution_count: 1,
    data: { "text/plain": text },
    metadata: {},
  } as Output;
}

/** A sound notebook with one fault. */
function faulty(fault: (json: NotebookJson) => void): NotebookJson {
  const json = sound();
  fault(json);
  return json;
}

/** A sound notebook with these Markdown cells more: id, source, tag. */
const withMarkdown = (cells: [string, string, string?][]) =>
  faulty((json) => {
    for (const [id, source, tag] of cells)
      json.cells.push({ cell_type: "markdown", id, metadata: tag ? { tags: [tag] } : {}, source });
  });

const withOutput = (output: Output) => faulty((json) => json.cells[1].outputs?.push(output));

const faults: Record<string, [NotebookJson | string, RegExp]> = {
  "10-error-output": [
    withOutput({ output_type: "error", ename: "TypeError", evalue: "no", traceback: [] } as Output),
    /In \[1\]: holds the error TypeError: no \(mend the cell/,
  ],
  "11-stderr": [
    withOutput({ output_type: "stream", name: "stderr", text: "Deprecated\n" }),
    /In \[1\]: writes to stderr: "Deprecated"/,
  ],
  "12-home-path": [
    withOutput(printed("read /home/ada/data.csv\n")),
    /In \[1\]: prints a path: "\/home\/ada\/data\.csv"/,
  ],
  "13-temporary-path": [
    withOutput(display({ "text/plain": "written to /tmp/x.bin" })),
    /In \[1\]: prints a path: "\/tmp\/x\.bin"/,
  ],
  "14-milliseconds": [withOutput(printed("product: 41 ms\n")), /In \[1\]: prints a time: "41 ms"/],
  "15-seconds": [
    withOutput(display({ "text/html": "<td>12.5 s</td>", "text/plain": "x" })),
    /In \[1\]: prints a time: "12\.5 s"/,
  ],
  "16-date": [withOutput(printed("on 2026-11-21\n")), /In \[1\]: prints a date or clock time: "2026-11-21"/],
  "17-figure-without-picture": [
    withOutput(display({ "application/vnd.plotly.v1+json": { data: [] } })),
    /In \[1\]: shows a figure without static picture and text/,
  ],
  "18-not-run": [
    faulty((json) => {
      json.cells[1].execution_count = null;
    }),
    /In \[1\]: was not run/,
  ],
  "19-out-of-order": [
    faulty((json) => {
      json.cells[2].execution_count = 7;
    }),
    /In \[2\]: was run as \[7\], not in order/,
  ],
  "20-no-outputs": [
    notebook(["1", "nb.close()"]),
    /: has no outputs: it was never run \(npm start -- --update\)/,
  ],
  "21-not-closed": [notebook(["1"], [[]]), /: does not close/],
  "22-too-few-checks": [
    notebook(["nb.close()"], [[closed({ declaredChecks: 4 })]]),
    /: declares 4 checks and executed 1/,
  ],
  "23-no-id": [
    faulty((json) => {
      delete json.cells[1].id;
    }),
    /In \[1\]: has no id/,
  ],
  "24-same-id": [
    faulty((json) => {
      json.cells[2].id = json.cells[1].id;
    }),
    /In \[2\]: has the id "cell-1" of another cell/,
  ],
  "25-empty-cell": [
    faulty((json) => {
      json.cells.push({
        cell_type: "code",
        id: "e",
        metadata: {},
        source: "",
        execution_count: null,
        outputs: [],
      });
    }),
    /cell 4: is empty/,
  ],
  "26-other-kernel": [
    faulty((json) => {
      json.metadata.kernelspec = { name: "deno" };
    }),
    /: names the kernel "deno", not "tslab"/,
  ],
  "27-timings": [
    faulty((json) => {
      json.cells[1].metadata = { execution: { "iopub.status.busy": "2026-11-21T06:00:00Z" } };
    }),
    /: holds what is not committed: cells\[1\]\.metadata\.execution \(npm run check -- --fix\)/,
  ],
  "28-no-language": [
    faulty((json) => {
      delete json.metadata.language_info;
    }),
    /: lacks metadata\.language_info/,
  ],
  "29-invalid": [
    faulty((json) => {
      json.cells[1].outputs = [{ output_type: "picture" } as never];
    }),
    /: is not a valid notebook: /,
  ],
  "40-announced": [
    withMarkdown([["exercises", "## Exercises\n\n1. Why?"]]),
    /cell exercises: announces exercises, and none has a cell of its own/,
  ],
  "41-unsolved": [
    withMarkdown([
      ["exercise-1", "### Exercise 1"],
      ["exercise-2", "### Exercise 2"],
      ["exercise-2-solution", "Because.", "solution"],
    ]),
    /cell exercise-1: has no worked solution \(put cells "exercise-1-…" with the tag "solution" right behind it\)/,
  ],
  "42-numbers": [
    withMarkdown([
      ["exercise-3", "### Exercise 3"],
      ["exercise-3-solution", "Because.", "solution"],
    ]),
    /cell exercise-3: is exercise 1 from the top \(give it the id "exercise-1"\)/,
  ],
  "43-heading": [
    withMarkdown([
      ["exercise-1", "Why?"],
      ["exercise-1-solution", "Because.", "solution"],
    ]),
    /cell exercise-1: does not begin "### Exercise 1"/,
  ],
  "44-astray": [
    withMarkdown([
      ["exercise-1", "### Exercise 1"],
      ["exercise-1-solution", "Because.", "solution"],
      ["text", "More."],
      ["exercise-1-more", "Because.", "solution"],
    ]),
    /cell exercise-1-more: is a solution of no exercise/,
  ],
  "45-open": [
    withMarkdown([
      ["exercise-1", "### Exercise 1"],
      ["exercise-1-solution", "Because.", "solution"],
    ]),
    /: lacks cells\[\d+\]\.metadata\.jupyter \(npm run check -- --fix\)/,
  ],
  "46-control": [
    withMarkdown([["formula", "Half, $E = \tfrac12$."]]),
    /cell 4: holds a control character before "frac12\$\." \(write the backslash/,
  ],
  "30-large": [withOutput(display({ "text/plain": "1".repeat(2_000_000) })), /: is 2\.0 MB, over 2 MB/],
  "31-not-json": ['{"cells": [', /: .*is not JSON/],
  "32_wrong_name": [sound(), /: is not named NN-topic\.ipynb/],
  "10-twice": [sound(), /: has the number of 10-error-output\.ipynb/],
};

describe("notebook hygiene", () => {
  let lines: string[];
  test("every fault is found", async () => {
    writeNotebooks(folder, { "01-sound": sound() });
    await run({ fix: true }); // into the committed form
    writeNotebooks(
      folder,
      Object.fromEntries(Object.entries(faults).map(([name, [content]]) => [name, content])),
    );
    const found = await run();
    assert.equal(found.code, 1);
    lines = found.lines;
    assert.match(
      found.text,
      new RegExp(`^${Object.keys(faults).length + 1} notebooks, 0 Python files: \\d+ to mend`, "m"),
    );
  });
  for (const [name, [, pattern]] of Object.entries(faults)) {
    test(name, () => {
      const own = lines.filter((line) => line.startsWith(`${name}.ipynb`));
      assert.ok(
        own.some((line) => pattern.test(line)),
        own.join("\n"),
      );
    });
  }
  test("the sound notebook has none", () => {
    assert.deepEqual(
      lines.filter((line) => line.startsWith("01-sound")),
      [],
    );
  });
});

test("a sound notebook passes; --fix takes timings away, keeps outputs, and writes Jupyter's own form", async () => {
  const own = temporaryPlaces();
  const file = path.join(own.places.notebooks, "06-a.ipynb");
  const timed = faulty((json) => {
    json.cells[1].metadata = { execution: { a: "2026" }, tags: ["hide-input"], collapsed: true };
    json.metadata.widgets = {};
  });
  writeNotebooks(own.places.notebooks, { "06-a": timed });
  assert.equal((await run({ notebooks: own.places.notebooks })).code, 1);
  const fixed = await run({ notebooks: own.places.notebooks, fix: true });
  assert.equal(fixed.code, 0, fixed.text);
  assert.match(fixed.text, /06-a\.ipynb: written in the committed form/);
  const text = readFileSync(file, "utf8");
  const json: NotebookJson = JSON.parse(text);
  assert.deepEqual(json.cells[1].metadata, { tags: ["hide-input"] });
  assert.deepEqual(json.cells[1].outputs?.[0].data, { "text/plain": ["2"] });
  assert.deepEqual(Object.keys(json.metadata), ["kernelspec", "language_info"]);
  const rewrite =
    "import nbformat, sys; n = nbformat.read(sys.argv[1], 4); sys.stdout.write(nbformat.writes(n) + '\\n')";
  assert.equal(
    (await runTool(PLACES.python, ["-c", rewrite, file])).out,
    text,
    "Jupyter writes the same bytes",
  );
  own.remove();
});

test("exercises with their solutions pass; --fix folds the solutions, code with its outputs", async () => {
  const own = temporaryPlaces();
  const exercises = withMarkdown([
    ["exercises", "## Exercises"],
    ["exercise-1", "### Exercise 1\n\nWhy?"],
    ["exercise-1-solution", "Because.", "solution"],
  ]);
  const [title, one, close, ...more] = exercises.cells;
  exercises.cells = [
    title,
    ...more,
    { ...one, id: "exercise-1-code", metadata: { tags: ["solution"] } },
    close,
  ];
  writeNotebooks(own.places.notebooks, { "06-a": exercises });
  const fixed = await run({ notebooks: own.places.notebooks, fix: true });
  assert.equal(fixed.code, 0, fixed.text);
  const json: NotebookJson = JSON.parse(readFileSync(path.join(own.places.notebooks, "06-a.ipynb"), "utf8"));
  const folded = json.cells.slice(3, 5).map(({ metadata }) => metadata.jupyter);
  assert.deepEqual(folded, [{ source_hidden: true }, { outputs_hidden: true, source_hidden: true }]);
  own.remove();
});

test("an empty folder and a missing Python are findings, not silence", async () => {
  const own = temporaryPlaces();
  const empty = await run({ notebooks: own.places.notebooks });
  assert.equal(empty.code, 1);
  assert.match(empty.text, /holds no notebooks/);
  const bare = await run({ python: path.join(own.folder, "python") });
  assert.equal(bare.code, 1);
  assert.match(
    bare.text,
    /python: is missing, so notebooks are not held against Jupyter's format .*\(npm start makes it\)/,
  );
  own.remove();
});

test("types and style: one line a finding, with file, line and rule", async () => {
  const own = temporaryPlaces();
  const write = (name: string, text: string) => writeFileSync(path.join(own.folder, name), text);
  write("tsconfig.json", '{ "compilerOptions": { "strict": true, "types": [] }, "files": ["a.ts"] }');
  write(
    "biome.json",
    readFileSync(path.join(ROOT, "biome.json"), "utf8")
      .replace(/"vcs".*\n/, "")
      .replace(/"includes": \[.*\]/, '"includes": ["a.ts"]'),
  );
  write("a.ts", 'export const weights: number = "many";\nvar   b = 1;\nb == 2;\n');
  const types = await checkTypes(own.folder);
  assert.deepEqual(types, [
    { place: "a.ts:1:14", what: "Type 'string' is not assignable to type 'number'. TS2322", remedy: "" },
  ]);
  const style = await checkStyle(false, own.folder);
  const places = style.map(({ place, what }) => `${path.basename(place)} ${what}`).join("\n");
  assert.match(places, /a\.ts:\d+:\d+ .*lint\/suspicious\/noDoubleEquals/);
  assert.match(places, /a\.ts is not formatted/);
  own.remove();
});
