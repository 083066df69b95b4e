import { readdirSync } from "node:fs";
import path from "node:path";
import { BadInput } from "./bad-input";
import { shown } from "./paths";

const NAMED = /^(\d+)-(.+)$/;

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

/** The notebooks that `wanted` names by number ("6", "06"), name or path; all of them when it names none. */
export function selectNotebooks(folder: string, wanted: string[]): string[] {
  const names = listNotebooks(folder);
  if (wanted.length === 0) return names;
  const unknown: string[] = [];
  const chosen = new Set<string>();
  for (const word of wanted) {
    const name = path.basename(word, ".ipynb");
    const found = names.filter(
      (each) => each === name || (/^\d+$/.test(name) && Number(NAMED.exec(each)?.[1]) === Number(name)),
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

/** The number in a notebook's name: "06" of "06-backprop-by-hand". */
export function numberOf(name: string): string {
  return NAMED.exec(name)?.[1] ?? name;
}
