import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Assignment } from "../assignments/assignment";
import { placesIn } from "../class/course";
import type { StudentMark } from "../class/student-mark";
import { type Reader, writeGradebook } from "../nbgrader/write-gradebook";
import { readNotebook } from "../submission/read-notebook";
import { marksCsv } from "./marks-csv";
import { platforms, resultsJson } from "./results-json";

/** What is done besides, and told to whom. */
export interface WriteOptions {
  /** How submissions are read again, for the feedback. */
  readonly read?: Reader;
  /** Told which share of nbgrader's work is done: all else takes no time. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Writes an assignment's marks for those who read them: results/A3/marks.csv for a learning management system,
 * results/A3/prairielearn and gradescope with a file for each student, and nbgrader's gradebook with the feedback pages.
 * Each file is written whole or not at all.
 * @returns what could not be written, in sentences: then all else was
 */
export async function writeOutputs(
  course: string,
  { id, notebook, parts }: Pick<Assignment, "id" | "notebook" | "parts">,
  marks: readonly StudentMark[],
  { read = async (file) => readNotebook(file), onProgress }: WriteOptions = {},
): Promise<string[]> {
  const { results } = placesIn(course, id);
  mkdirSync(results, { recursive: true });
  const ids = parts.map((part) => part.id);
  writeFileAtomic.sync(path.join(results, "marks.csv"), marksCsv(ids, marks));
  const problems: string[] = [];
  for (const platform of platforms) {
    const folder = path.join(results, platform);
    mkdirSync(folder, { recursive: true });
    for (const mark of marks)
      try {
        writeFileAtomic.sync(path.join(folder, `${mark.student}.json`), resultsJson(platform, mark));
      } catch (error) {
        problems.push(`${mark.student}, ${platform}: ${(error as Error).message}`);
      }
    removeOthers(folder, marks);
  }
  try {
    problems.push(...(await writeGradebook(course, { id, notebook }, marks, read, onProgress)));
  } catch (error) {
    problems.push((error as Error).message);
  }
  return problems;
}

/** Results of students who are no longer in the class. */
function removeOthers(folder: string, marks: readonly StudentMark[]): void {
  const kept = new Set(marks.map(({ student }) => `${student}.json`));
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(path.join(folder, name));
}
