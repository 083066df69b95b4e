/** A class, from what was handed in to its marks: with any number of workers, interrupted, again, and after changes. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, describe } from "node:test";
import { zipSync } from "fflate";
import { placesIn } from "../scripts/assignment/class/course";
import { finalMarks } from "../scripts/assignment/class/final-marks";
import type { GradeOptions } from "../scripts/assignment/class/grade";
import { gradeClass } from "../scripts/assignment/class/grade-class";
import { allGraded } from "../scripts/assignment/class/journal";
import { pointsOf } from "../scripts/assignment/class/student-mark";
import { given } from "../scripts/assignment/mark/arguments";
import { runLimits } from "../scripts/assignment/sandbox/limits";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { gradeSquares, prepared } from "./assignment-class-driver";
import { type Example, examples, notebook, scaled, squared } from "./support/class-answers";

const folder = mkdtempSync(path.join(tmpdir(), "class-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const cache = path.join(folder, "cache");
mkdirSync(cache);

let count = 0;
const newFolder = (what: string) => path.join(folder, `${what}-${count++}`);

/** A folder of submissions: as folders, nbgrader's folders, notebooks and zips in turn. */
function handIn(submissions: readonly Example[]): string {
  const place = newFolder("in");
  const put = (name: string, bytes: string | Uint8Array) => {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), bytes);
  };
  submissions.forEach(({ text }, k) => {
    const name = nameOf(k);
    if (k % 4 === 0) put(`${name}/T1-squares.ipynb`, text);
    if (k % 4 === 1) put(`${name}/T1/T1-squares.ipynb`, text);
    if (k % 4 === 2) put(`${name}.ipynb`, text);
    if (k % 4 === 3) put(`${name}.zip`, zipSync({ "T1-squares.ipynb": Buffer.from(text) }));
  });
  return place;
}

/** A folder of notebooks by these names. */
function handInNamed(notebooks: Readonly<Record<string, string>>): string {
  const place = newFolder("in");
  mkdirSync(place);
  for (const [name, text] of Object.entries(notebooks))
    writeFileSync(path.join(place, `${name}.ipynb`), text);
  return place;
}

const nameOf = (k: number) => `s${String(k).padStart(3, "0")}`;

const options = (course: string, more: Partial<GradeOptions> = {}): GradeOptions => ({
  assignment: "T1",
  course,
  ...more,
});

/** Grades here; gives the exit code and what was printed. */
async function gradeHere(place: string, course: string, more: Partial<GradeOptions> = {}, version?: string) {
  let output = "";
  const job = { folder: place, options: options(course, more), cache, version };
  const code = await gradeSquares(job, (text) => {
    output += text;
  });
  return { code, output };
}

/** Begins grading in a process of its own. */
function gradeElsewhere(place: string, course: string, workers: string) {
  const driver = path.join(__dirname, "assignment-class-driver.ts");
  const job = JSON.stringify({ folder: place, options: options(course, { workers }), cache });
  const child = spawn(process.execPath, ["--import", "tsx", driver, job], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
  return { child, ended };
}

/** By path, the bytes of all files of a course, but for those that are half written when a process is ended. */
const filesOf = (course: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(course, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(path.join(course, name)).isFile() && !/\.json\.\d+$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(path.join(course, name), "latin1")]),
  );

const finished = (course: string) => {
  const { marks } = placesIn(course, "T1");
  return existsSync(marks) ? readdirSync(marks).filter((name) => name.endsWith(".json")).length : 0;
};

const pointsIn = (course: string) =>
  Object.fromEntries(
    finalMarks(course, "T1").map(({ student, mark, manual }) => [
      student,
      mark.parts.map((part) => pointsOf(part, manual)),
    ]),
  );

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 600_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

describe("a class", { skip: sandboxProblem() ?? false }, () => {
  test("of 200, ended half-way and graded on, has the same marks byte for byte as in one go", async () => {
    const class_ = examples(200);
    const place = handIn(class_);
    const [whole, halved] = [newFolder("course"), newFolder("course")];
    const first = await gradeElsewhere(place, whole, "2").ended;
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /T1: 200 graded, /);
    mkdirSync(halved);
    cpSync(path.join(whole, "secret"), path.join(halved, "secret"));
    const { child, ended } = gradeElsewhere(place, halved, "3");
    await until(() => finished(halved) >= 70);
    child.kill("SIGKILL");
    await ended;
    const half = finished(halved);
    assert.ok(half < 200, "it was ended too late to be half-way");
    assert.ok(!existsSync(placesIn(halved, "T1").results), "results of half a class");
    const second = await gradeElsewhere(place, halved, "2").ended;
    assert.equal(second.code, 0, second.output);
    assert.match(second.output, new RegExp(`T1: ${200 - half} graded, ${half} kept from before, `));
    assert.deepEqual(filesOf(halved), filesOf(whole));
    assert.deepEqual(pointsIn(whole), Object.fromEntries(class_.map(({ points }, k) => [nameOf(k), points])));
    const again = await gradeHere(place, whole);
    assert.match(again.output, /T1: 0 graded, 200 kept from before/);
    assert.deepEqual(filesOf(whole), filesOf(halved), "a second run changes no byte");
  });

  test("ended by Ctrl-C says how to go on, and keeps who is graded", async () => {
    const place = handIn(examples(60));
    const course = newFolder("course");
    const { child, ended } = gradeElsewhere(place, course, "2");
    await until(() => finished(course) >= 3);
    child.kill("SIGINT");
    const { code, output } = await ended;
    assert.equal(code, 130, output);
    assert.match(output, /Interrupted\. Who is graded is graded/);
    const marks = allGraded(placesIn(course, "T1").marks);
    assert.ok(marks.length < 60, "it was ended too late");
    for (const { student, mark } of marks) {
      const earned = mark.parts.map((part) => pointsOf(part, {}));
      assert.deepEqual(earned, examples(60)[Number(student.slice(1))].points, student);
    }
  });

  test("keeps what was added by hand, and says of each mark that moved why it did", async () => {
    const course = newFolder("course");
    const { manual } = placesIn(course, "T1");
    const wrong = notebook("function squared(x: number) {\n  return x;\n}", scaled);
    const right = notebook(squared, scaled);
    const first = await gradeHere(handInNamed({ "Anna Ö": wrong, ben: wrong, chen: right }), course);
    assert.deepEqual(pointsIn(course), { "Anna-Ö": [0, 2], ben: [0, 2], chen: [3, 2] });
    assert.equal(first.code, 0);
    assert.ok(!/moved/.test(first.output));
    mkdirSync(path.dirname(manual));
    writeFileSync(
      manual,
      '{"ben": {"comment": "by mouth", "parts": {"squared": {"points": 1}}}, "dora": {}}',
    );
    const later = handInNamed({ "Anna Ö": right });
    writeFileSync(path.join(later, "chen.zip"), "no zip");
    const second = await gradeHere(later, course);
    assert.match(
      second.output,
      /│ chen .*as handed in before: no notebook of T1 in chen; the zip chen\.zip cannot/,
    );
    assert.match(second.output, /T1: 1 graded, 2 kept from before/);
    const moved = `4 marks moved:
  Anna-Ö, squared: 0 → 3 (answer changed)
  Anna-Ö, total: 2 → 5 (answer changed)
  ben, squared: 0 → 1 (manual changed)
  ben, total: 2 → 3 (manual changed)
`;
    assert.ok(second.output.includes(moved), second.output);
    assert.match(second.output, /manual\/T1\.json has entries of dora, who handed in nothing/);
    assert.equal(second.code, 1, "an entry that is nobody's");
    const third = await gradeHere(handInNamed({ ben: right }), course, { only: ["ben"] }, "2");
    assert.match(third.output, /T1: 1 graded, /);
    assert.deepEqual(pointsIn(course), { "Anna-Ö": [3, 2], ben: [1, 2], chen: [3, 2] });
    assert.ok(!/moved/.test(third.output), "what counts is the same, by hand");
    const own = path.join(course, "submitted");
    const fourth = await gradeHere(own, course, {}, "2");
    assert.match(fourth.output, /T1: 2 graded, 1 kept from before/);
    assert.ok(!/moved/.test(fourth.output), "another paper, the same marks");
  });

  test("is graded beside those that loop in every part, are of 100 MB, or show a defect of the marking", async () => {
    const loops = notebook("function squared() {\n  for (;;);\n}", "function scaled() {\n  for (;;);\n}");
    const large = JSON.parse(notebook(squared, scaled));
    large.cells[0].outputs = [{ output_type: "stream", name: "stdout", text: "x".repeat(1e8) }];
    const good = Object.fromEntries(
      [1, 2, 3, 4].map((k) => [`good${k}`, notebook(`${squared} // ${k}`, scaled)]),
    );
    const place = handInNamed({
      aloop: loops,
      bloop: `${loops} `,
      clarge: JSON.stringify(large),
      defect: notebook("function squared() {\n  return 12345;\n}", scaled),
      ...good,
    });
    const journal = newFolder("marks");
    const { paper, inside } = await prepared(cache);
    const [square, scale] = paper.parts;
    const fragile = {
      ...square,
      async examine(exam: Parameters<typeof square.examine>[0]) {
        const [value] = await exam.call("squared", [given(2)]);
        if (value === 12345) throw new TypeError("a defect here");
        await square.examine(exam);
      },
    };
    const submissions = readdirSync(place).map((name) => ({
      student: name.split(".")[0],
      file: path.join(place, name),
    }));
    const done: number[] = [];
    const outcome = await gradeClass(submissions, {
      paper: { ...paper, parts: [fragile, scale] },
      inside,
      limits: { ...runLimits, cpuSeconds: 2 },
      secret: Buffer.from("secret"),
      hashes: { paper: "p", secret: "s" },
      journal,
      workers: 3,
      signal: new AbortController().signal,
      onDone: (now) => done.push(now),
    });
    assert.deepEqual(outcome, {
      graded: 7,
      kept: 0,
      failures: [{ student: "defect", message: "a defect here" }],
    });
    assert.deepEqual(done, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const marks = Object.fromEntries(allGraded(journal).map(({ student, mark }) => [student, mark]));
    assert.deepEqual(Object.keys(marks), ["aloop", "bloop", "clarge", ...Object.keys(good)]);
    for (const student of ["clarge", ...Object.keys(good)])
      assert.deepEqual(
        marks[student].parts.map((part) => pointsOf(part, {})),
        [3, 2],
        student,
      );
    for (const student of ["aloop", "bloop"])
      for (const { aspects } of marks[student].parts)
        for (const { earned, words } of aspects) {
          assert.equal(earned, 0);
          assert.match(words ?? "", /did not come to an end/);
        }
  });

  test("is refused before anything runs where its place or its confinement is none", async () => {
    const place = handInNamed({ anna: notebook(squared, scaled) });
    for (const [more, words] of [
      [{ confine: "jail" }, /--confine jail: it must be bubblewrap, container, none/],
      [{ confine: "none" }, /add --i-trust-every-submission/],
      [{ workers: "0" }, /--workers 0/],
      [{ assignment: "A9" }, /no assignment "A9"/],
      [{ only: ["ben"] }, /nothing was handed in by ben/],
      [{ course: "/usr/lib/course" }, /lies in \/usr\/lib/],
    ] as const) {
      const course = newFolder("course");
      await assert.rejects(gradeHere(place, course, more), { name: "BadInput", message: words });
      assert.equal(finished(course), 0);
    }
    await assert.rejects(gradeHere("/usr/lib", newFolder("course")), /lies in \/usr\/lib/);
  });

  test("is graded without a sandbox by who says so in so many words", async () => {
    const course = newFolder("course");
    const place = handInNamed({ anna: notebook(squared, scaled) });
    await gradeHere(place, course, { confine: "none", iTrustEverySubmission: true });
    assert.deepEqual(pointsIn(course), { anna: [3, 2] });
  });
});
