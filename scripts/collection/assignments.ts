import type { Finding } from "../check/finding";
import { BadInput } from "../run/bad-input";
import { totalPoints } from "../run/nbgrader";
import { type NotebookFile, readNotebook } from "../run/notebook";
import { shown } from "../run/paths";
import { listAssignments, listNotebooks, notebookPath } from "../run/select";
import { notebooksBefore, titleOf } from "./collection";
import { type AssignmentMetadata, readAssignmentMetadata } from "./metadata";

/** An assignment as the README and the reports list it. */
export interface AssignmentEntry extends AssignmentMetadata {
  /** "A3-layers". */
  name: string;
  /** All points that can be earned. */
  points: number;
  file: NotebookFile;
}

/**
 * The assignments among the notebooks, in their order, and what is wrong with what they say of themselves. Nothing is
 * generated into their cells: students get them without the rest of the collection.
 */
export function readAssignments(folder: string): { entries: AssignmentEntry[]; findings: Finding[] } {
  const entries: AssignmentEntry[] = [];
  const findings: Finding[] = [];
  for (const name of listAssignments(folder)) {
    const file = notebookPath(folder, name);
    const say = (what: string, remedy = "") => findings.push({ place: shown(file), what, remedy });
    try {
      const notebook = readNotebook(file);
      const { metadata, faults } = readAssignmentMetadata(notebook.json.metadata.backpropagation);
      for (const fault of faults) say(fault);
      if (titleOf(notebook) === undefined)
        say('does not begin with a heading, "# Title: the point in a few words"');
      if (metadata) entries.push({ ...metadata, name, points: totalPoints(notebook.json), file: notebook });
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      say(error.message);
    }
  }
  return { entries, findings: [...findings, ...strangers(entries, folder)] };
}

/** Prerequisites that are neither a notebook nor an earlier assignment. */
function strangers(entries: readonly AssignmentEntry[], folder: string): Finding[] {
  if (entries.length === 0) return [];
  const notebooks = listNotebooks(folder);
  return entries.flatMap((entry, k) => {
    const known = [...notebooks, ...entries.slice(0, k).map(({ name }) => name)];
    const remedy = 'name one that there is, or give knowledge from elsewhere as {"en": …, "zh": …}';
    const what = (name: string) => `needs "${name}", which is neither a notebook nor an earlier assignment`;
    return notebooksBefore(entry)
      .filter((name) => !known.includes(name))
      .map((name) => ({ place: shown(entry.file.path), what: what(name), remedy }));
  });
}
