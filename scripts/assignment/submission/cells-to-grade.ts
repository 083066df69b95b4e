import type { SourceCell } from "../wire/messages";
import type { HandedInCell } from "./read-notebook";

/** More cells, or longer ones, are in no notebook that a person wrote. */
const mostCells = 300;
const longestCell = 200_000;

/**
 * The cells that are graded, in order: those that students are given, as the source has them, then all others of the
 * notebook, and the given ones again: answers build on given cells, and given cells that train with the answers build
 * on these. A student's copy of a given cell is left out, whatever became of it.
 */
export function cellsToGrade(
  handedIn: readonly HandedInCell[],
  given: readonly (SourceCell & { readonly gradeId: string })[],
): SourceCell[] {
  return [...given, ...ownCells(handedIn, given), ...given].map(({ name, source }) => ({ name, source }));
}

/** Those of them that the student wrote. */
export function ownCells(
  handedIn: readonly HandedInCell[],
  given: readonly { readonly gradeId: string }[],
): readonly HandedInCell[] {
  const known = new Set(given.map(({ gradeId }) => gradeId));
  return handedIn
    .filter(({ gradeId, source }) => !(gradeId && known.has(gradeId)) && source.length <= longestCell)
    .slice(0, mostCells);
}
