import { sha256 } from "../../setup/stamp";
import type { Assignment } from "../assignments/assignment";
import type { EditionFacts } from "../edition/facts";
import type { Language } from "./language";
import { readSource, sourceOf } from "./source-notebook";

/** Roughly what npm downloads and writes for the kernel; data sets come on top. */
const size = { download: "about 35 MB", installedBytes: 250e6 };

/** What the edition's own scripts know of its notebook, read off the released one. */
export function factsOf(
  { id, title }: Pick<Assignment, "id" | "title">,
  released: string,
  notebook: string,
  language: Language,
): EditionFacts {
  const answers: Record<string, string> = {};
  const checks: Record<string, number> = {};
  const given: string[] = [];
  for (const cell of readSource(released).cells) {
    const grading = cell.metadata?.nbgrader;
    if (!grading || cell.cell_type !== "code") continue;
    if (grading.grade) checks[grading.grade_id] = grading.points ?? 0;
    else if (grading.solution) answers[grading.grade_id] = sha256(sourceOf(cell));
    else given.push(grading.grade_id);
  }
  return { id, title, notebook, language, ...size, answers, checks, given };
}
