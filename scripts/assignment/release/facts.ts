import { sha256 } from "../../setup/stamp";
import type { Assignment } from "../assignments/assignment";
import type { EditionFacts } from "../edition/facts";
import type { Language } from "./language";
import { readSource, sourceOf } from "./source-notebook";

/** Roughly what npm downloads and writes: for the kernel, and for data sets such as MNIST. */
const sizeWith = (packages: readonly string[]) => ({
  download: packages.length === 0 ? "about 25 MB" : `about 25 MB and ${packages.join(", ")}`,
  installedBytes: 150e6 + 100e6 * packages.length,
});

/** What the edition's own scripts know of its notebook, read off the released one. */
export function factsOf(
  { id, title, packages }: Pick<Assignment, "id" | "title" | "packages">,
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
  return { id, title, notebook, language, ...sizeWith(packages), answers, checks, given };
}
