import { type Nbgrader, nbgraderOf } from "../../run/nbgrader";
import { type Cell, joined } from "../../run/notebook";
import { answerProblems } from "./answer";
import type { Problem } from "./problem";

const SCHEMA = 3;
/** What nbgrader takes for a grade_id. */
const GRADE_ID = /^[a-zA-Z0-9_-]+$/;
const FLAGS = ["grade", "solution", "locked", "task"] as const;
const KNOWN: readonly string[] = ["schema_version", "grade_id", ...FLAGS, "points"];
const GIVEN =
  '"nbgrader": {"schema_version": 3, "grade_id": "…", "grade": false, "solution": false, "locked": true, "task": false}';
const HIDDEN = /^[ \t]*\/\/ (BEGIN|END) HIDDEN TESTS[ \t]*$/gm;

type Say = (what: string, remedy: string) => void;

/** What is wrong with the cells of an assignment's source, cell by cell. */
export function cellProblems(cells: readonly Cell[]): Problem[] {
  const found: Problem[] = [];
  const taken = new Set<string>();
  cells.forEach((cell, index) => {
    const nbgrader = nbgraderOf(cell);
    const place = `cell ${cell.id ?? index + 1}`;
    const say: Say = (what, remedy) => found.push([place, what, remedy]);
    if (nbgrader) metadataProblems(nbgrader, taken, say);
    roleProblems(cell, nbgrader, say);
    markerProblems(cell, nbgrader, say);
  });
  return found;
}

/** By nbgrader's own schema, and no grade_id twice. */
function metadataProblems(nbgrader: Nbgrader, taken: Set<string>, say: Say): void {
  const { schema_version: version, grade_id: id, grade, points } = nbgrader;
  if (version !== SCHEMA)
    say(`has nbgrader's schema_version ${JSON.stringify(version ?? null)}`, `write ${SCHEMA}`);
  for (const flag of FLAGS.filter((flag) => typeof nbgrader[flag] !== "boolean"))
    say(`says neither true nor false for nbgrader's ${flag}`, "write it");
  for (const key of Object.keys(nbgrader).filter((key) => !KNOWN.includes(key)))
    say(`holds nbgrader's ${key}, which is no part of a source`, "npm run check -- --fix");
  if (typeof id !== "string" || !GRADE_ID.test(id))
    say(`has the grade_id ${JSON.stringify(id ?? null)}`, "give it one of letters, digits and hyphens");
  else if (taken.has(id)) say(`has the grade_id "${id}" of another cell`, "give it another");
  else taken.add(id);
  const isAmount = typeof points === "number" && Number.isFinite(points) && points > 0;
  if (grade === true && !isAmount) say("is a test cell without points", "give it a number of points above 0");
  if (grade !== true && points !== undefined)
    say("has points, and is no test cell", "delete them, or set grade and locked");
}

/** Each code cell is an answer, a test or given; the last two are locked. */
function roleProblems(cell: Cell, nbgrader: Nbgrader | undefined, say: Say): void {
  const code = cell.cell_type === "code";
  if (nbgrader === undefined) {
    if (code) say("is no cell of nbgrader's", `an answer, a test, or given: ${GIVEN}`);
    return;
  }
  const { grade_id: id, grade, solution, locked, task } = nbgrader;
  if (!code && (grade === true || solution === true))
    say(
      "is an answer or a test, and no code",
      "what people are to mark is given by hand, see the teachers' page",
    );
  if (task === true) say("is one of nbgrader's tasks", "set task to false");
  if (grade === true && solution === true) {
    say("is both an answer and a test", "make two cells of it");
    return;
  }
  if (solution === true && locked === true) say("is an answer, and locked", "set locked to false");
  if (solution !== true && locked !== true)
    say(`is ${grade === true ? "a test" : "given"}, and not locked`, "set locked to true");
  const isCheck = typeof id === "string" && id.startsWith("check-");
  if (grade === true && !isCheck)
    say(`is a test with the grade_id ${JSON.stringify(id ?? null)}`, 'name it "check-…" by its part');
  if (grade !== true && isCheck) say(`has the grade_id "${id}", and is no test`, "name it otherwise");
}

/** Marks of nbgrader stand in the cells where it looks for them, in pairs. */
function markerProblems(cell: Cell, nbgrader: Nbgrader | undefined, say: Say): void {
  const source = joined(cell.source);
  const { grade, solution, grade_id: id } = nbgrader ?? {};
  if (solution === true && grade !== true) {
    for (const problem of answerProblems(source, String(id))) say(...problem);
  } else if (/(BEGIN|END) SOLUTION/.test(source))
    say("holds a mark of an answer, and is none", "set solution to true, or delete the mark");
  const marks = [...source.matchAll(HIDDEN)].map(([, word]) => word).join(" ");
  const mentions = source.match(/(BEGIN|END) HIDDEN TESTS/g)?.length ?? 0;
  if (grade === true && !/\bassignment\.check\(/.test(source))
    say("is a test that checks nothing for the student", "call assignment.check(…)");
  if (grade !== true && mentions > 0)
    say("holds hidden tests, and is no test", "put them into a cell that earns points");
  if (grade === true && mentions > 0 && (marks !== "BEGIN END" || mentions !== 2))
    say(
      "does not hold its hidden tests in one pair of marks",
      "write // BEGIN HIDDEN TESTS and // END HIDDEN TESTS once each, in this order, on lines of their own",
    );
}
