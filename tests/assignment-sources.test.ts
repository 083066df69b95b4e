// The assignments' sources beside the notebooks: run, listed in the READMEs, and reported as pages for teachers.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { stripVTControlCharacters as plain } from "node:util";
import { inWords } from "../scripts/check/finding";
import { readAssignments } from "../scripts/collection/assignments";
import { collectionFindings } from "../scripts/collection/generated";
import { writeCollection } from "../scripts/collection/write";
import { collectClaims } from "../scripts/ledger/collect";
import { exportReport, removeAnswers, writeIndex } from "../scripts/report/report";
import type { NotebookJson } from "../scripts/run/notebook";
import { ROOT } from "../scripts/run/paths";
import { isAssignment, listAssignments, listNotebooks, selectNotebooks } from "../scripts/run/select";
import { start } from "../scripts/run/start";
import {
  assignmentNotebook,
  faultyAssignment,
  judged,
  SUMMARY,
  writeAssignments,
} from "./assignment-fixtures";
import { closed, closing, notebook, temporaryPlaces, writeNotebooks } from "./notebook-fixtures";
import { parsePage } from "./support/report-page";

const sound = () => notebook([closing()], [[closed()]]);

/** An assignment that says this of itself. */
const saying = (more: object, title = "A1. Doubling") =>
  faultyAssignment((cells, json) => {
    cells.title.source = `# ${title}\n\nWrite it.`;
    json.metadata.backpropagation = { summary: SUMMARY, ...more };
  });

describe("names", () => {
  const there = temporaryPlaces();
  after(there.remove);
  const { notebooks } = there.places;
  before(() => {
    writeNotebooks(notebooks, { "03-xor": sound(), "06-backprop": sound() });
    const names = ["A1-a", "A2-b", "A10-c", "notes"];
    writeAssignments(notebooks, Object.fromEntries(names.map((name) => [name, assignmentNotebook()])));
  });

  test("all notebooks, then the assignments in the order of their numbers", () => {
    assert.deepEqual(listAssignments(notebooks), ["A1-a", "A2-b", "A10-c"]);
    assert.deepEqual(listNotebooks(notebooks), ["03-xor", "06-backprop"]);
    assert.deepEqual(selectNotebooks(notebooks, []), ["03-xor", "06-backprop", "A1-a", "A2-b", "A10-c"]);
  });

  test("A1 is none of 01 and A10; the letter's case and a path do not matter", () => {
    assert.deepEqual(selectNotebooks(notebooks, ["A1"]), ["A1-a"]);
    assert.deepEqual(selectNotebooks(notebooks, ["a02", "3"]), ["03-xor", "A2-b"]);
    assert.deepEqual(selectNotebooks(notebooks, ["notebooks/assignments/A10-c.ipynb"]), ["A10-c"]);
    assert.throws(() => selectNotebooks(notebooks, ["A3", "10"]), {
      name: "BadInput",
      message: /^There is no notebook "A3" or "10" in .*\n {2}03-xor\n {2}06-backprop\n {2}A1-a\n/,
    });
  });

  test("a folder without assignments has none", () => {
    const own = temporaryPlaces();
    writeNotebooks(own.places.notebooks, { "01-a": sound() });
    assert.deepEqual(listAssignments(own.places.notebooks), []);
    assert.deepEqual(["A3-layers", "03-xor", "A3", "Adaline-1"].map(isAssignment), [
      true,
      false,
      false,
      false,
    ]);
    own.remove();
  });
});

describe("npm start", () => {
  const there = temporaryPlaces();
  after(there.remove);
  const { notebooks } = there.places;
  const file = path.join(notebooks, "assignments", "A3-twice.ipynb");
  const run = async (wanted: string[], update = false) => {
    let text = "";
    const write = (more: string) => {
      text += more;
    };
    const options = { notebooks: wanted, update, places: there.places, reports: null, live: false, write };
    return { code: await start(options), text: plain(text) };
  };
  const outputs = () => {
    const { cells }: NotebookJson = JSON.parse(readFileSync(file, "utf8"));
    return cells.slice(1).map((cell) => cell.outputs?.map(({ text }) => text));
  };

  test("an assignment runs in the project's folder, and every digit is compared", async () => {
    writeNotebooks(notebooks, { "01-a": sound() });
    writeAssignments(notebooks, { "A3-twice": assignmentNotebook() });
    const { code, text } = await run(["A3"]);
    assert.equal(code, 0, text);
    assert.match(text, /^│ A3-twice +│ +4 │ same +│ +— │ +— │/m);
    assert.match(text, /^The notebook ran, every check held, no digit moved\.$/m);
  });

  test("what moved is named; --update accepts it into assignments/", async () => {
    const moved = assignmentNotebook();
    moved.cells[3].outputs = [{ output_type: "stream", name: "stdout", text: "doubledTwice 5\n" }];
    writeAssignments(notebooks, { "A3-twice": moved });
    const first = await run(["a3"]);
    assert.equal(first.code, 1);
    assert.match(first.text, /^≠ A3-twice In \[3\] `assignment\.check.*"doubledTwice 5" → "doubledTwice 4"/m);
    assert.equal((await run(["A3"], true)).code, 0);
    assert.deepEqual(outputs(), [[], [], [["doubledTwice 4\n"]], [["closed\n"]]]);
    assert.ok(!existsSync(path.join(notebooks, "A3-twice.ipynb")));
  });

  test("a hidden test that fails stops it, by its cell", async () => {
    const wrong = faultyAssignment((cells) => {
      const answer = cells["doubled-twice"];
      answer.source = (answer.source as string).replace("4 * x;", "4 * x + (x > 2 ? 1 : 0);");
    });
    writeAssignments(notebooks, { "A3-twice": wrong });
    const { code, text } = await run(["A3"]);
    assert.equal(code, 1);
    assert.match(text, /A3-twice.*In \[3\].*\n?.*4 · 3 is 12/);
  });
});

test("the ledger does not know of assignments", () => {
  const there = temporaryPlaces();
  writeNotebooks(there.places.notebooks, { "01-a": sound() });
  const claiming = faultyAssignment((cells) => {
    const claims = [{ id: "lit/x/y", verdict: "holds" }];
    const output = judged("application/vnd.backpropagation.claims+json");
    Object.assign(Object.values(output.data ?? {})[0] as object, { claims });
    cells.setup.outputs?.push(output);
  });
  writeAssignments(there.places.notebooks, { "A1-a": claiming });
  assert.deepEqual(collectClaims(there.places.notebooks), []);
  there.remove();
});

describe("the READMEs", () => {
  const there = temporaryPlaces();
  after(there.remove);
  const { notebooks } = there.places;
  const MARKS = "<!-- collection: written by `npm run collection` -->\n<!-- /collection -->\n";
  const OWN = "<!-- assignments: written by `npm run collection` -->\n<!-- /assignments -->\n";
  const readmes = (text: string) => {
    for (const name of ["README.md", "README.zh.md"]) writeFileSync(path.join(there.folder, name), text);
  };
  const read = (name: string) => readFileSync(path.join(there.folder, name), "utf8");
  const places = { notebooks, documents: there.folder };
  const findings = () =>
    collectionFindings(places).map((finding) => inWords(finding).replaceAll(`${there.folder}/`, ""));
  const write = async () => {
    let said = "";
    const code = await writeCollection({
      ...places,
      write: (more) => {
        said += more;
      },
    });
    return { code, said: plain(said) };
  };

  test("list each assignment with what it is about, what it builds on, and its points", async () => {
    readmes(`# T\n\n${MARKS}\nBetween.\n\n${OWN}\nEnd.\n`);
    const json = sound();
    const summary = { en: "One. Two. Three.", zh: "一。二。三。" };
    json.metadata.backpropagation = { summary, prerequisites: [], terms: [] };
    json.cells[0].source = "# A\n\nPurpose.";
    writeNotebooks(notebooks, { "01-a": json });
    const needs = ["01-a", { en: "sums", zh: "求和" }];
    writeAssignments(notebooks, {
      "A1-once": saying({ prerequisites: needs }),
      "A2-twice": saying({ prerequisites: ["A1-once"], terms: [] }),
    });
    const { code, said } = await write();
    assert.equal(code, 0, said);
    assert.match(said, /^1 notebooks, /m, "assignments are no notebooks of the collection");
    assert.deepEqual(findings(), []);
    const needed = "[01](notebooks/01-a.ipynb)";
    assert.ok(
      read("README.md").includes(
        [
          "Between.",
          "",
          "<!-- assignments: written by `npm run collection` -->",
          "",
          "| assignment | what it is about | builds on | points |",
          "| --- | --- | --- | --- |",
          `| [A1-once](notebooks/assignments/A1-once.ipynb) | Doubling, written out \\| twice. | ${needed}, sums | 4 |`,
          "| [A2-twice](notebooks/assignments/A2-twice.ipynb) | Doubling, written out \\| twice. | [A1](notebooks/assignments/A1-once.ipynb) | 4 |",
          "",
          "<!-- /assignments -->",
          "",
          "End.",
        ].join("\n"),
      ),
      read("README.md"),
    );
    assert.match(read("README.zh.md"), /^\| \[A2-twice\]\(.*\) \| 写出翻倍。 \| \[A1\]\(.*\) \| 4 \|$/m);
    assert.match(read("README.zh.md"), /写出翻倍。 \| .*, 求和 \| 4 \|/);
  });

  test("nothing is generated into an assignment", () => {
    const file = path.join(notebooks, "assignments", "A1-once.ipynb");
    const { cells }: NotebookJson = JSON.parse(readFileSync(file, "utf8"));
    assert.deepEqual(
      cells.map(({ id }) => id),
      ["title", "setup", "doubled-twice", "check-doubled-twice", "close"],
    );
  });

  test("are stale when points change, and say which lines they lack", async () => {
    const more = saying({ prerequisites: [] });
    (more.cells[3].metadata.nbgrader as { points: number }).points = 5;
    writeAssignments(notebooks, { "A1-once": more });
    assert.deepEqual(findings(), [
      "README.md: does not follow from the notebooks' metadata (npm run collection)",
      "README.zh.md: does not follow from the notebooks' metadata (npm run collection)",
    ]);
    readmes(`# T\n\n${MARKS}`);
    assert.match(
      findings().join("\n"),
      /README\.md has no place for the table of the assignments: write the/,
    );
  });

  test("what an assignment says wrong of itself is named", () => {
    writeAssignments(notebooks, {
      "A1-once": saying({ prerequisites: ["A2-twice", "02-none"] }),
      "A2-twice": saying({ prerequisites: [], terms: [{}], points: 4, summary: { en: "One", zh: "一" } }),
      "A3-none": assignmentNotebook(),
      "A4-text": "[1]",
    });
    const untitled = saying({ prerequisites: [] });
    untitled.cells[0].source = "Doubling.";
    const bare = assignmentNotebook();
    bare.metadata.backpropagation = undefined;
    writeAssignments(notebooks, { "A3-none": bare, "A5-untitled": untitled });
    const said = readAssignments(notebooks).findings.map((finding) =>
      inWords(finding).replaceAll(`${notebooks}/assignments/`, ""),
    );
    const starts = (start: string) => said.some((line) => line.startsWith(start));
    assert.ok(
      starts(
        'A1-once.ipynb: needs "A2-twice", which is neither a notebook nor an earlier assignment (name one',
      ),
    );
    assert.ok(starts('A1-once.ipynb: needs "02-none", which is neither'));
    assert.ok(starts('A2-twice.ipynb: knows no "points" (there are summary, prerequisites, terms)'));
    assert.ok(starts("A2-twice.ipynb: summary has no whole sentence in both languages"));
    assert.ok(starts("A2-twice.ipynb: introduces terms, which notebooks of the collection do"));
    assert.ok(starts('A3-none.ipynb: has no metadata "backpropagation": {"summary": {"en":'));
    assert.ok(said.some((line) => /A4-text\.ipynb.* is JSON, but not a notebook/.test(line)));
    assert.ok(starts('A5-untitled.ipynb: does not begin with a heading, "# Title'));
  });
});

describe("reports", () => {
  const there = temporaryPlaces();
  after(there.remove);
  const { notebooks, reports } = there.places;
  const export_ = (folder: string, name: string, number: string) =>
    exportReport({ number, notebookPath: path.join(folder, `${name}.ipynb`), outDir: reports });
  const page = (name: string) => parsePage(readFileSync(path.join(reports, `${name}.html`), "utf8"));
  const texts = (name: string, selector: string) =>
    [...page(name).querySelectorAll(selector)].map((element) => element.textContent);

  before(async () => {
    mkdirSync(reports);
    const json = sound();
    json.cells[0].source = "# The first\n\nPurpose.";
    writeNotebooks(notebooks, { "01-a": json });
    writeAssignments(notebooks, {
      "A2-b": saying({ prerequisites: ["01-a", "A10-c"] }, "A2. Doubling"),
      "A10-c": assignmentNotebook(),
    });
    await export_(notebooks, "01-a", "01");
    for (const name of ["A2-b", "A10-c"])
      await export_(path.join(notebooks, "assignments"), name, name.split("-")[0]);
    await writeIndex(reports);
  });

  test("an assignment's page says first for whom it is", () => {
    assert.deepEqual(texts("A2-b", ".notice"), ["For teachers: this page shows the answers."]);
    assert.deepEqual(texts("01-a", ".notice"), []);
    assert.match(texts("A2-b", ".code").join("\n"), /return 4 \* x/);
  });

  test("the index has a section for them, in the order of their numbers, with points and what they build on", () => {
    assert.deepEqual(texts("index", ".reports h2"), ["01. The first"]);
    assert.deepEqual(texts("index", ".reports h3"), ["A2. Doubling", "A10. Doubling"]);
    assert.deepEqual(texts("index", "#assignments"), ["Assignments"]);
    assert.deepEqual(texts("index", "#assignments + p"), ["For teachers: these pages show the answers."]);
    const facts = texts("index", "#assignments ~ ol li:first-child dl > div").slice(0, 2);
    assert.deepEqual(facts, ["Builds on01-a, A10-c", "Points4"]);
    const links = [...page("index").querySelectorAll("#assignments ~ ol li:first-child a")];
    assert.deepEqual(
      links.map((link) => link.getAttribute("href")),
      ["A2-b.html", "01-a.html", "A10-c.html"],
    );
    const byline = texts("index", ".byline span");
    assert.ok(byline.includes("1 report") && byline.includes("2 assignments"), byline.join(", "));
    assert.ok(texts("index", "p[lang=zh]").includes(SUMMARY.zh));
  });

  test("for students they are removed, and the index is without them", async () => {
    writeFileSync(path.join(reports, "mine.html"), "<p>mine</p>");
    removeAnswers(reports);
    await writeIndex(reports);
    assert.deepEqual(readdirSync(reports).sort(), ["01-a.html", "index.html", "mine.html"]);
    assert.deepEqual(texts("index", "#assignments"), []);
    removeAnswers(path.join(there.folder, "none"));
  });

  test("--for-students and an assignment's name do not go together", () => {
    const [name] = listAssignments(path.join(ROOT, "notebooks"));
    if (!name) return;
    const program = `require("./scripts/report/report").report({ notebooks: ["${name}"], forStudents: true }).then((code) => process.exit(code));`;
    const ended = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    assert.equal(ended.status, 2, ended.stderr);
    assert.ok(ended.stderr.includes(`The report of ${name} shows the answers`), ended.stderr);
  });
});
