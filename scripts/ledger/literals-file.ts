// data/note-literals.json: every number and stated formula of the notes, with what became of it.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../run/bad-input";
import { shown } from "../run/paths";
import type { Literals } from "./account";
import { REASONS } from "./mapping/rules";
import type { NoteContent } from "./notes/extract";

/** The file that belongs to a folder of notebooks. */
export function literalsPath(notebooks: string): string {
  return path.join(path.dirname(notebooks), "data", "note-literals.json");
}

/** The file's text: one number or formula a line. */
export function literalsText({ numbers, formulas }: Literals): string {
  const list = (items: readonly object[]) =>
    items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  return [
    "{",
    '  "$schema": "./note-literals.schema.json",',
    `  "reasons": ${JSON.stringify(REASONS, null, 2).replaceAll("\n", "\n  ")},`,
    `  "numbers": ${list(numbers)},`,
    `  "formulas": ${list(formulas)}`,
    "}\n",
  ].join("\n");
}

/** What the file says; undefined where there is none. */
export function readLiterals(file: string): Literals | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { numbers, formulas } = JSON.parse(readFileSync(file, "utf8"));
    return { numbers, formulas };
  } catch (error) {
    throw new BadInput(
      `${shown(file)} is not JSON (${(error as Error).message}). Bring it back with: git checkout -- ${shown(file)}`,
    );
  }
}

/** The content without what became of it. */
export function contentIn({ numbers, formulas }: Literals): NoteContent {
  return {
    numbers: numbers.map(({ resolution: _, ...number }) => number),
    formulas: formulas.map(({ resolution: _, ...formula }) => formula),
  };
}

/** Writes the file, whole or not at all, if its text is another one. */
export async function writeLiterals(file: string, literals: Literals): Promise<void> {
  const text = literalsText(literals);
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) await writeFileAtomic(file, text);
}
