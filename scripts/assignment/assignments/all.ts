import { BadInput } from "../../run/bad-input";
import { a1 } from "./a1";
import { a2 } from "./a2";
import { a3 } from "./a3";
import { a4 } from "./a4";
import { a5 } from "./a5";
import type { Assignment } from "./assignment";

/** All assignments, in the order of the course. */
export const assignments: readonly Assignment[] = [a1, a2, a3, a4, a5];

/**
 * The assignment of an id.
 * @throws naming those that exist if there is none of that id
 */
export function assignmentOf(id: string): Assignment {
  const found = assignments.find((assignment) => assignment.id.toLowerCase() === id.toLowerCase());
  if (found) return found;
  const known = assignments.map((assignment) => assignment.id).join(", ") || "none yet";
  throw new BadInput(`There is no assignment "${id}"; there are: ${known}.`);
}
