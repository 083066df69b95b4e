import type { Names } from "../child/names";
import type { SourceCell } from "../wire/messages";

/** A cell with the names that it defines and uses. */
export interface NamedCell extends SourceCell {
  readonly names: Names;
}

/** Names that every cell has without defining them; whoever defines them anew does so for his own cell alone. */
const global = new Set(Object.getOwnPropertyNames(globalThis).concat("require", "exports", "module"));

/**
 * The cells that are needed for some names, in their order in the notebook: for each name the last cell that defines
 * it, and for what that one uses the last before it. All others are left out, so that what they do is done to nobody.
 * @returns also the names that no cell defines
 */
export function cellsFor(
  wanted: readonly string[],
  cells: readonly NamedCell[],
): { cells: NamedCell[]; missing: string[] } {
  const needed = new Set<number>();
  const missing: string[] = [];
  const need = (name: string, before: number): boolean => {
    let k = before - 1;
    while (k >= 0 && !cells[k].names.defines.includes(name)) k--;
    if (k < 0 || needed.has(k)) return k >= 0;
    needed.add(k);
    const { defines, uses } = cells[k].names;
    for (const used of uses) if (!global.has(used) && !defines.includes(used)) need(used, k);
    return true;
  };
  for (const name of wanted) if (!need(name, cells.length)) missing.push(name);
  return { cells: [...needed].sort((a, b) => a - b).map((k) => cells[k]), missing };
}
