import { type Limits, runLimits } from "../sandbox/limits";
import { startSandbox } from "../sandbox/sandbox";
import { cellsFor, type NamedCell } from "../submission/cells-of-part";
import type { CompiledCell, CompileErrors, Response } from "../wire/messages";
import { readResponse } from "../wire/read-response";
import type { Compiler } from "./compiler";
import { diagnose } from "./diagnose";
import { PartExam, wordsForEnding } from "./exam";
import type { Inside } from "./inside";
import { AnswerProblem, type Part, type PartMark } from "./part";

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
  try {
    const { cells: needed, missing } = cellsFor(part.answers, cells);
    if (missing.length > 0) throw new AnswerProblem(`no cell defines ${missing.join(" or ")}`);
    const compiled = await room.compiler.compile(needed.map(({ name, source }) => ({ name, source })));
    return { id, title, ...(await examine(part, whole(compiled), seed, room)) };
  } catch (error) {
    if (!(error instanceof AnswerProblem)) throw error;
    const words = error.message;
    return { id, title, aspects: aspects.map((aspect) => ({ ...aspect, earned: 0, words })) };
  }
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

async function examine(
  part: Part,
  cells: readonly CompiledCell[],
  seed: number,
  { inside, limits = runLimits, signal }: Room,
) {
  const { runner, confinement } = inside;
  const sandbox = startSandbox(runner.mounts, runner.script, limits, confinement);
  const stop = () => void sandbox.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const reply = await sandbox.ask(JSON.stringify({ cells }));
    if ("ending" in reply) throw new AnswerProblem(`the cells did not run: ${wordsForEnding(reply.ending)}`);
    const response = readResponse(reply.answer);
    if (!("ran" in response)) throw new AnswerProblem(thrown(response));
    const exam = new PartExam(part.aspects, sandbox, seed);
    await exam.attempt(
      part.aspects.map(({ id }) => id),
      () => part.examine(exam),
    );
    return await marksOf(part, exam);
  } finally {
    signal?.removeEventListener("abort", stop);
    await sandbox.stop();
  }
}

/** The marks, and where some are lost, why, as far as it can be told. */
export async function marksOf(part: Part, exam: PartExam): Promise<Pick<PartMark, "aspects" | "slips">> {
  const aspects = exam.marks();
  if (aspects.every(({ earned, points }) => earned === points)) return { aspects };
  const slips = await diagnose(part, exam);
  return slips.length > 0 ? { aspects, slips } : { aspects };
}

const thrown = (response: Response) =>
  "threw" in response ? `cell ${response.cell} threw ${response.threw}` : "the cells did not run";
