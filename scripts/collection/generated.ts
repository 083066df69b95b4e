import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Finding } from "../check/finding";
import { BadInput } from "../run/bad-input";
import { type Cell, joined } from "../run/notebook";
import { shown } from "../run/paths";
import { type AssignmentEntry, readAssignments } from "./assignments";
import { FOOT, footOf, GENERATED, HEAD, headOf, MAP } from "./cells";
import { type Collection, type Entry, readCollection } from "./collection";
import { glossaryPage } from "./glossary";
import { DRAWING, drawing, mapCell, withAssignments, withMap } from "./map";

export const COMMAND = "npm run collection";

/** Where a collection lies: its notebooks, and the folder of README, glossary and drawn map. */
export interface CollectionPlaces {
  notebooks: string;
  documents: string;
}

/** The sources of a notebook's generated cells, by id: head and foot, and the map where the notebook has a cell for it. */
export function generatedCells(entry: Entry, entries: readonly Entry[]): Record<string, string> {
  const cells: Record<string, string> = { [HEAD]: headOf(entry, entries), [FOOT]: footOf(entry, entries) };
  const isMap = ({ id, metadata }: Cell) =>
    id === MAP && (metadata.tags as string[] | undefined)?.includes(GENERATED) === true;
  if (entry.file.json.cells.some(isMap)) cells[MAP] = mapCell(entries);
  return cells;
}

/** Whether the generated cells stand where they belong, with the sources that they should have. */
export function hasCells(entry: Entry, entries: readonly Entry[]): boolean {
  const { cells } = entry.file.json;
  return Object.entries(generatedCells(entry, entries)).every(([id, source]) => {
    const found = cells.filter((cell) => cell.id === id);
    const [cell] = found;
    const tags = cell?.metadata.tags as string[] | undefined;
    const at = { [HEAD]: 1, [FOOT]: cells.length - 1 }[id] ?? cells.indexOf(cell);
    return (
      found.length === 1 &&
      cells[at] === cell &&
      tags?.includes(GENERATED) === true &&
      joined(cell.source) === source
    );
  });
}

/** The text of each document that the notebooks' metadata make; throws BadInput where a README has no place for it. */
export function documentsOf(
  entries: readonly Entry[],
  assignments: readonly AssignmentEntry[],
  folder: string,
): Map<string, string> {
  const made = new Map([
    [path.join(folder, "GLOSSARY.md"), glossaryPage(entries)],
    [path.join(folder, DRAWING), drawing(entries)],
  ]);
  for (const [name, language] of [
    ["README.md", "en"],
    ["README.zh.md", "zh"],
  ] as const) {
    const file = path.join(folder, name);
    if (!existsSync(file))
      throw new BadInput(`${shown(file)} is missing. Bring it back: git checkout -- ${name}`);
    const mapped = withMap(readFileSync(file, "utf8"), shown(file), entries, language);
    made.set(file, withAssignments(mapped, shown(file), assignments, language));
  }
  return made;
}

/** What is wrong with the notebooks' metadata, and which generated parts do not follow from it. */
export function collectionFindings({ notebooks, documents }: CollectionPlaces): Finding[] {
  const { entries, findings }: Collection = readCollection(notebooks);
  const assignments = readAssignments(notebooks);
  findings.push(...assignments.findings);
  const stale = (file: string, what: string) => findings.push({ place: shown(file), what, remedy: COMMAND });
  for (const entry of entries)
    if (!hasCells(entry, entries))
      stale(entry.file.path, "its head, foot or map does not follow from the notebooks' metadata");
  try {
    for (const [file, text] of documentsOf(entries, assignments.entries, documents))
      if (!existsSync(file) || readFileSync(file, "utf8") !== text)
        stale(file, "does not follow from the notebooks' metadata");
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    findings.push({ place: "map of the notebooks", what: error.message, remedy: "" });
  }
  return findings;
}
