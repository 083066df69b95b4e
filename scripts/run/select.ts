import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { BadInput } from "./bad-input";
import { shown } from "./paths";

const NAMED = /^(A?\d+)-(.+)$/;

/** The folder, among the notebooks, of the assignments' sources. */
export const ASSIGNMENTS = "assignments";

/** The notebooks in `folder`, by name ("06-backprop-by-hand"), in order. */
export function listNotebooks(folder: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    throw new BadInput(`The notebooks folder ${shown(folder)} cannot be read: ${(error as Error).message}`);
  }
  const names = entries.filter((entry) => entry.endsWith(".ipynb")).map((entry) => entry.slice(0, -6));
  if (names.length === 0) throw new BadInput(`There are no notebooks in ${shown(folder)}.`);
  return names.sort();
}

/** The assignments' sources in `folder`, by name ("A3-layers"), in the order of their numbers; none without a folder for them. */
export function listAssignments(folder: string): string[] {
  const inside = path.join(folder, ASSIGNMENTS);
  if (!existsSync(inside)) return [];
  const names = readdirSync(inside).filter((entry) => entry.endsWith(".ipynb"));
  const order = (name: string) => Number(numberOf(name).slice(1));
  return names
    .map((entry) => entry.slice(0, -6))
    .filter(isAssignment)
    .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
}

/** Whether a name is an assignment's: "A3-layers". */
export function isAssignment(name: string): boolean {
  return numberOf(name).startsWith("A") && numberOf(name) !== name;
}

/** The file of a notebook or an assignment. */
export function notebookPath(folder: string, name: string): string {
  return path.join(folder, isAssignment(name) ? ASSIGNMENTS : "", `${name}.ipynb`);
}

/**
 * The notebooks that `wanted` names by number ("6", "06", and "A3" for an assignment), name or path; all of them, with the
 * assignments behind, when it names none.
 */
export function selectNotebooks(folder: string, wanted: string[]): string[] {
  const names = [...listNotebooks(folder), ...listAssignments(folder)];
  if (wanted.length === 0) return names;
  const unknown: string[] = [];
  const chosen = new Set<string>();
  for (const word of wanted) {
    const name = path.basename(word, ".ipynb");
    const found = names.filter(
      (each) => each === name || (NUMBER.test(name) && plainNumber(numberOf(each)) === plainNumber(name)),
    );
    if (found.length === 0) unknown.push(`"${word}"`);
    for (const each of found) chosen.add(each);
  }
  if (unknown.length > 0) {
    throw new BadInput(
      `There is no notebook ${unknown.join(" or ")} in ${shown(folder)}. There are:\n  ${names.join("\n  ")}`,
    );
  }
  return names.filter((name) => chosen.has(name));
}

const NUMBER = /^a?\d+$/i;

/** "6" of "06", "A3" of "a03". */
const plainNumber = (number: string) => number.toUpperCase().replace(/^(A?)0+(?=\d)/, "$1");

/** The number in a notebook's name: "06" of "06-backprop-by-hand", "A3" of "A3-layers". */
export function numberOf(name: string): string {
  return NAMED.exec(name)?.[1] ?? name;
}
