import { digestOf } from "./digest";
import { committedMatrix, type MatrixRow } from "./matrix";
import { outputsOf } from "./outputs";
import type { MakeOf, Subject } from "./subject";

/**
 * The mutation that an answer equals, by the digest of what it computes: no mutation's code is needed, nor the right
 * answer's. undefined for a right answer and for mistakes that are not in the list.
 * @param make makes the answer from the right thing, for example `(right) => ({ ...right, backward: mine })`
 * @param rows the mutations to look among; default the committed ones
 * @example
 * import { subjects } from "./subjects"
 * const mine = (right) => ({ ...right, backward: ({ probabilities, target }) => subtract(probabilities, target) })
 * recognised(subjects.softmaxCrossEntropy, mine).wrong // "The gradient is summed over the batch, although the loss is a mean: 1/m is missing."
 * recognised(subjects.softmaxCrossEntropy, (right) => right) // undefined
 */
export function recognised<S extends Subject>(
  subject: S,
  make: MakeOf<S>,
  rows: readonly MatrixRow[] = committedMatrix().mutations,
): MatrixRow | undefined {
  const digest = digestOf(outputsOf(subject, make));
  return rows.find((row) => row.subject === subject.id && row.digest === digest);
}
