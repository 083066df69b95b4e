import type { Matrix } from "../matrix";
import type { Mutation } from "./mutation";
import { mutations } from "./mutations";
import { type Output, outputsOf } from "./outputs";
import type { MakeOf, Subject } from "./subject";

/** What is known of an answer. */
export interface Diagnosis {
  /** It computes what the right one computes. */
  readonly right: boolean;
  /** The mutations that compute the same. */
  readonly equals: readonly Mutation[];
  /** Where it first differs from the right one; null if it does not. */
  readonly first: Difference | null;
}

/** The first entry in which outputs differ; an error thrown on either side has no values. */
export interface Difference {
  readonly output: Output;
  /** Row and column. */
  readonly index: readonly [number, number];
  readonly value: number;
  readonly expected: number;
}

/** Outputs are the same if all entries agree to this share of their matrix's largest one. */
export const sameWithin = 1e-9;

/**
 * Compares what an answer computes on its subject's inputs with the right one and with the mutations.
 * @param make makes the answer from the right thing, for example `(right) => ({ ...right, backward: mine })`
 * @example
 * import { subjects } from "./subjects"
 * const diagnosis = diagnose(subjects.softmaxCrossEntropy, (right) => ({ ...right, backward: ({ probabilities, target }) => subtract(probabilities, target) }))
 * diagnosis.equals.map(({ id }) => id) // ["softmaxCrossEntropy/not-averaged"]
 * diagnosis.first.output.name // "dPrediction"
 * diagnose(subjects.tanh, (right) => right).right // true
 */
export function diagnose<S extends Subject>(
  subject: S,
  make: MakeOf<S>,
  candidates: readonly Mutation[] = mutations,
): Diagnosis {
  const outputs = outputsOf(subject, make);
  const truth = outputsOf<Subject>(subject, (right) => right);
  const first = firstDifference(outputs, truth);
  const equals = candidates.filter(
    (mutation) =>
      mutation.subject === subject &&
      firstDifference(outputs, outputsOf<Subject>(subject, mutation.make)) === null,
  );
  return { right: first === null, equals, first };
}

/**
 * The first entry in which outputs differ from expected ones by more than 1e-9 of the larger matrix's largest entry, or
 * of 1e-6; null if there is none. NaN equals NaN here, and an infinity itself.
 * @example
 * const of = (x) => [{ probe: "generic", name: "loss", value: matrix([[1, x]]) }]
 * firstDifference(of(2), of(2 + 1e-12)) // null
 * firstDifference(of(2), of(3)).index // [0, 1]
 */
export function firstDifference(
  outputs: readonly Output[],
  expected: readonly Output[],
  tolerance = sameWithin,
): Difference | null {
  for (let k = 0; k < Math.max(outputs.length, expected.length); k++) {
    const [output, other] = [outputs[k], expected[k]];
    const [A, B] = [output?.value, other?.value];
    const same = output?.name === other?.name && A?.rows === B?.rows && A?.cols === B?.cols;
    if (!same)
      return {
        output: output ?? other,
        index: [0, 0],
        value: A?.data[0] ?? NaN,
        expected: B?.data[0] ?? NaN,
      };
    if (!A || !B) continue;
    const bound = tolerance * Math.max(largest(A), largest(B), 1e-6);
    for (let i = 0; i < A.data.length; i++) {
      const [value, expected] = [A.data[i], B.data[i]];
      if (Object.is(value, expected) || Math.abs(value - expected) <= bound) continue;
      return { output, index: [Math.floor(i / A.cols), i % A.cols], value, expected };
    }
  }
  return null;
}

function largest({ data }: Matrix): number {
  let found = 0;
  for (let k = 0; k < data.length; k++)
    if (Number.isFinite(data[k])) found = Math.max(found, Math.abs(data[k]));
  return found;
}
