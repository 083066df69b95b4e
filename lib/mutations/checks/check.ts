import type { Make } from "../mutation";
import type { Subject } from "../subject";

/** Tells whether a thing passes; an error that it throws counts as caught. */
export type Judge = (make: Make) => boolean;

/** A way to test a thing: a column of the mutation matrix. */
export interface Check {
  readonly name: string;
  /** "weak" if it is known to let mistakes through that another check of the same things catches. */
  readonly strength: "weak" | "strong";
  /** What it does, in one sentence. */
  readonly what: string;
  /** Its judge of things made from this subject's right one; undefined where it does not apply. */
  judge(subject: Subject): Judge | undefined;
}

/**
 * Whether a thing passes a check, or is caught; null where the check does not apply.
 * @example
 * import { subjects } from "../subjects"
 * const check = { name: "never", strength: "weak", what: "", judge: () => () => false }
 * verdictOf(check, subjects.dense, (right) => right) // "caught"
 */
export function verdictOf(check: Check, subject: Subject, make: Make): "passes" | "caught" | null {
  const judge = check.judge(subject);
  if (!judge) return null;
  try {
    return judge(make) ? "passes" : "caught";
  } catch {
    return "caught";
  }
}
