// A small assignment for the tests of the runner, the check, the collection and the reports.
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Cell, NotebookJson, Output } from "../scripts/run/notebook";
import { ASSIGNMENTS } from "../scripts/run/select";
import { display, notebook, writeNotebooks } from "./notebook-fixtures";

/** What nbgrader keeps of a cell that is given; an answer or a test has other fields too. */
export const given = (gradeId: string, more: object = {}) => ({
  schema_version: 3,
  grade_id: gradeId,
  grade: false,
  solution: false,
  locked: true,
  task: false,
  ...more,
});

export const SUMMARY = {
  en: "Doubling, written out | twice. It is short.",
  zh: "写出翻倍。它很短。",
};

const ANSWER = `function doubledTwice(x: number): number {
  // BEGIN SOLUTION
  return 4 * x;
  // END SOLUTION
  throw unanswered("doubledTwice", "y = 4 x");
}`;

const TEST = `assignment.check("doubledTwice", doubledTwice);
// BEGIN HIDDEN TESTS
if (doubledTwice(3) !== 12) throw new Error("4 · 3 is 12");
// END HIDDEN TESTS`;

const SETUP = `import { unanswered } from "./lib/assignment/unanswered";
const assignment = { check: (name: string, f: (x: number) => number) => console.log(name, f(1)), close: () => console.log("closed") };`;

const printed = (text: string): Output => ({ output_type: "stream", name: "stdout", text });

/** An assignment that was run: given code, an answer, its test for 4 points, and the closing cell. */
export function assignmentNotebook(): NotebookJson {
  const json = notebook(
    [SETUP, ANSWER, TEST, "assignment.close();"],
    [[], [], [printed("doubledTwice 4\n")], [printed("closed\n")]],
  );
  json.cells[0].source = "# Doubling\n\nWrite it.";
  const nbgrader = [
    given("setup"),
    given("doubled-twice", { solution: true, locked: false }),
    given("check-doubled-twice", { grade: true, points: 4 }),
    given("close"),
  ];
  json.cells.slice(1).forEach((cell, k) => {
    cell.id = nbgrader[k].grade_id;
    cell.metadata.nbgrader = nbgrader[k];
  });
  json.metadata.backpropagation = { summary: SUMMARY, prerequisites: [] };
  return json;
}

/** A sound assignment with one fault. */
export function faultyAssignment(
  fault: (cells: Record<string, Cell>, json: NotebookJson) => void,
): NotebookJson {
  const json = assignmentNotebook();
  fault(Object.fromEntries(json.cells.map((cell) => [cell.id, cell])), json);
  return json;
}

/** Writes assignments as assignments/NAME.ipynb beside the notebooks. */
export function writeAssignments(folder: string, assignments: Record<string, NotebookJson | string>): void {
  mkdirSync(path.join(folder, ASSIGNMENTS), { recursive: true });
  writeNotebooks(path.join(folder, ASSIGNMENTS), assignments);
}

/** An output that shows judged claims. */
export const judged = (type: string) => display({ [type]: { claims: [] }, "text/plain": "claims" });
