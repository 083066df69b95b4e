import type { NamedCell } from "../submission/cells-of-part";
import { cellsToGrade } from "../submission/cells-to-grade";
import { type HandedInCell, readNotebook } from "../submission/read-notebook";
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

/** The mark of a notebook that was handed in; never throws for anything that is in it. */
export async function gradeSubmission(
  file: string,
  paper: Paper,
  secret: Uint8Array,
  room: Room,
): Promise<SubmissionMark> {
  let handedIn: HandedInCell[];
  try {
    handedIn = readNotebook(file);
  } catch (error) {
    return unreadable(paper, (error as Error).message);
  }
  const submission = submissionHash(handedIn);
  const cells = await withNames(cellsToGrade(handedIn, paper.givenCells), room);
  const parts: PartMark[] = [];
  for (const part of paper.parts)
    parts.push(await gradePart(part, cells, hiddenSeed(secret, submission, part.id), room));
  return { assignment: paper.id, submission, parts };
}

/** A cell that cannot be read defines nothing. */
async function withNames(cells: readonly SourceCell[], { compiler }: Room): Promise<NamedCell[]> {
  const named: NamedCell[] = [];
  for (const cell of cells)
    try {
      named.push({ ...cell, names: await compiler.names(cell.source) });
    } catch (error) {
      if (!(error instanceof AnswerProblem)) throw error;
    }
  return named;
}

function unreadable({ id, parts }: Paper, words: string): SubmissionMark {
  const marks = parts.map(({ id, title, aspects }) => ({
    id,
    title,
    aspects: aspects.map((aspect) => ({ ...aspect, earned: 0, words })),
  }));
  return { assignment: id, submission: "", parts: marks, unreadable: words };
}
