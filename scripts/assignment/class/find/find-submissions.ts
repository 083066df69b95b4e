import { type Dirent, readdirSync } from "node:fs";
import path from "node:path";
import { BadInput } from "../../../run/bad-input";
import type { Holding } from "./candidate";
import { isZip, notebookFile, notebooksInFolder } from "./folder";
import { notebooksInZip } from "./zip";

/** What a folder holds of one student, by the name that it has there. */
export interface Found extends Holding {
  readonly name: string;
}

/**
 * What was handed in, by student: an entry of the folder for each, a folder, a notebook or a zip. What begins with a
 * dot, links and other files are left alone.
 * @throws BadInput if there is no such folder, or nothing in it
 */
export async function findSubmissions(folder: string): Promise<Found[]> {
  const byName = new Map<string, Holding[]>();
  for (const entry of entriesOf(folder)) {
    const holding = await lookInto(folder, entry);
    if (holding === undefined) continue;
    const name = nameOf(entry);
    byName.set(name, [...(byName.get(name) ?? []), holding]);
  }
  if (byName.size === 0)
    throw new BadInput(
      `${folder} holds no submissions: it should have an entry for each student, NAME/….ipynb, NAME.ipynb or NAME.zip.`,
    );
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, holdings]) => ({
      name,
      notebooks: holdings.flatMap(({ notebooks }) => notebooks),
      problems: holdings.flatMap(({ problems }) => problems),
    }));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  } catch (error) {
    throw new BadInput(`${folder} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

async function lookInto(folder: string, entry: Dirent): Promise<Holding | undefined> {
  const file = path.join(folder, entry.name);
  if (entry.isDirectory()) return notebooksInFolder(file, entry.name);
  if (!entry.isFile()) return undefined;
  if (isZip(entry.name)) return notebooksInZip(file, entry.name);
  if (!/\.ipynb$/i.test(entry.name)) return undefined;
  return { notebooks: [notebookFile({ file, within: entry.name })], problems: [] };
}

/** Without the ending of a file; composed, since macOS writes ö as o and dots. */
const nameOf = (entry: Dirent): string =>
  (entry.isDirectory() ? entry.name : entry.name.replace(/\.(ipynb|zip)$/i, "")).normalize("NFC");
