import { Compiler } from "../mark/compiler";
import type { Room } from "../mark/grade-part";
import { gradeWithCells, type Paper, unreadable } from "../mark/grade-submission";
import type { Inside } from "../mark/inside";
import { Kept } from "../mark/kept";
import type { CompileResponse } from "../wire/messages";
import { answersOf } from "./answers";
import { fileHash, type Submission } from "./collect";
import { type Graded, type Key, readGraded, writeGraded } from "./journal";

/** What a class is graded with. */
export interface ClassRoom {
  readonly paper: Paper;
  readonly inside: Inside;
  readonly limits?: Room["limits"];
  readonly secret: Uint8Array;
  /** What keys have of the paper and of the secret. */
  readonly hashes: Omit<Key, "file">;
  /** The folder of finished marks. */
  readonly journal: string;
  /** How many submissions at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, total: number) => void;
}

/** What became of a class. */
export interface ClassOutcome {
  /** How many were graded now, and how many had been before. */
  readonly graded: number;
  readonly kept: number;
  /** Whom the marking itself failed for: a defect here, not in the submission. */
  readonly failures: readonly { readonly student: string; readonly message: string }[];
}

/** Grades the submissions that the journal does not have, several at a time. */
export async function gradeClass(submissions: readonly Submission[], room: ClassRoom): Promise<ClassOutcome> {
  const open: { submission: Submission; key: Key }[] = [];
  for (const submission of submissions) {
    const key = { file: submission.file ? await fileHash(submission.file) : "", ...room.hashes };
    if (!isFinished(submission, key, room.journal)) open.push({ submission, key });
  }
  const failures: { student: string; message: string }[] = [];
  let done = 0;
  room.onDone?.(0, open.length);
  const queue = open.values();
  const answers = new Kept<CompileResponse>();
  const work = async () => {
    const compiler = new Compiler(room.inside, answers);
    try {
      for (const { submission, key } of queue) {
        if (room.signal.aborted) return;
        try {
          const graded = await grade(submission, key, room, compiler);
          if (room.signal.aborted) return;
          writeGraded(room.journal, graded);
        } catch (error) {
          if (room.signal.aborted) return;
          failures.push({ student: submission.student, message: (error as Error).message });
        }
        done++;
        room.onDone?.(done, open.length);
      }
    } finally {
      await compiler.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(room.workers, open.length) }, work));
  return {
    graded: done - failures.length,
    kept: submissions.length - open.length,
    failures: failures.sort((a, b) => (a.student < b.student ? -1 : 1)),
  };
}

/** Whether the journal has the mark; a note that has changed is written to it. */
function isFinished(submission: Submission, key: Key, journal: string): boolean {
  const known = readGraded(journal, submission.student);
  if (!known || !sameKey(known.key, key)) return false;
  if (!submission.file && submission.problem !== undefined && submission.problem !== known.mark.unreadable)
    return false;
  const note = noteOf(submission);
  if (note !== undefined && note !== known.note) writeGraded(journal, { ...known, note });
  return true;
}

const sameKey = (a: Key, b: Key) => a.file === b.file && a.paper === b.paper && a.secret === b.secret;

/** What a person should know about the file that was graded. */
function noteOf({ file, problem, note }: Submission): string | undefined {
  return file && problem !== undefined ? `as handed in before: ${problem}` : note;
}

async function grade(
  submission: Submission,
  key: Key,
  { paper, inside, limits, secret, journal, signal }: ClassRoom,
  compiler: Compiler,
): Promise<Graded> {
  const { student, file, problem } = submission;
  const known = readGraded(journal, student);
  const note = noteOf(submission) ?? (known?.key.file === key.file ? known.note : undefined);
  if (!file) {
    const words = problem ?? known?.mark.unreadable ?? "nothing was handed in";
    return { student, note, key, mark: unreadable(paper, words), answers: [] };
  }
  const { mark, cells } = await gradeWithCells(file, paper, secret, { inside, limits, compiler, signal });
  return { student, note, key, mark, answers: await answersOf(cells, paper, compiler) };
}
