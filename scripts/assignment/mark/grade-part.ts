import { type Limits, runLimits } from "../sandbox/limits";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { cellsFor, type NamedCell } from "../submission/cells-of-part";
import type { CompiledCell, CompileErrors, Response } from "../wire/messages";
import { readResponse } from "../wire/read-response";
import type { Compiler } from "./compiler";
import { diagnose } from "./diagnose";
import { PartExam, wordsForEnding } from "./exam";
import type { Inside } from "./inside";
import { AnswerProblem, type AspectMark, type Part, type PartMark, type Slip } from "./part";

/** Where parts are graded. */
export interface Room {
  readonly inside: Inside;
  readonly compiler: Compiler;
  /** For each part's process; default runLimits. */
  readonly limits?: Limits;
  /** Ends what runs; a mark that comes back after it is none. */
  readonly signal?: AbortSignal;
}

/**
 * The mark of a part: its cells are compiled and run in a sandbox of their own, then its functions are asked.
 * @param seed of the hidden inputs
 */
export async function gradePart(
  part: Part,
  cells: readonly NamedCell[],
  seed: number,
  room: Room,
): Promise<PartMark> {
  const { id, title, aspects } = part;
  room.signal?.throwIfAborted();
  const ask = <T>(answers: readonly string[], work: (exam: PartExam) => Promise<T>) =>
    withAnswers(answers, cells, roomFor(part, room), (sandbox) => work(new PartExam(aspects, sandbox, seed)));
  try {
    const { marks, hasEnded } = await ask(part.answers, async (exam) => ({
      marks: await examined(part, exam),
      hasEnded: exam.hasEnded,
    }));
    if (hasEnded || !isWorthDiagnosing(part, marks)) return { id, title, aspects: marks };
    // in a process of its own: what was kept from call to call is part of some mistakes
    const slips = await ask(part.diagnosis.answers, (exam) => diagnose(part, exam)).catch(noSlips);
    return { id, title, aspects: marks, ...(slips.length > 0 && { slips }) };
  } catch (error) {
    if (!(error instanceof AnswerProblem)) throw error;
    const words = error.message;
    return { id, title, aspects: aspects.map((aspect) => ({ ...aspect, earned: 0, words })) };
  }
}

/** Where a part that may use more than others is graded. */
const roomFor = ({ limits: more }: Part, room: Room): Room =>
  more ? { ...room, limits: { ...(room.limits ?? runLimits), ...more } } : room;

/** The marks of an exam. */
export async function examined(part: Part, exam: PartExam): Promise<AspectMark[]> {
  const all = part.aspects.map(({ id }) => id);
  await exam.attempt(all, () => part.examine(exam));
  return exam.marks();
}

/** Whether marks are lost for another reason than that nothing is written, where mistakes are known. */
function isWorthDiagnosing(
  part: Part,
  aspects: readonly AspectMark[],
): part is Part & Required<Pick<Part, "diagnosis">> {
  const lost = aspects.filter(({ earned, points }) => earned < points);
  return part.diagnosis !== undefined && lost.some(({ words }) => !words?.includes("is yours to write"));
}

function noSlips(error: unknown): readonly Slip[] {
  if (error instanceof AnswerProblem) return [];
  throw error;
}

/** @throws AnswerProblem with the first error where a cell does not compile */
function whole(compiled: readonly (CompiledCell | CompileErrors)[]): CompiledCell[] {
  for (const cell of compiled)
    if ("errors" in cell) {
      const [{ line, message }] = cell.errors;
      throw new AnswerProblem(`cell ${cell.name} does not compile: line ${line}: ${message}`);
    }
  return compiled as CompiledCell[];
}

/**
 * Runs the cells that define some answers in a sandbox of their own, and asks it.
 * @throws AnswerProblem if they are not there, do not compile or do not run
 */
async function withAnswers<T>(
  answers: readonly string[],
  cells: readonly NamedCell[],
  { inside: { runner, confinement }, compiler, limits = runLimits, signal }: Room,
  work: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const { cells: needed, missing } = cellsFor(answers, cells);
  if (missing.length > 0) throw new AnswerProblem(`no cell defines ${missing.join(" or ")}`);
  const compiled = whole(await compiler.compile(needed.map(({ name, source }) => ({ name, source }))));
  signal?.throwIfAborted();
  const sandbox = startSandbox(runner.mounts, runner.script, limits, confinement);
  const stop = () => void sandbox.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    // numbers for names: those are the student's, and not part of what hidden inputs derive from
    const numbered = compiled.map((cell, k) => ({ ...cell, name: String(k) }));
    const reply = await sandbox.ask(JSON.stringify({ cells: numbered }));
    if ("ending" in reply) throw new AnswerProblem(`the cells did not run: ${wordsForEnding(reply.ending)}`);
    const response = readResponse(reply.answer);
    if (!("ran" in response)) throw new AnswerProblem(thrown(response, compiled));
    return await work(sandbox);
  } finally {
    signal?.removeEventListener("abort", stop);
    await sandbox.stop();
  }
}

const thrown = (response: Response, cells: readonly CompiledCell[]) =>
  "threw" in response
    ? `cell ${cells[Number(response.cell)]?.name ?? ""} threw ${response.threw}`
    : "the cells did not run";
