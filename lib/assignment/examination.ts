import { type GradientEntry, type GradientTable, gradientTable, type Witness } from "../gradients/compare";
import { type Matrix, shape } from "../matrix";
import { type Asked, askAll, asMatrix } from "./ask";
import type { Case, Question, Truth } from "./question";

/** Why an answer does not hold: the first reason in the order of the cases and their values. */
export type Problem =
  | { readonly kind: "threw"; readonly probe: string; readonly message: string }
  | {
      readonly kind: "shape";
      readonly probe: string;
      readonly value: string;
      readonly is: string;
      readonly expected: string;
    }
  | {
      readonly kind: "differs";
      readonly probe: string;
      readonly value: string;
      /** Empty for a number. */
      readonly index: readonly number[];
      readonly own: number;
      readonly witness: string;
      readonly other: number;
    };

/** What an examination found. */
export interface Examined {
  readonly asked: readonly Asked[];
  /** Answers beside what they should be, as far as they can be compared. */
  readonly table: GradientTable;
  /** undefined if the answer holds. */
  readonly problem?: Problem;
}

/**
 * Tries answers on all cases of a question and compares what they give with what other sources say.
 * @throws Unanswered if one of them is not written yet
 * @example
 * const truth = () => ({ y: { witness: "the table of squares", value: 9, tolerance: 1e-12 } })
 * const cases = [{ probe: "x = 3", ask: (f) => ({ y: f(3) }), truth }]
 * examine({ cases }, [(x) => x * x]).problem // undefined
 * examine({ cases }, [(x) => 2 * x]).problem.other // 9
 */
export function examine(question: Pick<Question<never>, "cases">, answers: readonly unknown[]): Examined {
  const asked = askAll(question, answers);
  const cases = question.cases as readonly Case<readonly unknown[]>[];
  const entries: GradientEntry[] = [];
  let problem: Problem | undefined;
  cases.forEach((one, k) => {
    const { probe, values, error } = asked[k];
    if (error) problem ??= { kind: "threw", probe, message: error.message };
    if (error) return;
    for (const [name, truth] of Object.entries(one.truth(...answers))) {
      const right = asMatrix(truth.value) as Matrix;
      const own = asMatrix(values[name]);
      if (!own || shape(own) !== shape(right)) {
        const [is, expected] = [kindOf(values[name]), kindOf(truth.value)];
        problem ??= { kind: "shape", probe, value: name, is, expected };
        continue;
      }
      const witness = asWitness(truth, own, right);
      entries.push({ parameter: `${name}, ${probe}`, hand: own, witnesses: [witness] });
      problem ??= firstDifference(own, witness, { probe, name, isNumber: typeof truth.value === "number" });
    }
  });
  return { asked, table: gradientTable(entries), problem };
}

function asWitness({ witness, value, ...rest }: Truth, own: Matrix, right: Matrix): Witness {
  return { floor: halfOfLargest(own, right), ...rest, name: witness, gradient: right };
}

function halfOfLargest(...matrices: Matrix[]): number {
  let largest = 0;
  for (const { data } of matrices)
    for (const x of data) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  return largest / 2;
}

function firstDifference(
  own: Matrix,
  witness: Witness,
  { probe, name, isNumber }: { probe: string; name: string; isNumber: boolean },
): Problem | undefined {
  const silent = new Set(witness.kinks);
  for (const k of witness.entries ?? own.data.keys()) {
    if (silent.has(k)) continue;
    const one = { parameter: name, hand: own, witnesses: [{ ...witness, entries: [k], kinks: [] }] };
    if (gradientTable([one]).ok) continue;
    const index = isNumber ? [] : [Math.floor(k / own.cols), k % own.cols];
    const [mine, other] = [own.data[k], witness.gradient.data[k]];
    return { kind: "differs", probe, value: name, index, own: mine, witness: witness.name, other };
  }
}

/** What a value is, for a message: "2×3", "a number", "undefined". */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "number") return "a number";
  const { rows, cols, data } = value as Partial<Matrix>;
  if (!ArrayBuffer.isView(data)) return Array.isArray(value) ? "a list" : `a ${typeof value}`;
  const { length } = data as Float64Array;
  return rows === undefined || cols === undefined || rows * cols !== length
    ? `said to be ${rows}×${cols} with ${length} entries`
    : `${rows}×${cols}`;
}
