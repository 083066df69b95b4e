import type { NamedCell } from "../submission/cells-of-part";
import { cellsToGrade, ownCells } from "../submission/cells-to-grade";
import { readHandedIn } from "../submission/read-handed-in";
import type { HandedInCell } from "../submission/read-notebook";
import type { SourceCell } from "../wire/messages";
import { gradePart, type Room } from "./grade-part";
import { AnswerProblem, type Part, type PartMark } from "./part";
import { hiddenSeed, submissionHash } from "./seed";

/** What the teacher has of an assignment when it is graded. */
export interface Paper {
  readonly id: string;
  readonly parts: readonly Part[];
  /** The code cells of the source notebook that students do not write: their own copies of these are not looked at. */
  readonly givenCells: readonly (SourceCell & { readonly gradeId: string })[];
}

/** What a submission has earned. */
export interface SubmissionMark {
  readonly assignment: string;
  readonly submission: string;
  readonly parts: readonly PartMark[];
  /** Why the file could not be read; then all parts have earned nothing. */
  readonly unreadable?: string;
}

/** A mark, with the cells that it was given for. */
export interface GradedSubmission {
  readonly mark: SubmissionMark;
  readonly cells: readonly NamedCell[];
}

/** The mark of a notebook that was handed in; never throws for anything that is in it. */
export async function gradeSubmission(
  file: string,
  paper: Paper,
  secret: Uint8Array,
  room: Room,
): Promise<SubmissionMark> {
  return (await gradeWithCells(file, paper, secret, room)).mark;
}

/** The same, for who looks at the cells as well. */
export async function gradeWithCells(
  file: string,
  paper: Paper,
  secret: Uint8Array,
  room: Room,
): Promise<GradedSubmission> {
  let handedIn: readonly HandedInCell[];
  try {
    handedIn = await readHandedIn(file, room.inside.reader);
  } catch (error) {
    return { mark: unreadable(paper, (error as Error).message), cells: [] };
  }
  const submission = submissionHash(ownCells(handedIn, paper.givenCells));
  const cells = await withNames(cellsToGrade(handedIn, paper.givenCells), room);
  const parts: PartMark[] = [];
  for (const part of paper.parts)
    parts.push(await gradePart(part, cells, hiddenSeed(secret, submission, part.id), room));
  return { mark: { assignment: paper.id, submission, parts }, cells };
}

/** Each cell that cannot be read takes the time that it may; after so many of them the rest is not looked at. */
const mostUnread = 10;

/** A cell that cannot be read defines nothing. */
async function withNames(cells: readonly SourceCell[], { compiler }: Room): Promise<NamedCell[]> {
  const named: NamedCell[] = [];
  let unread = 0;
  for (const cell of cells)
    try {
      named.push({ ...cell, names: await compiler.names(cell.source) });
    } catch (error) {
      if (!(error instanceof AnswerProblem)) throw error;
      unread++;
      if (unread === mostUnread) break;
    }
  return named;
}

/** Nothing for any part, with the reason. */
export function unreadable({ id, parts }: Pick<Paper, "id" | "parts">, words: string): SubmissionMark {
  const marks = parts.map(({ id, title, aspects }) => ({
    id,
    title,
    aspects: aspects.map((aspect) => ({ ...aspect, earned: 0, words })),
  }));
  return { assignment: id, submission: "", parts: marks, unreadable: words };
}
