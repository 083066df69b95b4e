import { posix } from "node:path";
import { BadInput } from "../../run/bad-input";
import type { Assignment } from "../assignments/assignment";
import { choose, isNamedAs } from "./find/choose";
import type { Found } from "./find/find-submissions";

/**
 * The assignment that is graded: the one that was named, or the only one that a notebook in the folder is named as.
 * @throws BadInput if that is none or several, or no entry has a notebook of it and some have others
 */
export function chosenAssignment(
  id: string | undefined,
  found: readonly Found[],
  known: readonly Assignment[],
): Assignment {
  const ids = (list: readonly Assignment[]) => list.map((assignment) => assignment.id).join(", ");
  const paths = found.flatMap(({ notebooks }) => notebooks.map(({ path }) => path));
  const fitting = known.filter((assignment) =>
    id === undefined
      ? paths.some((path) => isNamedAs(path, assignment))
      : assignment.id.toLowerCase() === id.toLowerCase(),
  );
  if (fitting.length === 1) {
    expectSomeOf(fitting[0], found, known);
    return fitting[0];
  }
  if (id !== undefined) throw new BadInput(`There is no assignment "${id}"; there are: ${ids(known)}.`);
  throw new BadInput(
    fitting.length === 0
      ? `No notebook in the folder has an assignment's name: say which it is with --assignment (${ids(known)}).`
      : `The folder holds notebooks of ${ids(fitting)}: say with --assignment which is to be graded.`,
  );
}

/** @throws BadInput if there are notebooks, and all of them are other assignments': nobody is given 0 by a slip */
function expectSomeOf(assignment: Assignment, found: readonly Found[], known: readonly Assignment[]): void {
  const notebooks = found.flatMap((one) => one.notebooks);
  if (notebooks.length === 0) return;
  if (found.some((one) => choose(one.notebooks, assignment, known))) return;
  const names = [...new Set(notebooks.map(({ path }) => posix.basename(path)))].slice(0, 5).join(", ");
  throw new BadInput(
    `No entry of the folder holds a notebook of ${assignment.id}, ${assignment.notebook}.ipynb (there are ${names}): is it another assignment?`,
  );
}
