import type { Assignment } from "../assignments/assignment";
import { readSource, sourceFile, sourceOf, withoutRegions } from "../release/source-notebook";
import type { Paper } from "./grade-submission";

/** The paper of an assignment: its parts, and the code that its source notebook gives. */
export function paperOf(assignment: Pick<Assignment, "id" | "notebook" | "parts">): Paper {
  const { cells } = readSource(sourceFile(assignment));
  const givenCells = cells.flatMap((cell) => {
    const nbgrader = cell.metadata?.nbgrader;
    if (cell.cell_type !== "code" || !nbgrader || nbgrader.solution || nbgrader.grade) return [];
    return [{ name: nbgrader.grade_id, gradeId: nbgrader.grade_id, source: sourceOf(cell) }];
  });
  return { id: assignment.id, parts: assignment.parts, givenCells };
}

/** The code of all its cells as students get them, answers not yet written. */
export const codeHandedOut = (assignment: Pick<Assignment, "notebook">): string[] =>
  readSource(sourceFile(assignment))
    .cells.filter(({ cell_type }) => cell_type === "code")
    .map((cell) => withoutRegions(sourceOf(cell)));
