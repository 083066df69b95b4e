/** Each assignment's questions: right answers hold, and every known mistake is told and named. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test, { describe } from "node:test";
import { openAssignment } from "../lib/assignment";
import { askAll, outputsOf } from "../lib/assignment/ask";
import { examine } from "../lib/assignment/examination";
import { slipsIn, slipsOf } from "../lib/assignment/slips";
import { unanswered } from "../lib/assignment/unanswered";
import { marginOf } from "../lib/mutations/digest";
import type { Bundle } from "../lib/notebook/display";
import { fileText } from "../scripts/assignment/slips/digests";
import { sheets } from "../scripts/assignment/slips/sheets";
import { rightAnswers } from "../scripts/assignment/slips/slip-sheet";
import { wrongAnswers } from "../scripts/assignment/slips/wrong-answers";

const text = ({ data }: Bundle) => String(data["text/plain"]);

for (const sheet of sheets)
  describe(sheet.assignment, () => {
    const { questions } = sheet;
    const right = rightAnswers(sheet);
    const rows = slipsOf(sheet.assignment);

    test("data/assignments holds the digests as they are computed", () => {
      const file = path.join(__dirname, "../data/assignments", `${sheet.assignment}.json`);
      assert.equal(readFileSync(file, "utf8"), fileText(sheet), "npm run assignment -- digests");
    });

    for (const [name, answers] of right) {
      test(`${name}: lib's own functions hold`, () => {
        const { problem, table, asked } = examine(questions[name], answers);
        assert.equal(problem, undefined);
        assert.deepEqual(table.failures, []);
        assert.deepEqual(slipsIn(name, asked, rows), []);
      });

      test(`${name}: hints in both languages, as many in the one as in the other`, () => {
        const { hints } = questions[name];
        assert.ok(hints.en.length > 0);
        assert.equal(hints.zh.length, hints.en.length);
      });

      test(`${name}: what is not written yet says so`, () => {
        const { subject, equation } = questions[name];
        const stub = () => {
          throw unanswered(subject, equation);
        };
        const assignment = openAssignment(sheet.assignment, questions, { display: () => {} });
        const check = assignment.check as (name: string, ...answers: unknown[]) => void;
        const stubs = answers.map(() => stub);
        assert.throws(() => check(name, ...stubs), {
          name: "Unanswered",
          message: `${subject} is yours to write: ${equation}`,
        });
      });
    }

    for (const { question, id, answers, wrong } of wrongAnswers(sheet))
      test(`${question}: ${id} is told and named`, () => {
        const { problem, asked } = examine(questions[question], answers());
        assert.ok(problem, "the check lets it through");
        assert.deepEqual(
          slipsIn(question, asked, rows).map((slip) => slip.id),
          [id],
        );
        for (const language of ["en", "zh"] as const) {
          const assignment = openAssignment(sheet.assignment, questions, { language, display: () => {} });
          const check = assignment.check as (name: string, ...answers: unknown[]) => void;
          assert.throws(
            () => check(question, ...answers()),
            ({ message }: Error) => message.includes(wrong[language]),
          );
        }
      });

    test("no digest hangs on how a value is rounded", () => {
      const all = [
        ...right,
        ...wrongAnswers(sheet).map(({ question, answers }) => [question, answers()] as const),
      ];
      for (const [name, answers] of all) {
        const margin = marginOf(outputsOf(askAll(questions[name], answers)));
        assert.ok(margin > 1e-13, `${name}: the nearest edge is ${margin} of the largest entry away`);
      }
    });
  });

describe("an assignment", () => {
  const truth = () => ({ y: { witness: "the table of squares", value: 9, tolerance: 1e-12 } });
  const square = {
    subject: "square",
    equation: "y = x²",
    read: "note 001",
    hints: { en: ["Multiply.", "x times x."], zh: ["相乘。", "x 乘 x。"] },
    cases: [{ probe: "x = 3", ask: (f: (x: number) => number) => ({ y: f(3) }), truth }],
  };
  const opened = (language: "en" | "zh") => {
    const shown: string[] = [];
    return {
      shown,
      ...openAssignment("A3", { square }, { language, display: (b) => void shown.push(text(b)) }),
    };
  };

  test("shows a hint at a time, and says where to read when there are no more", () => {
    const { hint, shown } = opened("en");
    for (let k = 0; k < 3; k++) hint("square");
    assert.deepEqual(shown, [
      "Hint 1 of 2: Multiply.",
      "Hint 2 of 2: x times x.",
      "There is no further hint. Read: note 001.",
    ]);
    const chinese = opened("zh");
    chinese.hint("square");
    assert.deepEqual(chinese.shown, ["提示 1/2：相乘。"]);
  });

  test("says which value differs first, with both, or its shape, or what was thrown", () => {
    const { check } = opened("en");
    const one = check as (name: string, answer: unknown) => void;
    assert.throws(
      () => one("square", () => 6),
      /^CheckFailed: square: y is 6, the table of squares gives 9 \(x = 3\)\nFor/,
    );
    assert.throws(() => one("square", () => Number.NaN), /square: y is NaN, the table of squares gives 9/);
    assert.throws(
      () => one("square", () => undefined),
      /square: y is undefined, expected a number \(x = 3\)/,
    );
    assert.throws(
      () =>
        one("square", () => {
          throw new Error("oops");
        }),
      /square threw an error: oops \(x = 3\)/,
    );
    assert.throws(() => one("cube", () => 27), /there is no question "cube" \(there are square\)/);
    const { check: chinese } = opened("zh");
    assert.throws(() => chinese("square", () => 6), /square：y 是 6，the table of squares 给出 9（x = 3）/);
  });

  test("counts at its end what holds", () => {
    const { check, close, shown } = opened("en");
    check("square", (x) => x * x);
    close();
    assert.match(shown.join("\n"), /✓ square: 1 value on 1 input/);
    assert.match(shown.at(-1) ?? "", /1 of 1 questions hold[\s\S]*square {2,}square {2,}holds/);
  });

  test("speaks English or Chinese", () => {
    assert.throws(
      () => openAssignment("A3", { square }, { language: "de" as "en" }),
      /the language is "de" \(it must be "en" or "zh"\)/,
    );
  });
});
