// `npm run collection`: what makes a collection of the notebooks, written from their metadata.
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import color from "picocolors";
import writeFileAtomic from "write-file-atomic";
import { inWords } from "../check/finding";
import { runTool } from "../check/run-tool";
import { BadInput } from "../run/bad-input";
import { PLACES, ROOT, shown } from "../run/paths";
import { type AssignmentEntry, readAssignments } from "./assignments";
import { type Collection, type Entry, readCollection } from "./collection";
import { type CollectionPlaces, documentsOf, generatedCells, hasCells } from "./generated";

export interface CollectionOptions extends Partial<CollectionPlaces> {
  write?: (text: string) => void;
  python?: string;
}

/** Writes those notebooks whose head or foot differs, each whole or not at all; gives the files written. */
async function writeCells(entries: readonly Entry[], python: string): Promise<string[]> {
  const stale = entries.filter((entry) => !hasCells(entry, entries));
  if (stale.length === 0) return [];
  const work = Object.fromEntries(stale.map((entry) => [entry.file.path, generatedCells(entry, entries)]));
  const { code, out, err } = await runTool(python, [path.join(__dirname, "cells.py")], JSON.stringify(work));
  if (code !== 0) throw new Error(`scripts/collection/cells.py failed:\n${err}`);
  const texts: Record<string, string> = JSON.parse(out);
  for (const { file } of stale) {
    if (readFileSync(file.path, "utf8") !== file.text)
      throw new BadInput(
        `${shown(file.path)} was edited meanwhile and is left as it is; run the command again.`,
      );
    await writeFileAtomic(file.path, texts[file.path]);
  }
  return stale.map(({ file }) => file.path);
}

async function writeDocuments(
  entries: readonly Entry[],
  assignments: readonly AssignmentEntry[],
  folder: string,
): Promise<string[]> {
  const written: string[] = [];
  for (const [file, text] of documentsOf(entries, assignments, folder)) {
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, text);
    written.push(file);
  }
  return written;
}

/**
 * Writes heads and feet, GLOSSARY.md, the READMEs' maps and the drawn one, where they do not follow from the metadata.
 * A notebook whose metadata are not in order is left out and named. The exit code: 0, or 1 where something was named.
 */
export async function writeCollection(options: CollectionOptions = {}): Promise<number> {
  const say = options.write ?? ((text: string) => process.stdout.write(text));
  const folder = options.notebooks ?? PLACES.notebooks;
  const { entries, findings }: Collection = readCollection(folder);
  const assignments = readAssignments(folder);
  const written = [
    ...(await writeCells(entries, options.python ?? PLACES.python)),
    ...(await writeDocuments(entries, assignments.entries, options.documents ?? ROOT)),
  ];
  for (const file of written) say(`${shown(file)}: written\n`);
  const all = [...findings, ...assignments.findings];
  for (const finding of all) say(`${color.red("✖")} ${inWords(finding)}\n`);
  const counted = `${entries.length} notebooks, ${written.length === 0 ? "nothing to write" : `${written.length} files written`}`;
  say(`${(all.length === 0 ? color.green : color.red)(counted)}\n`);
  return all.length === 0 ? 0 : 1;
}
