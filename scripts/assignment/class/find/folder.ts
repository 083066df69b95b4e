import { constants, copyFileSync, type Dirent, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Candidate, type Holding, isNotebook } from "./candidate";
import { notebooksInZip } from "./zip";

/** Folders within folders are looked into this deep, and no more files than this. */
const deepest = 12;
const mostFiles = 10_000;

export const isZip = (name: string): boolean => /^[^.].*\.zip$/i.test(name);

/** The notebooks in a student's folder and in the zips that lie in it. Links are not followed. */
export async function notebooksInFolder(folder: string, within: string): Promise<Holding> {
  const problems: string[] = [];
  const files = [...filesIn(folder, within, problems)];
  if (files.length > mostFiles)
    return { notebooks: [], problems: [`${within} holds more than ${mostFiles} files`] };
  const zips = files.filter((file) => isZip(path.basename(file.within)));
  const inZips = await Promise.all(zips.map((zip) => notebooksInZip(zip.file, zip.within)));
  const own = files.filter((file) => isNotebook(file.within)).map(notebookFile);
  return {
    notebooks: [...own, ...inZips.flatMap(({ notebooks }) => notebooks)],
    problems: [...problems, ...inZips.flatMap((zip) => zip.problems)],
  };
}

/** A notebook that is a file. */
export function notebookFile({ file, within }: { file: string; within: string }): Candidate {
  const { mtimeMs, size } = lstatSync(file);
  return {
    path: within.normalize("NFC"),
    modified: mtimeMs,
    bytes: size,
    copyTo: async (target) => copyFileSync(file, target, constants.COPYFILE_EXCL),
  };
}

function* filesIn(
  folder: string,
  within: string,
  problems: string[],
  depth = 0,
): Generator<{ file: string; within: string }> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problems.push(`${within} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return;
  }
  for (const entry of entries) {
    const place = { file: path.join(folder, entry.name), within: `${within}/${entry.name}` };
    if (entry.isDirectory() && depth < deepest) yield* filesIn(place.file, place.within, problems, depth + 1);
    else if (entry.isFile()) yield place;
  }
}
