import { fromData, type Matrix } from "../matrix";
import type { DigestedOutput } from "../mutations/digest";
import type { Case, Question, Questions } from "./question";
import { isUnanswered, type Unanswered } from "./unanswered";

/** What became of one case: values by name, which may be anything, or an error. */
export interface Asked {
  readonly probe: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly error?: Error;
}

/**
 * Tries answers on all cases of a question.
 * @throws Unanswered if one of them is not written yet
 * @example
 * const cases = [{ probe: "x = 3", ask: (f) => ({ square: f(3) }) }]
 * askAll({ cases }, [(x) => x * x])[0].values // { square: 9 }
 */
export function askAll(
  { cases }: Pick<Question<never>, "cases">,
  answers: readonly unknown[],
): readonly Asked[] {
  return (cases as readonly Case<readonly unknown[]>[]).map((one) => {
    try {
      return { probe: one.probe, values: one.ask(...answers) };
    } catch (error) {
      const unwritten = unansweredWithin(error);
      if (unwritten) throw unwritten;
      const thrown = error instanceof Error ? error : new Error(String(error));
      return { probe: one.probe, values: {}, error: thrown };
    }
  });
}

/** A network of layers wraps what one of them throws. */
function unansweredWithin(error: unknown): Unanswered | undefined {
  if (isUnanswered(error)) return error;
  return error instanceof Error && error.cause ? unansweredWithin(error.cause) : undefined;
}

/**
 * askAll for the question of a name, for those who have no other way to it than its name.
 * @throws if there is no such question; Unanswered
 * @example
 * const square = { cases: [{ probe: "x = 3", ask: (f) => ({ y: f(3) }) }] }
 * askByName({ square }, "square", [(x) => x * x])[0].values // { y: 9 }
 */
export function askByName(questions: Questions, name: string, answers: readonly unknown[]): readonly Asked[] {
  if (!Object.hasOwn(questions, name))
    throw new Error(`askByName: there is no question "${name}" (there are ${Object.keys(questions)})`);
  return askAll(questions[name], answers);
}

/**
 * A value as a matrix, a number as a 1×1 one; undefined if it is neither, or has not the entries that its shape says.
 * @example
 * asMatrix(3) // matrix([[3]])
 * asMatrix({ rows: 2, cols: 2, data: new Float64Array(3) }) // undefined
 */
export function asMatrix(value: unknown): Matrix | undefined {
  if (typeof value === "number") return fromData(1, 1, Float64Array.of(value));
  const { rows, cols, data } = (value ?? {}) as Partial<Matrix>;
  const isData = data instanceof Float64Array || data instanceof Float32Array;
  if (!isData || typeof rows !== "number" || typeof cols !== "number") return undefined;
  return rows * cols === data.length ? (value as Matrix) : undefined;
}

/**
 * What answers gave, for a digest: all of it, or what has one of some names. An error stands for all names.
 * @example
 * outputsOf([{ probe: "x = 3", values: { square: 9, root: "?" } }], ["square"]) // [{ probe: "x = 3", name: "square", value: matrix([[9]]) }]
 */
export function outputsOf(asked: readonly Asked[], names?: readonly string[]): DigestedOutput[] {
  return asked.flatMap(({ probe, values, error }): DigestedOutput[] => {
    if (error) return [{ probe, name: "error", value: null }];
    return Object.keys(values)
      .filter((name) => names?.includes(name) ?? true)
      .map((name) => ({ probe, name, value: asMatrix(values[name]) ?? null }));
  });
}
