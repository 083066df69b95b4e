// `npm run check` on assignments: what nbgrader, the students' edition and the marks need of a source.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { stripVTControlCharacters as plain } from "node:util";
import { claimsType } from "../lib/notebook/claim-cells";
import { check } from "../scripts/check/check";
import type { Cell, NotebookJson } from "../scripts/run/notebook";
import { assignmentNotebook, faultyAssignment, given, judged, writeAssignments } from "./assignment-fixtures";
import { closed, notebook, temporaryPlaces, writeNotebooks } from "./notebook-fixtures";

const there = temporaryPlaces();
after(there.remove);
const folder = there.places.notebooks;

async function run(options: { fix?: boolean; notebooks?: string } = {}) {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const code = await check({ notebooks: folder, code: false, documents: null, write, ...options });
  return { code, text: plain(text).replaceAll(`${options.notebooks ?? folder}/`, "") };
}

const nbgrader = (cell: Cell) => cell.metadata.nbgrader as Record<string, unknown>;

/** The answer's cell with another text. */
const answer = (change: (source: string) => string) =>
  faultyAssignment((cells) => {
    const cell = cells["doubled-twice"];
    cell.source = change(cell.source as string);
  });

/** The test's cell with another text. */
const tested = (change: (source: string) => string) =>
  faultyAssignment((cells) => {
    const cell = cells["check-doubled-twice"];
    cell.source = change(cell.source as string);
  });

/** One field of nbgrader's metadata otherwise; undefined takes it away. */
const field = (id: string, name: string, value: unknown) =>
  faultyAssignment((cells) => {
    if (value === undefined) delete nbgrader(cells[id])[name];
    else nbgrader(cells[id])[name] = value;
  });

const markdown = (source: string) =>
  faultyAssignment((_, json) => {
    json.cells.splice(1, 0, { cell_type: "markdown", id: "text", metadata: {}, source });
  });

const ANSWERED =
  /cell doubled-twice: does not hold one answer between BEGIN SOLUTION and END SOLUTION \(write/;
const THROWS = /cell doubled-twice: does not throw right behind END SOLUTION/;
const PAIR = /cell check-doubled-twice: does not hold its hidden tests in one pair of marks/;

const faults: Record<string, [NotebookJson, RegExp]> = {
  "A11-schema": [
    field("setup", "schema_version", 2),
    /cell setup: has nbgrader's schema_version 2 \(write 3\)/,
  ],
  "A12-flag": [
    field("setup", "task", undefined),
    /cell setup: says neither true nor false for nbgrader's task/,
  ],
  "A13-checksum": [field("setup", "checksum", "ab"), /cell setup: holds nbgrader's checksum, .*--fix/],
  "A14-no-grade-id": [field("setup", "grade_id", undefined), /cell setup: has the grade_id null/],
  "A15-odd-grade-id": [field("setup", "grade_id", "set up"), /cell setup: has the grade_id "set up"/],
  "A16-same-grade-id": [
    field("close", "grade_id", "setup"),
    /cell close: has the grade_id "setup" of another/,
  ],
  "A17-no-points": [
    field("check-doubled-twice", "points", undefined),
    /cell check-doubled-twice: is a test cell without points/,
  ],
  "A18-points-for-nothing": [
    field("check-doubled-twice", "points", 0),
    /cell check-doubled-twice: is a test cell without points \(give it a number of points above 0\)/,
  ],
  "A19-points-for-given": [field("setup", "points", 2), /cell setup: has points, and is no test cell/],
  "A20-open-given": [field("setup", "locked", false), /cell setup: is given, and not locked/],
  "A21-open-test": [
    field("check-doubled-twice", "locked", false),
    /cell check-doubled-twice: is a test, and not locked/,
  ],
  "A22-locked-answer": [
    field("doubled-twice", "locked", true),
    /cell doubled-twice: is an answer, and locked/,
  ],
  "A23-both": [
    field("check-doubled-twice", "solution", true),
    /cell check-doubled-twice: is both an answer and a test \(make two cells of it\)/,
  ],
  "A24-test-without-part": [
    field("check-doubled-twice", "grade_id", "test-1"),
    /cell check-doubled-twice: is a test with the grade_id "test-1" \(name it "check-…" by its part\)/,
  ],
  "A25-part-without-test": [
    field("setup", "grade_id", "check-it"),
    /cell setup: has the grade_id "check-it", and is/,
  ],
  "A26-task": [field("setup", "task", true), /cell setup: is one of nbgrader's tasks/],
  "A27-stray-code": [
    faultyAssignment((cells) => {
      cells.setup.metadata = {};
    }),
    /cell setup: is no cell of nbgrader's \(an answer, a test, or given: "nbgrader": \{"schema_version": 3,/,
  ],
  "A28-markdown-answer": [
    faultyAssignment((_, json) => {
      const metadata = {
        nbgrader: given("essay", { grade: true, solution: true, locked: false, points: 2 }),
      };
      json.cells.splice(1, 0, { cell_type: "markdown", id: "essay", metadata, source: "Why?" });
    }),
    /cell essay: is an answer or a test, and no code/,
  ],
  "A30-no-begin": [answer((text) => text.replace(/.*BEGIN.*\n/, "")), ANSWERED],
  "A31-no-end": [answer((text) => text.replace(/.*END.*\n/, "")), ANSWERED],
  "A32-two-pairs": [
    answer((text) => text.replace("  return", "  // END SOLUTION\n  // BEGIN SOLUTION\n  return")),
    ANSWERED,
  ],
  "A33-upside-down": [
    answer((text) => text.replace("BEGIN", "FIRST").replace("END", "BEGIN").replace("FIRST", "END")),
    ANSWERED,
  ],
  "A34-mark-in-a-line": [answer((text) => text.replace("4 * x;", "4 * x; // END SOLUTION")), ANSWERED],
  "A35-no-throw": [answer((text) => text.replace(/ {2}throw.*\n/, "")), THROWS],
  "A36-throw-in-the-answer": [
    answer((text) => text.replace(/( {2}\/\/ END SOLUTION\n)( {2}throw.*\n)/, "$2$1")),
    THROWS,
  ],
  "A37-something-between": [answer((text) => text.replace("  throw", "  x += 1;\n  throw")), THROWS],
  "A38-two-throws": [answer((text) => `${text}\nfunction more() { throw unanswered("more", "y"); }`), THROWS],
  "A39-other-name": [
    answer((text) => text.replace('"doubledTwice"', '"doubled"')),
    /cell doubled-twice: says "doubled" is to be written, and defines doubledTwice \(name doubledTwice\)/,
  ],
  "A40-no-equation": [
    answer((text) => text.replace(', "y = 4 x"', "")),
    /cell doubled-twice: names no equation for the student/,
  ],
  "A41-other-grade-id": [
    field("doubled-twice", "grade_id", "twice"),
    /cell doubled-twice: has the grade_id "twice", and defines doubledTwice \(name it "doubled-twice"\)/,
  ],
  "A42-no-function": [
    answer(() => '// BEGIN SOLUTION\nconst y = 4;\n// END SOLUTION\nthrow unanswered("y", "y = 4");'),
    /cell doubled-twice: throws outside of a function/,
  ],
  "A43-mark-astray": [
    faultyAssignment((cells) => {
      cells.setup.source = "// BEGIN SOLUTION\nconst four = 4;\n// END SOLUTION";
    }),
    /cell setup: holds a mark of an answer, and is none/,
  ],
  "A50-half-a-pair": [tested((text) => text.replace(/.*END HIDDEN.*/, "")), PAIR],
  "A51-two-pairs": [tested((text) => `${text}\n// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS`), PAIR],
  "A52-hidden-astray": [
    faultyAssignment((cells) => {
      cells.close.source = "// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS\nassignment.close();";
    }),
    /cell close: holds hidden tests, and is no test/,
  ],
  "A53-no-check": [
    tested((text) => text.replace(/assignment.*\n/, "")),
    /cell check-doubled-twice: is a test that checks nothing for the student \(call assignment\.check/,
  ],
  "A60-link": [
    markdown("See [06](../06-backprop-by-hand.ipynb#cell-id=x)."),
    /cell text: links to "\.\.\/06-backprop-by-hand\.ipynb#cell-id=x", which does not lie there in the students'/,
  ],
  "A61-picture": [markdown("![net](net.svg)"), /cell text: links to "net\.svg"/],
  "A62-not-closed": [
    faultyAssignment((cells) => {
      cells.close.source = "1;";
    }),
    /cell close: is the last, and does not close \(call assignment\.close\(\) in it\)/,
  ],
  "A63-claims": [
    faultyAssignment((cells) => {
      cells.setup.outputs?.push(judged(claimsType));
    }),
    /cell setup: judges claims \(do that in a notebook of the collection\)/,
  ],
  "A64-nothing-to-earn": [
    notebook(["1"], [[closed()]]),
    /^assignments\/A64-nothing-to-earn\.ipynb: has no cell that earns points/m,
  ],
  "A65-path": [
    faultyAssignment((cells) => {
      cells.close.outputs = [{ output_type: "stream", name: "stdout", text: "in /home/ada/course\n" }];
    }),
    /In \[4\]: prints a path: "\/home\/ada\/course"/,
  ],
  layers: [assignmentNotebook(), /: is not named AN-topic\.ipynb \(rename it, as A3-layers\.ipynb\)/],
  "A11-twice": [assignmentNotebook(), /: has the number of A11-schema\.ipynb/],
};

describe("an assignment's source", () => {
  let lines: string[];
  test("every fault is found", async () => {
    const json = notebook(["1 + 1", "nb.close()"], [[], [closed()]]);
    json.cells[1].metadata.nbgrader = given("stray");
    writeNotebooks(folder, { "01-a": json, "A70-astray": assignmentNotebook() });
    writeAssignments(folder, { "A1-sound": assignmentNotebook() });
    await run({ fix: true }); // into the committed form
    writeAssignments(
      folder,
      Object.fromEntries(Object.entries(faults).map(([name, [content]]) => [name, content])),
    );
    const found = await run();
    assert.equal(found.code, 1);
    lines = found.text.split("\n");
    assert.match(found.text, new RegExp(`^${Object.keys(faults).length + 3} notebooks, `, "m"));
  });

  for (const [name, [, pattern]] of Object.entries(faults))
    test(name, () => {
      const own = lines.filter((line) => line.startsWith(`assignments/${name}.ipynb`));
      // A fault may be found in two ways, but none is hidden behind ten others.
      assert.ok(own.some((line) => pattern.test(line)) && own.length <= 4, own.join("\n"));
    });

  test("the sound one has none", () =>
    assert.deepEqual(
      lines.filter((line) => line.includes("A1-sound")),
      [],
    ));

  test("an assignment among the notebooks, and a notebook with an assignment's cells", () => {
    const said = lines.join("\n");
    assert.match(
      said,
      /^A70-astray\.ipynb: is an assignment among the notebooks \(move it to assignments\/\)$/m,
    );
    assert.match(said, /^01-a\.ipynb cell cell-1: has metadata of nbgrader \(delete it/m);
  });
});

test("what the answer alone imports may stand before its function", async (t) => {
  const own = temporaryPlaces();
  t.after(own.remove);
  writeNotebooks(own.places.notebooks, { "01-a": notebook(["nb.close()"], [[closed()]]) });
  const before = '// BEGIN SOLUTION\nimport { scale } from "./lib/matrix";\n// END SOLUTION\n';
  writeAssignments(own.places.notebooks, {
    "A3-b": answer((text) => `${before}${text}`),
    "A4-c": answer((text) => `${before.replace("import {", "const {").replace("from", "=")}${text}`),
  });
  const { text } = await run({ notebooks: own.places.notebooks, fix: true });
  assert.doesNotMatch(text, /A3-b\.ipynb .*SOLUTION/);
  assert.match(text, /A4-c\.ipynb cell doubled-twice: does not hold one answer between/);
});

test("--fix takes away what nbgrader adds in a release, and keeps the rest", async (t) => {
  const own = temporaryPlaces();
  t.after(own.remove);
  writeNotebooks(own.places.notebooks, { "01-a": notebook(["nb.close()"], [[closed()]]) });
  writeAssignments(own.places.notebooks, { "A3-b": field("setup", "checksum", "0a1b") });
  assert.equal((await run({ notebooks: own.places.notebooks })).code, 1);
  const { code, text } = await run({ notebooks: own.places.notebooks, fix: true });
  assert.equal(code, 0, text);
  const file = path.join(own.places.notebooks, "assignments", "A3-b.ipynb");
  const { cells }: NotebookJson = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(cells[1].metadata, { nbgrader: given("setup") });
});
