/** Marks in nbgrader's gradebook, and the feedback pages that it writes. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import type { StudentMark } from "../scripts/assignment/class/student-mark";
import { nbgraderEnvironment, nbgraderPython } from "../scripts/assignment/nbgrader/run-nbgrader";
import { writeGradebook } from "../scripts/assignment/nbgrader/write-gradebook";
import { readNotebook } from "../scripts/assignment/submission/read-notebook";
import { setUp } from "../scripts/setup/setup";
import { noBrowser, startChromium } from "./support/chromium";
import { visitQuiet } from "./support/offline-page";
import { markOf, studentWith, unreadMark } from "./support/small-class";
import {
  codeCell,
  handedIn,
  notebookOf,
  rightDouble,
  rightSquare,
  smallAssignment,
  smallSource,
} from "./support/small-paper";

const { id, notebook } = smallAssignment;
const release = path.join(__dirname, "../scripts/assignment/nbgrader/release.py");

const query = `
import json, sys
from nbgrader.api import Gradebook
course, assignment = sys.argv[1:]
with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
    print(json.dumps({
        submission.student.id: {
            "score": submission.score,
            "late": submission.notebooks[0].late_submission_penalty,
            "time": submission.timestamp and submission.timestamp.isoformat(),
            "grades": {grade.name: [grade.auto_score, grade.manual_score, grade.needs_manual_grade]
                       for grade in submission.notebooks[0].grades},
            "comments": {comment.name: comment.auto_comment for comment in submission.notebooks[0].comments},
        }
        for submission in gradebook.assignment_submissions(assignment)
    }))
`;

interface Entry {
  readonly score: number;
  readonly late: number | null;
  readonly time: string | null;
  readonly grades: Readonly<Record<string, readonly [number | null, number | null, boolean]>>;
  readonly comments: Readonly<Record<string, string | null>>;
}

/** A submission, with what its grader would say. */
interface HandedIn {
  readonly text: string;
  readonly mark: StudentMark;
  readonly time?: string;
}

const asText = (value: object) => JSON.stringify(value);
const right = asText(handedIn(rightDouble, rightSquare));
const shown = (name: string, cells: readonly object[], mark = markOf([2, 1, 2.5])): [string, HandedIn] => [
  name,
  { text: asText(notebookOf(cells)), mark: studentWith(name, mark) },
];
const metadata = (gradeId: string) => ({ nbgrader: { grade_id: gradeId, schema_version: 1 } });

const slips = [
  {
    question: "double",
    id: "absolute",
    wrong: { en: "the sign is lost", zh: "丢失了符号" },
    read: "notebook 05",
  },
];

const students = new Map<string, HandedIn>([
  ["anna", { text: right, mark: studentWith("anna", markOf([2, 1, 2.5])), time: "2026-11-20 10:00:00 UTC" }],
  [
    "ben",
    {
      text: asText(handedIn("function double() { throw '</pre><script>1</script>' }", "// nothing")),
      mark: studentWith("ben", markOf([2, 0, 0], "</pre><script>document.title = 1</script>", slips), {
        comment: "Look at *signs* <b>again</b>, $x$",
        lateDays: 2,
        parts: { square: { points: 1, comment: "nearly" } },
      }),
      time: "the day before yesterday",
    },
  ],
  ["cara", { text: "{", mark: studentWith("cara", unreadMark("the notebook is no JSON")) }],
  // the answers' cells lost their names; another kernel
  shown("dora", [
    { ...codeCell(rightDouble), metadata: {} },
    { ...codeCell(rightSquare), metadata: {} },
  ]),
  // two cells of one name, and metadata of another schema and of none
  shown("emil", [
    codeCell("// an earlier answer", "double", { solution: true }),
    codeCell(rightDouble, "double", { solution: true }),
    { ...codeCell("1"), metadata: metadata("square") },
    { ...codeCell("2"), metadata: { nbgrader: 7 } },
  ]),
  [
    "Zoë_O-Brien.2@x",
    {
      text: '{"cells": [1, {"cell_type": "code"}]}',
      mark: studentWith("Zoë_O-Brien.2@x", markOf([0, 0, 0])),
    },
  ],
  // halves of characters, which no encoding has, and characters that control terminals
  shown(
    "finn",
    [
      codeCell("// \ud800 \u0000 \u001b[31m 好", "double", { solution: true }),
      codeCell(`const text = "\udfff${"x".repeat(100_000)}";`, "square", { solution: true }),
    ],
    markOf([0, 0, 0], "\ud800\u0000"),
  ),
]);

describe("nbgrader", () => {
  const course = mkdtempSync(path.join(tmpdir(), "course-"));
  const marks = () => [...students.values()].map(({ mark }) => mark);
  const write = (some: readonly StudentMark[]) =>
    writeGradebook(course, { id, notebook }, some, async (file) => readNotebook(file));
  const gradebook = (): Record<string, Entry> => {
    const { stdout, stderr } = spawnSync(nbgraderPython(), ["-c", query, course, id], { encoding: "utf8" });
    assert.ok(stdout, stderr);
    return JSON.parse(stdout);
  };
  const page = (student: string) =>
    readFileSync(path.join(course, "feedback", student, id, `${notebook}.html`), "utf8");
  const text = (student: string) =>
    page(student)
      .replace(/<(style|annotation)\b[\s\S]*?<\/\1>/g, "")
      .replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
  let problems: readonly string[] = [];
  const shares: number[] = [];
  let entries: Record<string, Entry> = {};

  before(async () => {
    await setUp("assignments");
    const source = path.join(course, "source", id);
    mkdirSync(source, { recursive: true });
    writeFileSync(path.join(source, `${notebook}.ipynb`), asText(smallSource));
    const python = nbgraderPython();
    const { status, stderr } = spawnSync(python, [release, course, id], {
      env: nbgraderEnvironment(python),
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    for (const [student, { text, time }] of students) {
      const folder = path.join(course, "submitted", student, id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${notebook}.ipynb`), text);
      if (time) writeFileSync(path.join(folder, "timestamp.txt"), time);
    }
    problems = await writeGradebook(
      course,
      { id, notebook },
      marks(),
      async (file) => readNotebook(file),
      (share) => shares.push(share),
    );
    entries = gradebook();
  });
  after(() => rmSync(course, { recursive: true, force: true }));

  test("has every student's points, whatever was handed in", () => {
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(entries).sort(), [...students.keys()].sort());
    assert.deepEqual(entries.anna.grades, {
      "check-double": [3, null, false],
      "check-square": [2.5, null, false],
    });
    assert.deepEqual(entries.cara.grades, {
      "check-double": [0, null, false],
      "check-square": [0, null, false],
    });
    assert.equal(entries.dora.score, 5.5);
    assert.equal(entries.emil.score, 5.5);
    assert.equal(entries["Zoë_O-Brien.2@x"].score, 0);
    assert.equal(entries.anna.time, "2026-11-20T10:00:00");
    assert.equal(entries.ben.time, null, "a time that cannot be read keeps nobody out");
    assert.deepEqual(entries.cara.comments, { double: "No response.", square: "No response." });
    assert.equal(shares.at(-1), 1);
  });

  test("has points by hand as its manual score, and what late days cost as its late penalty", () => {
    const { ben } = entries;
    assert.deepEqual(ben.grades, { "check-double": [2, null, false], "check-square": [0, 1, false] });
    assert.equal(ben.late, 0.6);
  });

  test("executes nothing, leaves what was handed in as it is, and keeps no folder of ours", () => {
    assert.deepEqual(
      readdirSync(course).filter((name) => name.startsWith(".nbgrader")),
      [],
    );
    const graded = JSON.parse(
      readFileSync(path.join(course, "autograded/ben", id, `${notebook}.ipynb`), "utf8"),
    );
    for (const cell of graded.cells)
      if (cell.metadata.nbgrader?.grade !== true && cell.cell_type === "code")
        assert.deepEqual([cell.outputs, cell.execution_count], [[], null], cell.source);
    const submitted = path.join(course, "submitted/cara", id, `${notebook}.ipynb`);
    assert.equal(readFileSync(submitted, "utf8"), "{", "what was handed in stays as it is");
  });

  test("writes pages with the answers, what is said to each part, and no hidden test", () => {
    const anna = text("anna");
    assert.match(anna, /anna: 5\.5 of 5\.5 points/);
    assert.match(anna, /return two \* x/);
    assert.match(anna, /the double: 3 of 3 points\n2x for x > 0: 2 of 2/);
    assert.doesNotMatch(anna, /hidden/i);
    const ben = text("ben");
    assert.match(ben, /Score: 2\.4 \/ 5\.5/);
    assert.match(ben, /Late by 2 days \(迟交 2 天\)/);
    assert.match(ben, /Look at \*signs\* <b>again<\/b>, \$x\$/, "the comment as it was written");
    assert.match(ben, /Diagnosis: the sign is lost\n诊断：丢失了符号\nTo read \(参阅\): notebook 05/);
    assert.match(ben, /Points by hand: 1 instead of 0\.\nComment: nearly/);
    assert.match(text("cara"), /could not be read \(提交无法读取\): the notebook is no JSON/);
    assert.match(
      text("dora"),
      /the submission has no cell of this name[\s\S]*Other cells of the submission[\s\S]*two \* x/,
    );
    assert.match(text("emil"), /two \* x/);
    assert.match(text("finn"), /\/\/ \ufffd {2}\[31m 好[\s\S]*… and so on/);
  });

  test("writes pages that load nothing and run nothing, with their formulas drawn", () => {
    for (const student of students.keys()) {
      const html = page(student);
      const body = html.replace(/<style\b[\s\S]*?<\/style>/g, "");
      assert.deepEqual(body.match(/<script\b.*|<link\b.*|\b(src|href)="(?!#|data:).*/g), null, student);
      assert.deepEqual(html.match(/url\((?!["']?(data:|%23)).{20}/g), null, student);
      assert.ok(/<math\b[\s\S]*∑/.test(body), student);
      assert.ok(!html.includes("report-formula"), student);
    }
  });

  describe("a page in a browser", { skip: noBrowser() }, () => {
    let browser: Browser | undefined;
    before(async () => {
      browser = await startChromium();
    });
    after(() => browser?.close());
    test("asks for nothing, complains of nothing, and shows the sum over the whole line", async () => {
      const address = pathToFileURL(path.join(course, "feedback/ben", id, `${notebook}.html`)).href;
      await visitQuiet(browser, address, {}, async (open) => {
        assert.equal(await open.title(), notebook);
        assert.equal(await open.locator("math").count(), 2);
        const box = await open.locator(".formula-block math").boundingBox();
        assert.ok(box && box.height > 25, `the sum is ${box?.height} px high`);
      });
    });
  });

  test("keeps a score that was entered in it, and drops one of ours that is no longer given", async () => {
    const enter = `
import sys
from nbgrader.api import Gradebook
with Gradebook(f"sqlite:///{sys.argv[1]}/gradebook.db") as gradebook:
    grade = gradebook.find_grade("check-double", "${notebook}", "${id}", "anna")
    grade.manual_score = 2.75
    gradebook.db.commit()
`;
    assert.equal(spawnSync(nbgraderPython(), ["-c", enter, course]).status, 0);
    const before = page("cara");
    const ben = studentWith("ben", markOf([2, 0, 0]));
    const anna = students.get("anna")?.mark as StudentMark;
    assert.deepEqual(await write([anna, ben]), []);
    const entries = gradebook();
    assert.deepEqual(
      entries.anna.grades["check-double"],
      [3, 2.75, true],
      "nbgrader asks for it to be looked at",
    );
    assert.deepEqual(entries.ben.grades["check-square"], [0, null, false]);
    assert.equal(entries.ben.late, null);
    assert.equal(page("cara"), before, "others' pages stay");
  });

  test("a submission that is gone since keeps its mark, and the page says nothing of its answers", async () => {
    rmSync(path.join(course, "submitted/dora"), { recursive: true });
    const dora = students.get("dora")?.mark as StudentMark;
    const said = await write([dora]);
    assert.equal(said.length, 1);
    assert.match(said[0], /^dora: the feedback does not show the answers/);
    assert.equal(gradebook().dora.score, 5.5);
  });

  test("refuses an assignment that was not released, or is another one by now", async () => {
    const again = { id: "S2", notebook };
    const [anna] = marks();
    await assert.rejects(
      writeGradebook(course, again, [anna], async () => []),
      /no S2 that was released.*release S2 --course/,
    );
    const released = path.join(course, "release/S2");
    mkdirSync(released, { recursive: true });
    const file = path.join(released, `${notebook}.ipynb`);
    const changed = asText(smallSource)
      .replace('"check-square"', '"check-cube"')
      .replace('"grade_id":"check-square"', '"grade_id":"check-cube"');
    writeFileSync(file, changed);
    await assert.rejects(
      writeGradebook(course, again, [anna], async () => []),
      /it has check-cube, which no part is graded for; it lacks check-square/,
    );
    writeFileSync(file, asText(smallSource));
    await assert.rejects(
      writeGradebook(course, again, [anna], async () => []),
      /no S2 that was released with nbgrader/,
      "the gradebook does not know it",
    );
    assert.equal(existsSync(path.join(course, "feedback/anna/S2")), false);
  });
});
