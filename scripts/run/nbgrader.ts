// What nbgrader keeps in a cell's metadata, in its schema 3.
import type { Cell, NotebookJson } from "./notebook";

/** A cell as nbgrader sees it; a field may be anything until it is checked. */
export interface Nbgrader {
  readonly schema_version?: unknown;
  readonly grade_id?: unknown;
  /** Whether the cell earns points. */
  readonly grade?: unknown;
  /** Whether it holds an answer. */
  readonly solution?: unknown;
  readonly locked?: unknown;
  readonly task?: unknown;
  readonly points?: unknown;
}

/** What nbgrader keeps of a cell, or undefined. */
export function nbgraderOf({ metadata }: Cell): Nbgrader | undefined {
  const value = metadata.nbgrader;
  return typeof value === "object" && value !== null ? value : undefined;
}

/** The points of all cells that earn some. */
export function totalPoints({ cells }: NotebookJson): number {
  return cells.reduce((total, cell) => {
    const { grade, points } = nbgraderOf(cell) ?? {};
    return grade === true && typeof points === "number" ? total + points : total;
  }, 0);
}
