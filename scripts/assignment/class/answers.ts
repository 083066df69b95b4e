import type { Compiler } from "../mark/compiler";
import type { Paper } from "../mark/grade-submission";
import { AnswerProblem } from "../mark/part";
import { cellsFor, type NamedCell } from "../submission/cells-of-part";
import type { Answer } from "./journal";

/**
 * What a student wrote himself of all that the parts need, as tokens: the cells of the answers and those that these
 * use, without the given ones. Each is called by the answer that it defines, or by the first name that it defines.
 */
export async function answersOf(
  cells: readonly NamedCell[],
  { parts, givenCells }: Paper,
  compiler: Compiler,
): Promise<Answer[]> {
  const asked = [...new Set(parts.flatMap((part) => part.answers))];
  const given = new Set(givenCells.map(({ source }) => source));
  const own = cellsFor(asked, cells).cells.filter(({ source }) => !given.has(source));
  const answers: Answer[] = [];
  for (const { names, source } of own) {
    const tokens = await tokensOf(source, compiler);
    const name = asked.find((answer) => names.defines.includes(answer)) ?? names.defines[0];
    answers.push({ name, tokens: tokens.join("\n") });
  }
  return answers;
}

/** A cell that cannot be read is compared with none. */
async function tokensOf(source: string, compiler: Compiler): Promise<readonly string[]> {
  try {
    return await compiler.tokens(source);
  } catch (error) {
    if (error instanceof AnswerProblem) return [];
    throw error;
  }
}
