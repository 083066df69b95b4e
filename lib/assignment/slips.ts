import { dataPath, readBytes } from "../datasets/files";
import { digestOf } from "../mutations/digest";
import { type Asked, outputsOf } from "./ask";
import type { InBoth } from "./question";

/** A known mistake in the answer to a question. */
export interface Slip {
  readonly question: string;
  /** For example "dense/weight-gradient-averaged". */
  readonly id: string;
  /** Those of the answer's values that it makes wrong. */
  readonly values: readonly string[];
  /** Of those values, on the question's cases. */
  readonly digest: string;
  /** What is wrong, in one sentence; it does not give the answer. */
  readonly wrong: InBoth<string>;
  readonly read: string;
}

const remedy = "Unpack the assignment again; in the project itself: git checkout -- data/assignments";

/**
 * The known mistakes of an assignment, from data/assignments: digests of what they compute, not code.
 * @param assignment for example "A3"
 * @throws if the file is missing
 * @example
 * slipsOf("A3")[0].question // "dense"
 * slipsOf("A0") // throws /A0.json is missing/
 */
export function slipsOf(assignment: string): readonly Slip[] {
  const file = dataPath(`assignments/${assignment}.json`);
  return JSON.parse(readBytes(file, remedy).toString("utf8")).slips;
}

/**
 * Which known mistakes an answer makes: those whose values it gives, to nine digits. More than one can be made at once,
 * each in other values; of two of which one has all values of the other and more, it is that one.
 * @example
 * const slips = [{ question: "square", id: "cube", values: ["y"], digest: "6f1b2b1ee4d3b3a5" }]
 * slipsIn("square", [{ probe: "x = 3", values: { y: 9 } }], slips) // []
 */
export function slipsIn(question: string, asked: readonly Asked[], slips: readonly Slip[]): readonly Slip[] {
  const equal = slips.filter(
    (slip) => slip.question === question && digestOf(outputsOf(asked, slip.values)) === slip.digest,
  );
  const holdsMore = (more: Slip, less: Slip) =>
    more.values.length > less.values.length && less.values.every((name) => more.values.includes(name));
  return equal.filter((slip) => !equal.some((other) => holdsMore(other, slip)));
}
