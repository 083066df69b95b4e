import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../../run/bad-input";

/**
 * Makes a folder beside its place and puts it there when it is whole. One that is there is replaced.
 * @throws BadInput if what is there is not an edition
 */
export async function replaceEdition(folder: string, make: (half: string) => Promise<void>): Promise<void> {
  const parent = path.dirname(folder);
  expectEdition(folder);
  mkdirSync(parent, { recursive: true });
  const half = mkdtempSync(path.join(parent, `.${path.basename(folder)}-`));
  const old = `${half}-old`;
  try {
    await make(half);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(half, folder);
  } finally {
    for (const left of [half, old]) rmSync(left, { recursive: true, force: true });
  }
}

/** An edition says so in its package.json. */
function expectEdition(folder: string): void {
  if (!existsSync(folder)) return;
  let isEdition = false;
  try {
    const { assignment } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    isEdition = typeof assignment?.notebook === "string";
  } catch {
    // no package.json: somebody else's folder
  }
  if (!isEdition)
    throw new BadInput(
      `${folder} is there and is no edition of an assignment: move it away, or name another --course.`,
    );
}

/** The same moment for every file: the same edition is the same zip. */
const moment = new Date(2000, 0, 1);

/** Packs a folder as a zip beside it, whose entries lie in one folder of that name. */
export async function zipFolder(folder: string): Promise<string> {
  const name = path.basename(folder);
  const entries: Record<string, Uint8Array> = {};
  for (const file of filesIn(folder))
    entries[`${name}/${file}`] = new Uint8Array(readFileSync(path.join(folder, file)));
  const target = `${folder}.zip`;
  await writeFileAtomic(target, Buffer.from(zipSync(entries, { mtime: moment, level: 9 })));
  return target;
}

/** The files below a folder, sorted, with slashes. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}
