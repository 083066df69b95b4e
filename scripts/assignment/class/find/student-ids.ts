import { mkdirSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../../../run/bad-input";
import { problemsIn, readByHand } from "../by-hand";

/** By the name of what was handed in, the student. */
export type StudentIds = Readonly<Record<string, string>>;

/** In bytes, which is what file systems count. */
const longest = 150;

/** Letters and digits of any script, and what mail addresses have. */
const unsafe = /[^\p{L}\p{M}\p{N}._@-]+/gu;

/**
 * A name as a student's id, which is the name of files and folders everywhere: of letters and digits in any script and
 * `. _ @ -`, with no dot or dash at its ends.
 */
export function safeName(name: string): string {
  const letters = [...name.normalize("NFC").replace(unsafe, "-")].slice(0, longest);
  while (Buffer.byteLength(letters.join("")) > longest) letters.pop();
  const kept = letters.join("");
  return kept.replace(/^[.-]+|[.-]+$/g, "") || "student";
}

/** File systems that do not tell A from a hold both in one file. */
const asFile = (id: string) => id.toLowerCase().normalize("NFC");

/**
 * The ids of some names: those that are known, and for a new one its safe name, numbered where another has that.
 * @param others ids that are taken besides
 */
export function withIdsFor(
  names: readonly string[],
  known: StudentIds,
  others: readonly string[] = [],
): StudentIds {
  const ids: Record<string, string> = { ...known };
  const taken = new Set([...Object.values(known), ...others].map(asFile));
  for (const name of names) {
    if (Object.hasOwn(ids, name)) continue;
    const safe = safeName(name);
    let id = safe;
    for (let k = 2; taken.has(asFile(id)); k++) id = `${safe}-${k}`;
    taken.add(asFile(id));
    Object.defineProperty(ids, name, { value: id, enumerable: true });
  }
  return ids;
}

/**
 * The ids that students.json holds, or none yet. It may be changed by hand, so that two names are one student.
 * @throws BadInput if it is damaged, or one of its ids could be no file's name
 */
export function readStudentIds(file: string): StudentIds {
  const schema = { type: "object", additionalProperties: { type: "string" } };
  const ids = readByHand<StudentIds>(file, schema, {});
  const odd = Object.entries(ids).filter(([, id]) => safeName(id) !== id);
  if (odd.length === 0) return ids;
  throw problemsIn(
    file,
    odd.map(([name, id]) => `${name}: "${id}" cannot be a student's id; "${safeName(id)}" can`),
  );
}

/** Keeps the ids of this course, if there are new ones, so that a name is the same student in all of it. */
export function keepStudentIds(file: string, before: StudentIds, after: StudentIds): void {
  if (Object.keys(after).length === Object.keys(before).length) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic.sync(file, `${JSON.stringify(after, undefined, 2)}\n`);
}

/** @throws BadInput naming those of `--only` that are nobody */
export function expectStudents(only: readonly string[], students: readonly string[]): void {
  const unknown = only.filter((student) => !students.includes(student));
  if (unknown.length > 0)
    throw new BadInput(
      `--only: nothing was handed in by ${unknown.join(", ")}. There are ${students.slice(0, 20).join(", ")}${students.length > 20 ? " …" : ""}.`,
    );
}
