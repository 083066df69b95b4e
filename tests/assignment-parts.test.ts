/** The marks of each assignment: for right answers, for nothing, and for every known mistake. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { assignments } from "../scripts/assignment/assignments/all";
import type { Assignment } from "../scripts/assignment/assignments/assignment";
import { callsOf } from "../scripts/assignment/child/calls";
import { prepare } from "../scripts/assignment/class/prepare";
import { Compiler } from "../scripts/assignment/mark/compiler";
import { diagnose } from "../scripts/assignment/mark/diagnose";
import { PartExam } from "../scripts/assignment/mark/exam";
import { examined } from "../scripts/assignment/mark/grade-part";
import { gradeSubmission, type SubmissionMark } from "../scripts/assignment/mark/grade-submission";
import { type Inside, prepareInside } from "../scripts/assignment/mark/inside";
import { paperOf } from "../scripts/assignment/mark/paper";
import type { Part, PartMark } from "../scripts/assignment/mark/part";
import {
  readSource,
  sourceFile,
  sourceOf,
  withoutRegions,
} from "../scripts/assignment/release/source-notebook";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import type { Sandbox } from "../scripts/assignment/sandbox/sandbox";
import { sheets } from "../scripts/assignment/slips/sheets";
import { rightAnswers, type SlipSheet } from "../scripts/assignment/slips/slip-sheet";
import { wrongAnswers } from "../scripts/assignment/slips/wrong-answers";

const root = path.join(__dirname, "..");
const total = ({ aspects }: Pick<PartMark, "aspects">) =>
  aspects.reduce((sum, { earned }) => sum + earned, 0);
const worth = ({ aspects }: Part) => aspects.reduce((sum, { points }) => sum + points, 0);
const wordsOf = ({ aspects }: Pick<PartMark, "aspects">) =>
  aspects.map(({ id, earned, points, words }) => `${id} ${earned}/${points} ${words ?? ""}`).join("; ");

/** What a sandbox answers, without one: for answers that are known to be no harm. */
function without(defined: Record<string, unknown>): Sandbox {
  const call = callsOf(defined, (file) => require(path.join(root, file)));
  return {
    ask: async (line) => ({ answer: JSON.stringify(call(JSON.parse(line))) }),
    output: () => "",
    stop: async () => ({ reason: "stopped" }),
  };
}

/** As gradePart does it: the diagnosis asks other functions than the exam, of which nothing was kept. */
async function graded(part: Part, defined: () => Record<string, unknown>) {
  const exam = () => new PartExam(part.aspects, without(defined()), 11);
  const aspects = await examined(part, exam());
  return { aspects, slips: await diagnose(part, exam()) };
}

/** The names that the parts of a question give its answers. */
const namesFor = ({ parts }: Assignment, question: string): readonly string[] =>
  parts.find(({ diagnosis }) => diagnosis?.question === question)?.diagnosis?.answers ?? [];

function definedBy(assignment: Assignment, sheet: SlipSheet): Record<string, unknown> {
  const defined: Record<string, unknown> = {};
  for (const [question, answers] of rightAnswers(sheet))
    namesFor(assignment, question).forEach((name, k) => {
      defined[name] = answers[k];
    });
  return defined;
}

for (const assignment of assignments)
  describe(`${assignment.id}: marks`, () => {
    const sheet = sheets.find((one) => one.assignment === assignment.id) as SlipSheet;
    const right = definedBy(assignment, sheet);

    test("every question has a part, and every part a question", () => {
      assert.deepEqual(
        [...new Set(assignment.parts.map(({ diagnosis }) => diagnosis?.question))].sort(),
        Object.keys(sheet.questions).sort(),
      );
      for (const { id, needs = [] } of assignment.parts)
        for (const other of needs)
          assert.ok(
            assignment.parts.some((part) => part.id === other),
            `${id} needs ${other}, which is no part`,
          );
    });

    test("the test cells' points are those of the parts", () => {
      const cells = readSource(sourceFile(assignment)).cells.map(({ metadata }) => metadata?.nbgrader);
      assert.deepEqual(
        cells.filter((cell) => cell?.grade).map((cell) => [cell?.grade_id, cell?.points]),
        assignment.parts.map((part) => [`check-${part.id}`, worth(part)]),
      );
    });

    for (const part of assignment.parts)
      test(`${part.id}: lib's own functions earn all`, async () => {
        const mark = await graded(part, () => right);
        assert.equal(total(mark), worth(part), wordsOf(mark));
        assert.deepEqual(mark.slips, []);
      });

    for (const { question, id, answers } of wrongAnswers(sheet))
      test(`${question}: ${id} loses there alone, and is named`, async () => {
        const wrong = () => {
          const made = answers();
          const entries = namesFor(assignment, question).map((name, k) => [name, made[k]]);
          return { ...right, ...Object.fromEntries(entries) };
        };
        const own = assignment.parts.filter(({ diagnosis }) => diagnosis?.question === question);
        for (const part of assignment.parts) {
          if (part.needs?.some((needed) => own.some((one) => one.id === needed))) continue;
          const mark = await graded(part, wrong);
          if (own.includes(part)) {
            assert.ok(total(mark) < worth(part), `${part.id} is given all points`);
            assert.deepEqual(
              mark.slips.map((slip) => slip.id),
              [id],
              wordsOf(mark),
            );
          } else assert.equal(total(mark), worth(part), `${part.id}: ${wordsOf(mark)}`);
        }
      });
  });

for (const assignment of assignments)
  describe(`${assignment.id}: notebooks`, { skip: sandboxProblem() ?? false }, () => {
    const folder = mkdtempSync(path.join(tmpdir(), "parts-"));
    const fixture = path.join(root, "tests/fixtures/assignments", `${assignment.id.toLowerCase()}.json`);
    const byHand: Record<string, string> = JSON.parse(readFileSync(fixture, "utf8"));
    const source = JSON.parse(readFileSync(sourceFile(assignment), "utf8"));
    let inside: Inside;
    before(async () => {
      ({ inside } = await prepare(assignment));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** The mark of the source notebook with its cells' code changed. */
    async function marked(
      name: string,
      change: (code: string, gradeId: string) => string,
      sandboxes = inside,
    ): Promise<SubmissionMark> {
      const cells = source.cells.map((cell: (typeof source.cells)[number]) =>
        cell.cell_type === "code"
          ? { ...cell, source: change(sourceOf(cell), cell.metadata.nbgrader.grade_id) }
          : cell,
      );
      const file = path.join(folder, `${name}.ipynb`);
      writeFileSync(file, JSON.stringify({ ...source, cells }));
      const compiler = new Compiler(sandboxes);
      try {
        const room = { inside: sandboxes, compiler };
        return await gradeSubmission(file, paperOf(assignment), Buffer.from("secret"), room);
      } finally {
        await compiler.stop();
      }
    }

    const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const answerFor = (gradeId: string) =>
      Object.entries(byHand).find(([name]) => kebab(name) === gradeId)?.[1];
    const earnsAll = ({ parts }: SubmissionMark) => {
      for (const [k, part] of assignment.parts.entries())
        assert.equal(total(parts[k]), worth(part), `${part.id}: ${wordsOf(parts[k])}`);
    };

    test("what a student writes by hand earns all, with the students' lib", async () => {
      earnsAll(await marked("hand", (code, gradeId) => answerFor(gradeId) ?? withoutRegions(code)));
    });

    test("the source notebook earns all, with the whole lib", async () => {
      const cache = path.join(folder, "cache");
      mkdirSync(cache);
      const whole = await prepareInside(path.join(root, "lib"), cache, assignment.packages);
      earnsAll(await marked("source", (code) => code, whole));
    });

    test("the source notebook earns nothing with the students' lib", async () => {
      const { parts } = await marked("source", (code) => code);
      for (const part of parts) assert.equal(total(part), 0, `${part.id}: ${wordsOf(part)}`);
    });

    test("what is not written earns nothing, and each part says which function that is", async () => {
      const { parts } = await marked("stubs", withoutRegions);
      for (const [k, { answers, needs }] of assignment.parts.entries()) {
        assert.equal(total(parts[k]), 0);
        const names = needs ? Object.keys(byHand) : answers;
        for (const { words } of parts[k].aspects)
          assert.ok(
            names.some((name) => words?.includes(`${name} is yours to write`)),
            `${parts[k].id}: ${words}`,
          );
      }
    });
  });
