import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { tooLarge } from "../submission/read-notebook";
import type { CoursePlaces } from "./course";
import { choose, type Sought } from "./find/choose";
import type { Found } from "./find/find-submissions";
import { expectStudents, keepStudentIds, readStudentIds, safeName, withIdsFor } from "./find/student-ids";

/** What there is of a student. */
export interface Submission {
  readonly student: string;
  /** The notebook in the course's folder, where there is one. */
  readonly file?: string;
  /** Why nothing was taken from what was handed in now. */
  readonly problem?: string;
  /** Which notebook it is, where there were several. */
  readonly note?: string;
}

/** What is collected, and where it goes. */
export interface Collection {
  /** May be the course's own folder of submissions. */
  readonly folder: string;
  readonly found: readonly Found[];
  readonly places: CoursePlaces;
  readonly sought: Sought;
  /** The assignments that there are. */
  readonly all: readonly Sought[];
  /** These students and no others; all unless given. */
  readonly only?: readonly string[];
}

/**
 * Copies what was found to where nbgrader looks for it, each student's notebook as it is, and gives all that the course
 * has of an assignment: from this folder and from earlier ones.
 * @throws BadInput if one of `only` has handed in nothing
 */
export async function collect(collection: Collection): Promise<Submission[]> {
  const { places, only } = collection;
  const found = byStudent(collection);
  const before = studentsIn(places.submitted).filter((student) => existsSync(fileOf(student, collection)));
  const students = [...new Set([...found.keys(), ...before])].sort();
  expectStudents(only ?? [], students);
  const submissions: Submission[] = [];
  for (const student of students) {
    if (only && !only.includes(student)) continue;
    const one = found.get(student);
    const taken = one && (await take(one, student, collection));
    const file = existsSync(fileOf(student, collection)) ? fileOf(student, collection) : undefined;
    submissions.push({ student, ...taken, file });
  }
  return submissions;
}

const fileOf = (student: string, { places, sought }: Collection) =>
  path.join(places.submittedBy(student), `${sought.notebook}.ipynb`);

/** What was found, by student's id; in the course's own folder the names are ids already, as far as they can be. */
function byStudent({ found, folder, places }: Collection): Map<string, Found> {
  const own = existsSync(places.submitted) && realpathSync(folder) === realpathSync(places.submitted);
  const isId = (name: string) => own && safeName(name) === name;
  const names = found.map(({ name }) => name);
  const before = readStudentIds(places.students);
  const ids = withIdsFor(
    names.filter((name) => !isId(name)),
    before,
    names.filter(isId),
  );
  keepStudentIds(places.students, before, ids);
  const students = new Map<string, Found>();
  for (const one of found) {
    const student = isId(one.name) ? one.name : ids[one.name];
    const other = students.get(student);
    students.set(student, other ? both(other, one) : one);
  }
  return students;
}

/** Two names that students.json says are one student. */
const both = (a: Found, b: Found): Found => ({
  name: `${a.name} and ${b.name}`,
  notebooks: [...a.notebooks, ...b.notebooks],
  problems: [...a.problems, ...b.problems],
});

/** Puts the chosen notebook into its place, if it is another one than what lies there. */
async function take(
  { name, notebooks, problems }: Found,
  student: string,
  collection: Collection,
): Promise<Pick<Submission, "problem" | "note">> {
  const { places, sought, all } = collection;
  const choice = choose(notebooks, sought, all);
  if (!choice) {
    const others = notebooks.length > 0 ? ` (only ${notebooks[0].path})` : "";
    return { problem: [`no notebook of ${sought.id} in ${name}${others}`, ...problems].join("; ") };
  }
  const { candidate, note } = choice;
  const problem = tooLarge(candidate.bytes);
  if (problem !== undefined) return { problem, note };
  const file = fileOf(student, collection);
  // not beside it: nbgrader takes all that is there
  const half = path.join(path.dirname(places.submitted), `.${sought.id}-${process.pid}`);
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    await candidate.copyTo(half);
    if (!existsSync(file) || (await fileHash(file)) !== (await fileHash(half))) renameSync(half, file);
    return { note };
  } catch (error) {
    return { problem: `${candidate.path} cannot be read (${(error as Error).message})`, note };
  } finally {
    rmSync(half, { force: true });
  }
}

const studentsIn = (submitted: string): string[] =>
  existsSync(submitted)
    ? readdirSync(submitted, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .filter((name) => safeName(name) === name)
    : [];

/** SHA-256 of a file of any size, as hex. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
