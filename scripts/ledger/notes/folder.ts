// Where the notes lie. They are not in the repository.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { BadInput } from "../../run/bad-input";
import { ROOT } from "../../run/paths";

/** A note's text. */
export interface Note {
  /** "003" */
  readonly note: string;
  readonly text: string;
}

/** The notes that the collection judges. */
export const NOTES = ["000", "001", "002", "003", "004"];

/** The folder of the notes: NOTES_FOLDER, or shared/notes beside the checkout; undefined where neither is there. */
export function notesFolder(): string | undefined {
  const named = process.env.NOTES_FOLDER;
  if (named !== undefined && !existsSync(named))
    throw new BadInput(`NOTES_FOLDER names ${named}, which is not there`);
  const folder = named ?? path.join(ROOT, "..", "shared", "notes");
  return existsSync(folder) ? folder : undefined;
}

/**
 * The five notes, by the number with which each file's name begins.
 * @throws BadInput if one is missing
 */
export function readNotes(folder: string): Note[] {
  const files = readdirSync(folder);
  return NOTES.map((note) => {
    const file = files.find((name) => name.startsWith(`${note}_`) || name.startsWith(`${note}.`));
    if (file === undefined) throw new BadInput(`${folder} has no note ${note}`);
    return { note, text: readFileSync(path.join(folder, file), "utf8") };
  });
}
