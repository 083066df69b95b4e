import type { Matrix } from "../../../lib/matrix";
import type { Random } from "../../../lib/random";
import type { Limits } from "../sandbox/limits";
import type { Value } from "../wire/decode";
import type { Argument, Target } from "../wire/messages";

/** What earns points on its own within a part: one gradient, one edge case. */
export interface Aspect {
  readonly id: string;
  /** In words for the student, for example "∂E/∂W". */
  readonly title: string;
  readonly points: number;
}

/** A part of an assignment, graded in a process of its own. */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** The names that the student's cells must define for it. */
  readonly answers: readonly string[];
  readonly aspects: readonly Aspect[];
  /** The question of lib/assignment by which known mistakes in it are told, and what that is handed. */
  readonly diagnosis?: {
    readonly assignment: string;
    readonly question: string;
    readonly answers: readonly string[];
  };
  /** The parts whose answers it uses as well: what is wrong there may cost points here. */
  readonly needs?: readonly string[];
  /** What its process may use more than others, where its answers compute for long. */
  readonly limits?: Partial<Limits>;
  /** Asks the student's functions and compares what they answer with what is right. */
  examine(exam: Exam): Promise<void>;
}

/** What `examine` works with. An aspect keeps its points if everything that is compared for it agrees. */
export interface Exam {
  /** Hidden inputs: hangs on the teacher's secret, the submission and the part. */
  readonly random: Random;
  /**
   * Calls something inside and gives the parts of the result that are wanted, by paths of names.
   * @throws AnswerProblem if it throws, does not end, or answers with no data
   */
  call(target: Target | string, args: readonly Argument[], want?: readonly string[]): Promise<Value[]>;
  /** The number by which the last call's result can be referred to. */
  readonly lastCall: number;
  /** Compares an answer for an aspect, entry by entry, to 1e-12 of the largest one unless another tolerance is given. */
  expect(aspect: string, what: string, value: Value, right: Matrix | number, tolerance?: number): void;
  /** Gives a share of an aspect's points. */
  award(aspect: string, share: number, words: string): void;
  /** Does something that these aspects hang on: where it cannot be done they lose their points, and all goes on. */
  attempt(aspects: readonly string[], work: () => Promise<void>): Promise<void>;
}

/** What is wrong with an answer, in a sentence for the student. */
export class AnswerProblem extends Error {}

/** An aspect after the exam. */
export interface AspectMark extends Aspect {
  readonly earned: number;
  /** Why not all points were earned. */
  readonly words?: string;
}

/** A mistake that an answer equals: for the student to read, without weight for the mark. */
export interface Slip {
  readonly question: string;
  readonly id: string;
  /** What is wrong, in a sentence. */
  readonly wrong: { readonly en: string; readonly zh: string };
  /** Where to read about it. */
  readonly read: string;
}

/** A part after the exam. */
export interface PartMark {
  readonly id: string;
  readonly title: string;
  readonly aspects: readonly AspectMark[];
  /** The mistakes that were recognized. */
  readonly slips?: readonly Slip[];
}
