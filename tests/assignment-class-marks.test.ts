/** From what was computed and what teachers add to a student's mark; the course's secret; what a class's table says. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, describe } from "node:test";
import { tokensOf } from "../scripts/assignment/child/tokens";
import { placesIn } from "../scripts/assignment/class/course";
import { classMarks, finalMarks } from "../scripts/assignment/class/final-marks";
import { type Graded, writeGraded } from "../scripts/assignment/class/journal";
import { movesBetween } from "../scripts/assignment/class/moved";
import { openSecret } from "../scripts/assignment/class/secret";
import { readSettings, usualSettings } from "../scripts/assignment/class/settings";
import { summaryOf } from "../scripts/assignment/class/summary";
import { classTables, movesText } from "../scripts/assignment/class/tables";
import type { Slip } from "../scripts/assignment/mark/part";
import { similarPairs } from "../scripts/assignment/similarity/similar";

const folder = mkdtempSync(path.join(tmpdir(), "class-marks-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const newCourse = () => path.join(folder, `course-${count++}`);

const slip = (id: string): Slip => ({
  question: "dense",
  id,
  wrong: { en: `${id} is wrong`, zh: `${id} 错了` },
  read: "note 001",
});

/** A student with so many of 4 points for the one part and of 2 for the other. */
function graded(student: string, dense: number, relu: number, more: Partial<Graded> = {}): Graded {
  const aspect = (points: number, earned: number) => ({ id: "all", title: "all", points, earned });
  const mark = {
    assignment: "A3",
    submission: "abc",
    parts: [
      {
        id: "dense",
        title: "dense",
        aspects: [aspect(3, Math.min(3, dense)), aspect(1, Math.max(0, dense - 3))],
      },
      { id: "relu", title: "ReLU", aspects: [aspect(2, relu)] },
    ],
  };
  return { student, key: { file: "f", paper: "p", secret: "s" }, mark, answers: [], ...more };
}

/** A course with these marks, and files that are kept by hand. */
function courseWith(marks: readonly Graded[], byHand: { manual?: string; settings?: string } = {}): string {
  const course = newCourse();
  const places = placesIn(course, "A3");
  for (const mark of marks) writeGraded(places.marks, mark);
  if (byHand.manual !== undefined) {
    mkdirSync(path.dirname(places.manual), { recursive: true });
    writeFileSync(places.manual, byHand.manual);
  }
  mkdirSync(course, { recursive: true });
  if (byHand.settings !== undefined) writeFileSync(places.settings, byHand.settings);
  return course;
}

const totals = (course: string) =>
  Object.fromEntries(finalMarks(course, "A3").map(({ student, total }) => [student, total]));

describe("a student's mark", () => {
  test("is the sum of the parts, of all that there are", () => {
    const course = courseWith([graded("ben", 2.5, 0), graded("anna", 4, 2)]);
    assert.deepEqual(
      finalMarks(course, "A3").map(({ student, total, maximum }) => [student, total, maximum]),
      [
        ["anna", 6, 6],
        ["ben", 2.5, 6],
      ],
    );
    assert.deepEqual(finalMarks(newCourse(), "A3"), []);
  });

  test("has points by hand in the place of a part's, and loses a share for each late day", () => {
    const manual = JSON.stringify({
      anna: { lateDays: 2, comment: "see me" },
      ben: { parts: { relu: { points: 1.5, comment: "the idea is right" } } },
      chen: { lateDays: 20 },
      dora: { lateDays: 1, parts: { dense: { points: 0 } } },
      emil: { lateDays: 3 },
    });
    const marks = ["anna", "ben", "chen", "dora"].map((student) => graded(student, 4, 1));
    const course = courseWith(marks, { manual });
    // 5 · (1 − 0.2); 4 + 1.5; 5 · 0; 1 · 0.9
    assert.deepEqual(totals(course), { anna: 4, ben: 5.5, chen: 0, dora: 0.9 });
    assert.equal(finalMarks(course, "A3")[0].lateDays, 2);
    assert.equal(finalMarks(course, "A3")[0].manual.comment, "see me");
    assert.deepEqual(classMarks(course, "A3").strangers, ["emil"]);
  });

  test("keeps to the course's policy and rounding", () => {
    const manual = JSON.stringify({ anna: { lateDays: 2 }, ben: { lateDays: 9 }, chen: { lateDays: 1 } });
    const settings = JSON.stringify({
      late: { penaltyPerDay: 0.25, graceDays: 1, most: 0.5 },
      rounding: 0.5,
    });
    const marks = ["anna", "ben", "chen"].map((student) => graded(student, 4, 1));
    // 5 · 0.75 = 3.75, a half up to 4; 5 · 0.5; a day of grace
    assert.deepEqual(totals(courseWith(marks, { manual, settings })), { anna: 4, ben: 2.5, chen: 5 });
    // 1.005 is 1.00499999999999989… in binary, and its half goes up all the same
    const half = { ...usualSettings, rounding: 0.01 };
    assert.deepEqual(readSettings(path.join(folder, "none")), half);
    assert.deepEqual(totals(courseWith([graded("anna", 1.005, 0)])), { anna: 1.01 });
    const late = JSON.stringify({ late: { graceDays: 2 } });
    assert.equal(
      readSettings(placesIn(courseWith([], { settings: late }), "A3").settings).late.penaltyPerDay,
      0.1,
    );
  });

  for (const [what, byHand, words] of [
    [
      "no JSON",
      { manual: '{ "anna": {\n  "lateDays": 1,,\n} }' },
      /manual\/A3\.json cannot.*\n {2}line 2, column 17: no JSON/,
    ],
    [
      "a misspelt field",
      { manual: '{"anna": {"lateDay": 1}}' },
      /anna: must NOT have additional properties "lateDay"/,
    ],
    ["negative days", { manual: '{"anna": {"lateDays": -1}}' }, /anna\.lateDays: must be >= 0/],
    [
      "a text for points",
      { manual: '{"a/b": {"parts": {"dense": {"points": "2"}}}}' },
      /a\/b\.parts\.dense\.points: must be number/,
    ],
    [
      "an unknown part",
      { manual: '{"anna": {"parts": {"dens": {}}}}' },
      /anna\.parts\.dens: there is no such part \(there are dense, relu\)/,
    ],
    [
      "too many points",
      { manual: '{"anna": {"parts": {"dense": {"points": 4.5}}}}' },
      /anna\.parts\.dense\.points: 4\.5 is more than the part's 4/,
    ],
    [
      "a share beyond 1",
      { settings: '{"late": {"penaltyPerDay": 10}}' },
      /course\.json cannot.*\n {2}late\.penaltyPerDay: must be <= 1/,
    ],
    ["no rounding", { settings: '{"rounding": 0}' }, /rounding: must be > 0/],
  ] as const)
    test(`is refused with the place where what is kept by hand has ${what}`, () => {
      const course = courseWith([graded("anna", 4, 2)], byHand);
      assert.throws(() => finalMarks(course, "A3"), { name: "BadInput", message: words });
    });
});

describe("the secret", () => {
  test("is made at the first use, of 32 bytes, for its owner alone, and stays", () => {
    const file = path.join(newCourse(), "secret");
    const secret = openSecret(file);
    assert.equal(secret.length, 32);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(readFileSync(file, "utf8"), /^[0-9a-f]{64}\n$/);
    assert.deepEqual(openSecret(file), secret);
    assert.notDeepEqual(openSecret(path.join(newCourse(), "secret")), secret);
  });

  test("is refused if others may read it, or it is damaged, and is not shown", () => {
    const file = path.join(newCourse(), "secret");
    const secret = Buffer.from(openSecret(file)).toString("hex");
    chmodSync(file, 0o640);
    assert.throws(() => openSecret(file), /may be read by others \(mode 640\).*chmod 600/);
    chmodSync(file, 0o600);
    for (const damaged of ["", secret.slice(1), `${secret}00`, secret.toUpperCase().replace(/^./, "G")]) {
      writeFileSync(file, damaged);
      assert.throws(
        () => openSecret(file),
        ({ message }: Error) =>
          /is damaged: .*Put it back/.test(message) && !message.includes(secret.slice(1, 9)),
      );
    }
  });
});

const summary = (list: readonly Graded[], manual = "{}", settings = "{}") => {
  const { graded: all, marks } = classMarks(courseWith(list, { manual, settings }), "A3");
  return { all, marks, of: summaryOf("A3", all, marks, [], []) };
};

describe("what moved", () => {
  const before = summary([graded("anna", 4, 2), graded("ben", 2, 2), graded("chen", 1, 1)]).of.students;
  const key = { file: "f", paper: "p", secret: "s" };

  test("is told by part, with before, after and why", () => {
    const after = summary(
      [
        graded("anna", 3, 2, { key: { ...key, file: "g" } }),
        graded("ben", 2, 1, { key: { ...key, paper: "q", secret: "t" } }),
        graded("chen", 1, 1),
        graded("dora", 4, 2),
      ],
      '{"chen": {"parts": {"relu": {"points": 2}}}}',
    ).of.students;
    const moves = movesBetween(before, after);
    assert.equal(
      movesText(moves),
      `6 marks moved:
  anna, dense: 4 → 3 (answer changed)
  anna, total: 6 → 5 (answer changed)
  ben, relu: 2 → 1 (paper changed, secret changed)
  ben, total: 4 → 3 (paper changed, secret changed)
  chen, relu: 1 → 2 (manual changed)
  chen, total: 2 → 3 (manual changed)`,
    );
  });

  test("is nothing where a mark is the same, whatever it came from", () => {
    const same = summary([graded("anna", 4, 2, { key: { ...key, file: "g" } }), graded("ben", 2, 2)]).of;
    assert.deepEqual(movesBetween(before, same.students), []);
    assert.equal(movesText([]), "");
  });

  test("may be a total alone, by the course's settings", () => {
    const after = summary([graded("anna", 3.4, 2)], "{}", '{"rounding": 1}').of.students;
    const exact = summary([graded("anna", 3.4, 2)]).of.students;
    assert.equal(
      movesText(movesBetween(exact, after)),
      "1 mark moved:\n  anna, total: 5.4 → 5 (course.json changed)",
    );
  });
});

test("the class's table has marks, medians, failures, mistakes and similar answers, and obeys no student", () => {
  const withSlips = (one: Graded, ...ids: string[]): Graded => ({
    ...one,
    mark: {
      ...one.mark,
      parts: one.mark.parts.map((part, k) => (k === 0 ? { ...part, slips: ids.map(slip) } : part)),
    },
  });
  const broken = graded("dora", 0, 0, { note: "of 2 notebooks x\u001b[31m.ipynb" });
  const { all, marks } = summary(
    [
      graded("anna", 4, 2),
      withSlips(graded("ben", 2, 2), "summed", "transposed"),
      withSlips(graded("chen", 1, 0), "summed"),
      { ...broken, mark: { ...broken.mark, unreadable: "no JSON\n\u001b[2Jat all" } },
    ],
    '{"chen": {"lateDays": 1, "parts": {"relu": {"points": 1}}}}',
  );
  const failed = [{ student: "emil", message: "a defect" }];
  const similar = [{ students: ["anna", "ben"], shares: [0.9, 0.444], functions: ["f", "g"] }] as const;
  const made = summaryOf("A3", all, marks, failed, similar);
  assert.deepEqual(made.totals, { lowest: 0, median: 2.9, highest: 6 });
  assert.deepEqual(
    made.parts.map(({ id, median, all: full, none }) => [id, median, full, none]),
    [
      ["dense", 1.5, 1, 1],
      ["relu", 1.5, 2, 1],
    ],
  );
  const text = classTables(made, marks, all);
  for (const line of [
    /│ anna +│ +4 │ +2 │ +│ +6 │/,
    /│ chen +│ +1 │ +1\* │ +1 │ +1\.8 │/,
    /│ of +│ +4 │ +2 │ +│ +6 │/,
    /\* points by hand/,
    /4 students: from 0 to 6 of 6 points, median 2\.9/,
    /dora: no JSON \[2Jat all/,
    /emil: could not be graded: a defect/,
    /2 students, dense: summed is wrong \(note 001\)\n {2}1 student, dense: transposed/,
    /anna 90 %, ben 44 %: f, g/,
  ])
    assert.match(text, line);
  assert.ok(!text.includes("\u001b"), "a terminal would obey it");
});

describe("similar answers", () => {
  const tokens = (source: string) => tokensOf(source).join("\n");
  const written = (student: string, source: string) => ({
    student,
    answers: [{ name: "denseBackward", tokens: tokens(source) }],
  });
  const oneForm = (d: string) => `function denseBackward({ weights: W }, { A }, ${d}: Matrix) {
    return { gradients: { weights: multiplyTransposeRight(${d}, A), bias: rowSums(${d}) }, dInput: multiplyTransposeLeft(W, ${d}) };
  }`;
  const byLoops = (d: string, g: string, more = "") => `function denseBackward(params, cache, ${d}) {
    const ${g} = zeros(params.weights.rows, params.weights.cols); ${more}
    for (let i = 0; i < ${g}.rows; i++)
      for (let j = 0; j < ${g}.cols; j++)
        for (let k = 0; k < ${d}.cols; k++) ${g}.data[i * ${g}.cols + j] += at(${d}, i, k) * at(cache.A, j, k);
    return { gradients: { weights: ${g}, bias: rowSums(${d}) }, dInput: multiply(transpose(params.weights), ${d}) };
  }`;
  const otherwise = `function denseBackward(p, c, delta) {
    const samples = columnsOf(delta).map((column, n) => outerProduct(column, columnsOf(c.A)[n]));
    const weights = samples.reduce((sum, one) => add(sum, one));
    return { gradients: { weights, bias: delta.rowTotals() }, dInput: p.weights.transposed().times(delta) };
  }`;
  const formula = Array.from({ length: 30 }, (_, k) => written(`s${k}`, oneForm(`d${k}`)));
  const pairs = (...more: ReturnType<typeof written>[]) =>
    similarPairs([...formula, ...more], []).map(({ students, functions }) => [...students, ...functions]);

  test("tokens are the same whatever is renamed, annotated, commented or laid out otherwise", () => {
    const typed =
      "function f(a: Matrix): number { const b = rows<X>(a as Y, 1e3, `x`); return b < 2 ? a : b; } // c";
    const untyped = 'function g(\n  x,\n) { let y = rows(x, 1000, "z"); return y < 2 ? x : y }';
    assert.equal(tokens(typed), tokens(untyped));
    assert.deepEqual(tokensOf("const a = lib.b(c) + 2;"), [
      "let",
      "name",
      "=",
      "lib",
      ".",
      "b",
      "(",
      "c",
      ")",
      "+",
      "2",
    ]);
  });

  test("are those that two have and hardly anybody else, with other names too", () => {
    const copy = byLoops("delta", "gradient").replaceAll("i++", "i++ /* rows */");
    assert.deepEqual(pairs(written("x", byLoops("d", "g")), written("y", copy)), [
      ["x", "y", "denseBackward"],
    ]);
    const longer = byLoops("d", "q", "if (params.weights.rows === 0) return nothing(params, cache, d, 17);");
    assert.deepEqual(pairs(written("x", byLoops("d", "g")), written("y", longer)), [
      ["x", "y", "denseBackward"],
    ]);
  });

  test("are not those that have the formula's one form, nor what was written otherwise", () => {
    assert.deepEqual(pairs(), []);
    assert.deepEqual(similarPairs(formula.slice(0, 3), []), [], "all of a small class");
    assert.deepEqual(pairs(written("x", byLoops("d", "g")), written("y", otherwise)), []);
  });

  test("are not what was handed out", () => {
    const two = [written("x", byLoops("d", "g")), written("y", byLoops("d", "g"))];
    assert.equal(similarPairs(two, []).length, 1);
    assert.deepEqual(similarPairs(two, [tokensOf(byLoops("a", "b"))]), []);
    assert.deepEqual(similarPairs(two, [])[0].shares, [1, 1]);
  });
});
