import { BadInput } from "../../run/bad-input";
import { a3 } from "./a3";
import type { Assignment } from "./assignment";

/** All assignments, in the order of the course. */
export const assignments: readonly Assignment[] = [a3];

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
