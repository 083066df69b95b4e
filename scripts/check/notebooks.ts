import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../run/bad-input";
import { joined, KERNEL, type NotebookFile, type NotebookJson, readNotebook } from "../run/notebook";
import { shown } from "../run/paths";
import { ASSIGNMENTS, isAssignment } from "../run/select";
import { closingProblem, closingSummary } from "../run/summary";
import { leaves } from "../run/words";
import { assignmentProblems, strayProblems } from "./assignment/assignment";
import type { Problem } from "./assignment/problem";
import { exerciseProblems } from "./exercises";
import type { Finding } from "./finding";
import { outputProblems } from "./outputs";

export const LARGEST_NOTEBOOK = 2_000_000;
/** What is left of \tfrac, \rVert or \beta where a program took its first letter for an escape. */
const CONTROL = /(?!\n)\p{Cc}/u;
const TOPIC = "[a-z0-9]+(?:-[a-z0-9]+)*";
const NOTEBOOKS = {
  name: new RegExp(`^(\\d\\d)-${TOPIC}\\.ipynb$`),
  form: "NN-topic.ipynb",
  example: "06-backprop",
};
const SOURCES = {
  name: new RegExp(`^(A[1-9]\\d*)-${TOPIC}\\.ipynb$`),
  form: "AN-topic.ipynb",
  example: "A3-layers",
};
const RERUN = "npm start -- --update";

/** Among which of the two a file lies. */
const among = (file: string) => (path.basename(path.dirname(file)) === ASSIGNMENTS ? SOURCES : NOTEBOOKS);

/** What hygiene.py says about one notebook. */
export interface Judgement {
  invalid: string | null;
  /** The file's text in the committed form; null when it cannot be read. */
  normalised: string | null;
}

/** The notebooks of a folder, and the assignments in it. */
export function notebookFiles(folder: string): string[] {
  return [folder, path.join(folder, ASSIGNMENTS)].filter(existsSync).flatMap((each) => {
    const names = readdirSync(each).filter((name) => name.endsWith(".ipynb"));
    return names.sort().map((name) => path.join(each, name));
  });
}

/** File names that are not NN-topic.ipynb, or AN-topic.ipynb of an assignment, and numbers that are given twice. */
export function nameFindings(files: string[]): Finding[] {
  const findings: Finding[] = [];
  const taken = new Map<string, string>();
  for (const file of files) {
    const name = path.basename(file);
    const kind = among(file);
    const number = kind.name.exec(name)?.[1];
    if (number === undefined && kind === NOTEBOOKS && SOURCES.name.test(name)) {
      const what = "is an assignment among the notebooks";
      findings.push({ place: shown(file), what, remedy: `move it to ${ASSIGNMENTS}/` });
    } else if (number === undefined) {
      findings.push({
        place: shown(file),
        what: `is not named ${kind.form}`,
        remedy: `rename it, as ${kind.example}.ipynb`,
      });
    } else if (taken.has(number)) {
      findings.push({
        place: shown(file),
        what: `has the number of ${taken.get(number)}`,
        remedy: "give it another",
      });
    } else taken.set(number, name);
  }
  return findings;
}

function isNeverRun(json: NotebookJson): boolean {
  return json.cells.every(
    (cell) => (cell.outputs ?? []).length === 0 && (cell.execution_count ?? null) === null,
  );
}

function cellFindings({ json }: NotebookFile): [string, string, string][] {
  const found: [string, string, string][] = [];
  const ids = new Set<string>();
  const neverRun = isNeverRun(json);
  if (neverRun) found.push(["", "has no outputs: it was never run", RERUN]);
  let number = 0;
  json.cells.forEach((cell, index) => {
    const code = cell.cell_type === "code";
    const empty = joined(cell.source).trim() === "";
    if (code && !empty) number++;
    const place = code && !empty ? `In [${number}]` : `cell ${index + 1}`;
    const say = (what: string, remedy: string) => found.push([place, what, remedy]);
    if (!cell.id) say("has no id", "npm run check -- --fix");
    else if (ids.has(cell.id)) say(`has the id "${cell.id}" of another cell`, "give it another id");
    if (cell.id) ids.add(cell.id);
    if (empty) say("is empty", "delete it");
    const broken = code ? null : CONTROL.exec(joined(cell.source));
    if (broken)
      say(
        `holds a control character before "${joined(cell.source).slice(broken.index + 1, broken.index + 9)}"`,
        "write the backslash of the formula again",
      );
    if (empty || !code || neverRun) return;
    const count = cell.execution_count ?? null;
    if (count === null) say("was not run", RERUN);
    else if (count !== number) say(`was run as [${count}], not in order from top to bottom`, RERUN);
    for (const output of cell.outputs ?? []) {
      for (const problem of outputProblems(output)) say(...problem);
    }
  });
  return found;
}

function listed(places: string[]): string {
  return `${places.slice(0, 3).join(", ")}${places.length > 3 ? `, and ${places.length - 3} more` : ""}`;
}

/** How the file differs from its committed form. */
function formProblem({ json, text }: NotebookFile, normalised: string): string | undefined {
  if (normalised === text) return undefined;
  const all = leaves(json, JSON.parse(normalised));
  // Kernel and cell ids have their own findings.
  const own = all.filter(([place]) => !place.startsWith("metadata.kernelspec") && !place.endsWith(".id"));
  if (all.length > 0 && own.length === 0) return undefined;
  const extra = own.filter(([, , wanted]) => wanted === undefined).map(([place]) => place);
  const lacking = own.filter(([, has]) => has === undefined).map(([place]) => place);
  if (extra.length > 0) return `holds what is not committed: ${listed(extra)}`;
  if (lacking.length > 0) return `lacks ${listed(lacking)}`;
  return "is not written as Jupyter writes it (sorted keys, indent 1, final newline)";
}

/** All that is wrong with one notebook file; nothing is run. */
export function notebookFindings(file: string, judgement: Judgement | undefined): Finding[] {
  let notebook: NotebookFile;
  try {
    notebook = readNotebook(file);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return [{ place: shown(file), what: error.message, remedy: "" }];
  }
  const { json, text } = notebook;
  const found: Problem[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_NOTEBOOK) {
    found.push(["", `is ${(bytes / 1e6).toFixed(1)} MB, over 2 MB`, "show fewer or smaller figures"]);
  }
  if (judgement?.invalid)
    found.push(["", `is not a valid notebook: ${judgement.invalid}`, "npm run check -- --fix"]);
  const kernel = json.metadata.kernelspec?.name;
  if (kernel !== KERNEL) {
    found.push([
      "",
      `names the kernel ${JSON.stringify(kernel ?? null)}, not "${KERNEL}"`,
      "npm run check -- --fix",
    ]);
  }
  const form = judgement?.normalised ? formProblem(notebook, judgement.normalised) : undefined;
  if (form) found.push(["", form, "npm run check -- --fix"]);
  found.push(...cellFindings(notebook), ...exerciseProblems(json.cells));
  const ofAssignment = isAssignment(notebook.name) || among(file) === SOURCES;
  found.push(...(ofAssignment ? assignmentProblems(json) : strayProblems(json)));
  const problem = closingProblem(closingSummary(json), ofAssignment);
  if (problem && !isNeverRun(json)) found.push(["", problem, `then ${RERUN}`]);
  return found.map(([cell, what, remedy]) => ({ place: `${shown(file)} ${cell}`.trim(), what, remedy }));
}

/** Writes each notebook in the committed form where it is not; gives the files that changed. */
export async function fixNotebooks(judgements: Record<string, Judgement>): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, { normalised }] of Object.entries(judgements)) {
    if (normalised === null || normalised === readFileSync(file, "utf8")) continue;
    await writeFileAtomic(file, normalised);
    changed.push(file);
  }
  return changed;
}
