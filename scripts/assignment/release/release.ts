import type { Assignment } from "../assignments/assignment";

export interface ReleaseOptions {
  /** The course's folder. */
  readonly course: string;
}

/** Writes the editions of some assignments; gives the exit code. */
export async function release(
  assignments: readonly Assignment[],
  { course }: ReleaseOptions,
): Promise<number> {
  const { writeEdition } = await import("./edition");
  for (const assignment of assignments) await writeEdition(assignment, course);
  return 0;
}
