/** Marks as a learning management system, PrairieLearn and Gradescope read them. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, describe } from "node:test";
import Papa from "papaparse";
import { Compiler } from "../scripts/assignment/mark/compiler";
import { gradeSubmission } from "../scripts/assignment/mark/grade-submission";
import { prepareInside } from "../scripts/assignment/mark/inside";
import { gradescopeResults } from "../scripts/assignment/outputs/gradescope";
import { marksCsv } from "../scripts/assignment/outputs/marks-csv";
import { plainText } from "../scripts/assignment/outputs/plain-text";
import { prairieLearnResults } from "../scripts/assignment/outputs/prairielearn";
import {
  expectFormat,
  type Platform,
  platforms,
  resultsJson,
} from "../scripts/assignment/outputs/results-json";
import { writeOutputs } from "../scripts/assignment/outputs/write";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { markOf, studentWith, unreadMark } from "./support/small-class";
import { handedIn, rightDouble, rightSquare, smallAssignment, smallPaper } from "./support/small-paper";

const root = path.join(__dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "outputs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const slip = {
  question: "double",
  id: "double/absolute",
  wrong: { en: "the sign is lost", zh: "丢失了符号" },
  read: "notebook 05",
};

const anna = studentWith("anna", markOf([2, 1, 2.5]));
const ben = studentWith("ben", markOf([2, 0, 0], "double(-2.25) is 4.5, expected -4.5", [slip]), {
  comment: "Better",
  lateDays: 2,
  parts: { square: { points: 1, comment: "nearly" } },
});
const cara = studentWith("cara", unreadMark("the notebook is no JSON"));

describe("the table for a learning management system", () => {
  const parsed = (text: string) =>
    Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

  test("has a row for each student, with the points of each part, the total and the comments", () => {
    assert.deepEqual(parsed(marksCsv(["double", "square"], [anna, ben, cara])), [
      {
        student: "anna",
        double: "3",
        square: "2.5",
        total: "5.5",
        maximum: "5.5",
        "late days": "0",
        comment: "",
      },
      {
        student: "ben",
        double: "2",
        square: "1",
        // 3 points less two days at a tenth each
        total: "2.4",
        maximum: "5.5",
        "late days": "2",
        comment: "Better the square: nearly",
      },
      {
        student: "cara",
        double: "0",
        square: "0",
        total: "0",
        maximum: "5.5",
        "late days": "0",
        comment: "The submission could not be read: the notebook is no JSON.",
      },
    ]);
  });

  test("holds no cell that a spreadsheet takes for a formula", () => {
    const attacks = [
      '=HYPERLINK("http://example.org","x")',
      "+1",
      "-2+3",
      "@SUM(A1)",
      "\t=1",
      "\r=1",
      "\n=1\n=2",
      "＝1",
      "  =1",
      "|cmd",
    ];
    for (const attack of attacks) {
      const student = studentWith(attack, markOf([0, 0, 0]), { comment: attack });
      const [row] = parsed(marksCsv(["double", "square"], [student]));
      for (const cell of [row.student, row.comment])
        assert.doesNotMatch(cell, /^\s*[=+\-@＝|]/, JSON.stringify([attack, cell]));
    }
  });

  test("keeps commas, quotation marks and Chinese", () => {
    const student = studentWith("d", markOf([0, 0, 0]), { comment: 'well, "almost"，不错' });
    assert.equal(parsed(marksCsv([], [student]))[0].comment, 'well, "almost"，不错');
  });
});

describe("a format", () => {
  // the examples of the platforms' own descriptions, shortened
  const published: Record<Platform, Record<string, unknown>> = {
    prairielearn: {
      gradable: true,
      score: 0.25,
      message: "Tests completed successfully.",
      output: "Running tests...",
      images: [{ label: "First Image", url: "data:image/png;base64,AAAA" }],
      tests: [
        {
          name: "Test 1",
          description: "A thing.",
          points: 1,
          max_points: 1,
          message: "No errors!",
          output: "…",
        },
        { name: "Test 2", points: 0, max_points: 3, images: [{ url: "data:image/gif;base64,AAAA" }] },
      ],
    },
    gradescope: {
      score: 44,
      execution_time: 136,
      output: "Text relevant to the entire submission",
      output_format: "simple_format",
      test_output_format: "text",
      test_name_format: "text",
      visibility: "after_due_date",
      stdout_visibility: "visible",
      extra_data: {},
      tests: [
        {
          score: 2,
          max_score: 2,
          status: "passed",
          name: "Your name here",
          name_format: "text",
          number: "1.1",
          output: "Giant multiline string",
          output_format: "text",
          tags: ["tag1"],
          visibility: "visible",
          extra_data: {},
        },
        { name: "Compilation check", status: "passed" },
      ],
      leaderboard: [
        { name: "Accuracy", value: 0.926 },
        { name: "Time", value: 15.1, order: "asc" },
        { name: "Stars", value: "*****" },
      ],
    },
  };

  for (const platform of platforms)
    test(`${platform}'s own example is in it, and what departs from it is not`, () => {
      const example = published[platform];
      expectFormat(platform, example);
      const departures: [Record<string, unknown>, RegExp][] = [
        [{ ...example, score: "44" }, /\/score must be number/],
        [{ ...example, scores: 1 }, /additional properties/],
        [{ ...example, output: 7 }, /\/output must be string/],
        [{ ...example, tests: {} }, /\/tests must be array/],
        [{ ...example, tests: [{ nam: "x" }] }, /\/tests\/0/],
      ];
      for (const [departure, words] of departures)
        assert.throws(() => expectFormat(platform, departure), words);
    });

  test("PrairieLearn's score is from 0 to 1, and only what is not gradable has none", () => {
    assert.throws(() => expectFormat("prairielearn", { score: 1.2 }), /must be <= 1/);
    assert.throws(() => expectFormat("prairielearn", { gradable: true }), /required property 'score'/);
    expectFormat("prairielearn", { gradable: false, format_errors: ["no JSON"] });
  });

  test("Gradescope has a score for all or one for a test", () => {
    assert.throws(() => expectFormat("gradescope", { output: "x" }), /score/);
    expectFormat("gradescope", { tests: [{ score: 1 }] });
    assert.throws(() => expectFormat("gradescope", { score: 1, visibility: "never" }), /allowed values/);
  });
});

describe("a student's results", () => {
  test("for PrairieLearn: a test for each part, whose points are the score", () => {
    const { gradable, score, tests, message } = prairieLearnResults(ben);
    assert.equal(gradable, true);
    assert.equal(message, "2.4 of 5.5 points.\nComment: Better");
    assert.deepEqual(
      tests.map(({ name, points, max_points }) => [name, points, max_points]),
      [
        ["the double", 2, 3],
        ["the square", 1, 2.5],
        ["Late by 2 days", -0.6, 0],
      ],
    );
    const sum = tests.reduce((total, { points }) => total + points, 0);
    assert.ok(Math.abs(sum / 5.5 - score) < 1e-12, `${sum} of 5.5 is not ${score}`);
    assert.equal(
      tests[0].output,
      [
        "2x for x > 0: 2 of 2",
        "2x for x < 0: 0 of 1: double(-2.25) is 4.5, expected -4.5",
        "Diagnosis: the sign is lost",
        "诊断：丢失了符号",
        "To read (参阅): notebook 05",
      ].join("\n"),
    );
    assert.match(tests[1].output ?? "", /Points by hand: 1 instead of 0\.\nComment: nearly$/);
  });

  test("for Gradescope: a test case for each part, the total after late days", () => {
    const { score, tests, output, extra_data } = gradescopeResults(ben);
    assert.equal(score, 2.4);
    assert.equal(output, "2.4 of 5.5 points.\nLate by 2 days: 0.6 points less.\nComment: Better");
    assert.deepEqual(
      tests.map(({ name, number, score: points, max_score, status }) => [
        name,
        number,
        points,
        max_score,
        status,
      ]),
      [
        ["the double", "1", 2, 3, "failed"],
        ["the square", "2", 1, 2.5, "failed"],
      ],
    );
    assert.deepEqual(tests[0].extra_data, { slips: ["double/absolute"] });
    assert.equal(extra_data.submission, "0a1b");
    assert.deepEqual(
      gradescopeResults(anna).tests.map(({ status }) => status),
      ["passed", "passed"],
    );
  });

  test("that cannot be read is not gradable in PrairieLearn, and 0 in Gradescope, with the reason once", () => {
    const prairieLearn = prairieLearnResults(cara);
    assert.deepEqual(prairieLearn, {
      gradable: false,
      score: 0,
      message: "the notebook is no JSON",
      format_errors: ["the notebook is no JSON"],
      tests: [],
    });
    const gradescope = gradescopeResults(cara);
    assert.equal(gradescope.score, 0);
    assert.equal(JSON.stringify(gradescope).split("the notebook is no JSON").length, 2);
  });

  test("is gradable where the teacher gave points for what cannot be read", () => {
    const byHand = studentWith("d", unreadMark("no JSON"), { parts: { double: { points: 2 } } });
    const { gradable, score } = prairieLearnResults(byHand);
    assert.deepEqual([gradable, score], [true, 2 / 5.5]);
  });

  test("says what a student's code said without colours, directions and half characters, and not without end", () => {
    const words = `\u001b[31mred\u0000\u202e \ud800 ${"x".repeat(1e6)}`;
    const student = studentWith("d", markOf([0, 0, 0], words));
    for (const platform of platforms) {
      const text = resultsJson(platform, student);
      expectFormat(platform, JSON.parse(text));
      assert.ok(text.length < 50_000, `${platform}: ${text.length}`);
      assert.doesNotMatch(text, /\\u001b|\\u0000|\u202e|\\ud800/);
      assert.match(text, /\[31mred/);
    }
    assert.equal(plainText("a\r\nb\tc\u0007"), "a\nb\tc");
  });
});

test("the files of a class lie in results, and what nbgrader lacks is said", async () => {
  const course = mkdtempSync(path.join(folder, "course-"));
  await writeOutputs(course, smallAssignment, [anna, ben]);
  const problems = await writeOutputs(course, smallAssignment, [ben, cara]);
  assert.equal(problems.length, 1);
  assert.match(problems[0], /has no S1 that was released with nbgrader.*npm run assignment -- release S1/);
  const results = path.join(course, "results/S1");
  assert.deepEqual(readdirSync(results).sort(), ["gradescope", "marks.csv", "prairielearn"]);
  for (const platform of platforms) {
    assert.deepEqual(readdirSync(path.join(results, platform)).sort(), ["ben.json", "cara.json"]);
    for (const name of ["ben.json", "cara.json"])
      expectFormat(platform, JSON.parse(readFileSync(path.join(results, platform, name), "utf8")));
  }
  assert.equal(existsSync(path.join(course, "gradebook.db")), false);
});

test("marks that the grader gave are in both formats", { skip: sandboxProblem() ?? false }, async () => {
  const inside = await prepareInside(path.join(root, "lib"), mkdtempSync(path.join(folder, "inside-")));
  const compiler = new Compiler(inside);
  const file = path.join(folder, "handed-in.ipynb");
  const scores: unknown[] = [];
  try {
    for (const notebook of [
      handedIn(rightDouble, rightSquare),
      handedIn("function double(x: number): number {\n  return Math.abs(2 * x);\n}", rightSquare),
      handedIn("function double(x: number): number {", "const square = 1;"),
      "{",
    ]) {
      writeFileSync(file, typeof notebook === "string" ? notebook : JSON.stringify(notebook));
      const mark = await gradeSubmission(file, smallPaper, Buffer.from("secret"), { inside, compiler });
      const student = studentWith("d", mark);
      const [prairieLearn, gradescope] = platforms.map((platform) =>
        JSON.parse(resultsJson(platform, student)),
      );
      scores.push([prairieLearn.gradable, prairieLearn.score, gradescope.score]);
    }
  } finally {
    await compiler.stop();
  }
  assert.deepEqual(scores, [
    [true, 1, 5.5],
    [true, 4.5 / 5.5, 4.5],
    [true, 0, 0],
    [false, 0, 0],
  ]);
});
