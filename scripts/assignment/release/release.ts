import path from "node:path";
import { megabytes } from "../../bootstrap/progress.mjs";
import { BadInput } from "../../run/bad-input";
import type { EditionOf } from "./edition";
import { type Language, languages } from "./language";

export interface ReleaseOptions {
  /** The course's folder. */
  readonly course: string;
  /** The language in which checks and commands speak. */
  readonly lang: string;
}

const isLanguage = (lang: string): lang is Language => (languages as readonly string[]).includes(lang);

/** Writes the editions of some assignments; gives the exit code. */
export async function release(
  assignments: readonly EditionOf[],
  { course, lang }: ReleaseOptions,
): Promise<number> {
  if (!isLanguage(lang)) throw new BadInput(`--lang is "${lang}" (it must be ${languages.join(" or ")})`);
  const { writeEdition } = await import("./edition");
  for (const assignment of assignments) {
    const { folder, zip } = await writeEdition(assignment, course, lang);
    const { size } = await import("node:fs/promises").then(({ stat }) => stat(zip));
    const shown = (file: string) => path.relative(process.cwd(), file);
    console.log(`${assignment.id}: ${shown(folder)} and ${shown(zip)} (${megabytes(size)})`);
  }
  return 0;
}
