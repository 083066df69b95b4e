import path from "node:path";
import type { Candidate } from "./candidate";

/** An assignment's id and the name of its notebook. */
export interface Sought {
  readonly id: string;
  readonly notebook: string;
}

/** A notebook with a few words about the choice where there was one. */
export interface Choice {
  readonly candidate: Candidate;
  readonly note?: string;
}

/**
 * The notebook among several that is a student's answer to an assignment: the one that is named as the assignment's,
 * in the assignment's own folder rather than elsewhere; then one whose name begins so ("A3-layers (1).ipynb"); then any
 * that belongs to no other assignment; of those that are equal in this the newest.
 */
export function choose(
  candidates: readonly Candidate[],
  sought: Sought,
  all: readonly Sought[],
): Choice | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate.path, sought, all) }))
    .filter(({ rank }) => rank > 0)
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        b.candidate.modified - a.candidate.modified ||
        (a.candidate.path < b.candidate.path ? -1 : 1),
    );
  const [first, second] = ranked;
  if (!first) return undefined;
  if (!second) return { candidate: first.candidate };
  const why = first.rank > second.rank ? "by its name" : "the newest";
  return {
    candidate: first.candidate,
    note: `of ${ranked.length} notebooks ${first.candidate.path}, ${why}`,
  };
}

function rankOf(file: string, sought: Sought, all: readonly Sought[]): number {
  if (isNamedAs(file, sought)) return liesIn(file, sought) ? 4 : 3;
  const others = all.filter(({ id }) => id !== sought.id);
  if (others.some((other) => isNamedAs(file, other) || beginsAs(file, other) || liesIn(file, other)))
    return 0;
  return beginsAs(file, sought) ? 2 : 1;
}

const stem = (file: string) =>
  path.posix
    .basename(file)
    .replace(/\.ipynb$/i, "")
    .toLowerCase();

/** Whether a file has the name of an assignment's notebook. */
export const isNamedAs = (file: string, { notebook }: Sought): boolean =>
  stem(file) === notebook.toLowerCase();

const beginsAs = (file: string, { notebook }: Sought) => stem(file).startsWith(notebook.toLowerCase());

const liesIn = (file: string, { id }: Sought) =>
  path.posix.dirname(file).split("/").at(-1)?.toLowerCase() === id.toLowerCase();
