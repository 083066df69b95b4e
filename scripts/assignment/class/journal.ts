import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { SubmissionMark } from "../mark/grade-submission";

/** What a mark hangs on, each as a hash: with the same key it is the same mark. */
export interface Key {
  /** Of the notebook's bytes; empty where there is no notebook. */
  readonly file: string;
  /** Of the parts and all code that computes marks, and of the lib inside. */
  readonly paper: string;
  readonly secret: string;
}

/** What a student wrote for one name that the parts ask for, as tokens with a line break between them. */
export interface Answer {
  readonly name: string;
  readonly tokens: string;
}

/** A finished student. */
export interface Graded {
  readonly student: string;
  readonly note?: string;
  readonly key: Key;
  readonly mark: SubmissionMark;
  readonly answers: readonly Answer[];
}

const fileOf = (folder: string, student: string) => path.join(folder, `${student}.json`);

/** A student's mark as it was computed; undefined where there is none that can be read. */
export function readGraded(folder: string, student: string): Graded | undefined {
  const file = fileOf(folder, student);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Graded;
  } catch {
    return undefined;
  }
}

/** Writes it whole: whatever ends the process, what is there is finished. */
export function writeGraded(folder: string, graded: Graded): void {
  mkdirSync(folder, { recursive: true });
  writeFileAtomic.sync(fileOf(folder, graded.student), `${JSON.stringify(graded, undefined, 1)}\n`);
}

/** All marks that were computed, by student. */
export function allGraded(folder: string): Graded[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort()
    .flatMap((student) => readGraded(folder, student) ?? []);
}
