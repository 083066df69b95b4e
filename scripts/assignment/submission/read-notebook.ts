import { readFileSync, statSync } from "node:fs";

/** A code cell of a notebook that was handed in. */
export interface HandedInCell {
  /** Its id in the notebook; "cell 7" where it has none. */
  readonly name: string;
  readonly source: string;
  /** nbgrader's name for it, where it has one. */
  readonly gradeId?: string;
}

/** More is read by nobody: notebooks of this size hold outputs that ran away. */
const mostBytes = 256 * 2 ** 20;

/** More code is in no notebook that a person wrote. */
const mostCharacters = 2 * 2 ** 20;

/** Why a notebook of so many bytes is not read, in a sentence for the student; undefined if it is. */
export const tooLarge = (bytes: number): string | undefined =>
  bytes > mostBytes
    ? `the notebook has ${Math.round(bytes / 2 ** 20)} MiB, and more than ${mostBytes / 2 ** 20} MiB are not read: clear its outputs and hand it in again`
    : undefined;

/**
 * A notebook's size in bytes.
 * @throws with a sentence for the student if it is beyond all measure
 */
export function readableSize(file: string): number {
  const { size } = statSync(file);
  const problem = tooLarge(size);
  if (problem !== undefined) throw new Error(problem);
  return size;
}

/**
 * The code cells of a notebook, in order, from a file that may be damaged: text in UTF-8 or UTF-16, or in a one-byte
 * encoding; cells that are no cells are left out, and those with which there is more code than a person writes. Outputs
 * and metadata but nbgrader's name are not looked at.
 * @throws with a sentence for the student where the file cannot be read at all
 */
export function readNotebook(file: string): HandedInCell[] {
  readableSize(file);
  let notebook: unknown;
  try {
    notebook = JSON.parse(textOf(readFileSync(file)));
  } catch (error) {
    throw new Error(
      `the notebook is no JSON (${(error as Error).message}): save it in Jupyter and hand it in again`,
    );
  }
  const cells = (notebook as { cells?: unknown } | null)?.cells;
  if (!Array.isArray(cells))
    throw new Error("the notebook has no list of cells: save it in Jupyter as .ipynb and hand it in again");
  let room = mostCharacters;
  return cells
    .flatMap((cell, k) => codeCell(cell, k))
    .filter(({ source }) => {
      const fits = source.length <= room;
      if (fits) room -= source.length;
      return fits;
    });
}

function codeCell(cell: unknown, k: number): HandedInCell[] {
  const { cell_type: type, source, id, metadata } = (cell ?? {}) as Record<string, unknown>;
  const text = Array.isArray(source) ? source.join("") : source;
  if (type !== "code" || typeof text !== "string") return [];
  const gradeId = (metadata as { nbgrader?: { grade_id?: unknown } } | undefined)?.nbgrader?.grade_id;
  return [
    {
      name: typeof id === "string" && /^[\w-]{1,64}$/.test(id) ? id : `cell ${k + 1}`,
      source: text,
      gradeId: typeof gradeId === "string" ? gradeId : undefined,
    },
  ];
}

/** By its byte order mark, or as UTF-8, or as Windows' Western encoding, in which every file is some text. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
