import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../../run/bad-input";
import { type NotebookJson, readNotebook as readOwn } from "../../run/notebook";
import { placesIn } from "../class/course";
import type { StudentMark } from "../class/student-mark";
import type { HandedInCell } from "../submission/read-notebook";
import { type ByStudent, readByHandFile, writeByHandFile } from "./by-hand-file";
import { type CellMarks, cellMarks, expectSameCells } from "./cell-marks";
import { finishedPage } from "./feedback-page";
import { preparedNotebook } from "./prepare";
import { runNbgrader } from "./run-nbgrader";

/** An assignment by its id and the name of its notebook. */
export interface Released {
  readonly id: string;
  readonly notebook: string;
}

/** The code cells of a submission; throws where it cannot be read. */
export type Reader = (file: string) => Promise<readonly HandedInCell[]>;

/**
 * Puts marks into a course's nbgrader gradebook and writes feedback/STUDENT/A3/A3-layers.html, a page that stands alone.
 * In the place of each submission nbgrader gets a notebook that was made from it; it executes nothing.
 * @param onProgress told which share of the work is done
 * @returns whose feedback could not be written, and why
 * @throws BadInput if the assignment was not released in this course
 */
export async function writeGradebook(
  course: string,
  released: Released,
  marks: readonly StudentMark[],
  read: Reader,
  onProgress: (share: number) => void = () => {},
): Promise<string[]> {
  const { id, notebook } = released;
  const release = releasedNotebook(course, released);
  if (marks.length > 0) expectSameCells(release.json, release.path, marks[0]);
  const byHandFile = path.join(placesIn(course, id).results, "nbgrader-by-hand.json");
  const before = readByHandFile(byHandFile);
  const cells = new Map(marks.map((mark) => [mark.student, cellMarks(mark, before[mark.student])]));
  const work = mkdtempSync(path.join(course, ".nbgrader-"));
  const at = (name: string) => path.join(path.basename(work), name);
  const folders = { submitted: at("submitted"), feedback: at("feedback"), marks: at("marks") };
  try {
    const problems: string[] = [];
    for (const mark of marks) {
      const problem = await prepare(course, work, released, release.json, mark, read);
      if (problem) problems.push(`${mark.student}: ${problem}`);
    }
    writeMarks(path.join(work, "marks"), cells);
    writeByHandFile(byHandFile, cells, before);
    const { isUnknown, complaints } = await runNbgrader(
      { course: path.resolve(course), assignment: id, ...folders },
      (done) => onProgress(Math.min(1, done / (2 * marks.length))),
    );
    if (isUnknown) throw notReleased(course, id);
    writeByHandFile(byHandFile, cells, without(before, cells));
    for (const { student } of marks) {
      const page = path.join(student, id, `${notebook}.html`);
      const problem = await handOver(
        path.join(work, "feedback", page),
        path.join(course, "feedback", page),
        notebook,
      );
      if (problem) problems.push(`${student}: ${problem}`);
    }
    return problems.length > 0 && complaints ? [...problems, complaints] : problems;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function releasedNotebook(course: string, { id, notebook }: Released) {
  const file = path.join(course, "release", id, `${notebook}.ipynb`);
  if (!existsSync(file)) throw notReleased(course, id);
  return readOwn(file);
}

const notReleased = (course: string, id: string) =>
  new BadInput(
    `${course} has no ${id} that was released with nbgrader, so its gradebook and feedback are left out. Run: npm run assignment -- release ${id} --course ${course}`,
  );

/** The notebook that nbgrader sees, with the time at which it was handed in where there is one; gives what is wrong. */
async function prepare(
  course: string,
  work: string,
  { id, notebook }: Released,
  release: NotebookJson,
  mark: StudentMark,
  read: Reader,
): Promise<string | undefined> {
  const from = placesIn(course, id).submittedBy(mark.student);
  const to = path.join(work, "submitted", mark.student, id);
  mkdirSync(to, { recursive: true });
  let cells: readonly HandedInCell[] | undefined;
  let problem: string | undefined;
  try {
    if (mark.mark.unreadable === undefined) cells = await read(path.join(from, `${notebook}.ipynb`));
  } catch (error) {
    problem = `the feedback does not show the answers (${(error as Error).message})`;
  }
  writeFileSync(path.join(to, `${notebook}.ipynb`), JSON.stringify(preparedNotebook(release, cells, mark)));
  const time = path.join(from, "timestamp.txt");
  if (existsSync(time)) copyFileSync(time, path.join(to, "timestamp.txt"));
  return problem;
}

function writeMarks(folder: string, marks: ReadonlyMap<string, CellMarks>): void {
  mkdirSync(folder);
  for (const [student, cells] of marks)
    writeFileSync(path.join(folder, `${student}.json`), JSON.stringify(cells));
}

const without = (before: ByStudent, marks: ReadonlyMap<string, CellMarks>): ByStudent =>
  Object.fromEntries(Object.entries(before).filter(([student]) => !marks.has(student)));

/** Puts a feedback page where students' pages lie, whole or not at all; gives what is wrong. */
async function handOver(from: string, to: string, notebook: string): Promise<string | undefined> {
  if (!existsSync(from)) return "nbgrader wrote no feedback";
  try {
    const page = await finishedPage(readFileSync(from, "utf8"), notebook);
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileAtomic.sync(to, page);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
