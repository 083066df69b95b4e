import type { Assignment } from "../assignments/assignment";

/** Writes COURSE/editions/A3 and its zip; gives the folder. */
export async function writeEdition(assignment: Assignment, course: string): Promise<string> {
  throw new Error(`${course}/editions/${assignment.id}: not built`);
}
