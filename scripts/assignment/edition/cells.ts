import { readFileSync } from "node:fs";
import { Failure } from "../../bootstrap/failure.mjs";
import { facts } from "./facts";
import { words } from "./words";

/** A code cell of the student's notebook. */
export interface Cell {
  /** nbgrader's id, or "cell 7". */
  readonly name: string;
  readonly source: string;
  /** Whether it is a check, was given, or is the student's. */
  readonly kind: "check" | "given" | "own";
}

interface FileCell {
  readonly cell_type?: string;
  readonly source?: string | readonly string[];
  readonly metadata?: { readonly nbgrader?: { readonly grade_id?: string } };
}

/** The code cells of a notebook. @throws Failure if it cannot be read */
export function readCells(file: string): Cell[] {
  let cells: readonly FileCell[];
  try {
    ({ cells } = JSON.parse(readFileSync(file, "utf8")));
    if (!Array.isArray(cells)) throw new Error(words.noCells);
  } catch (error) {
    throw new Failure(words.unreadable(facts.notebook, (error as Error).message), words.saveAgain);
  }
  return cells.flatMap((cell, k) => {
    if (cell?.cell_type !== "code" || cell.source === undefined) return [];
    const source = typeof cell.source === "string" ? cell.source : cell.source.join("");
    const name = cell.metadata?.nbgrader?.grade_id ?? `cell ${k + 1}`;
    return [{ name, source, kind: kindOf(name) }];
  });
}

function kindOf(name: string): Cell["kind"] {
  if (Object.hasOwn(facts.checks, name)) return "check";
  return facts.given.includes(name) ? "given" : "own";
}
