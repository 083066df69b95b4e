import type { Witness } from "../gradients/compare";
import type { Matrix } from "../matrix";

/** The languages in which an assignment speaks. */
export type Language = "en" | "zh";

/** The same in both. */
export type InBoth<T> = Readonly<Record<Language, T>>;

/** What an answer's value should be, and who says so. */
export interface Truth extends Omit<Witness, "name" | "gradient"> {
  /** For example "finite differences". */
  readonly witness: string;
  readonly value: Matrix | number;
}

/** What answers give, by name: "dWeights", "dBias". */
export type Values = Readonly<Record<string, Matrix | number>>;

/** One input on which answers are tried; the same on every machine. */
export interface Case<Answers extends readonly unknown[]> {
  /** The input in short, for any language: "3→2, m = 5". */
  readonly probe: string;
  /** What the answers give. */
  ask(...answers: Answers): Values;
  /** The same from elsewhere; it computes nothing of what is asked for. */
  truth(...answers: Answers): Readonly<Record<string, Truth>>;
}

/** What a student is asked to write, and how it is tried. */
export interface Question<Answers extends readonly unknown[]> {
  /** The answer's main function as messages call it. */
  readonly subject: string;
  /** As in the error of what is not written yet. */
  readonly equation: string;
  /** Where to read. */
  readonly read: string;
  /** From the first nudge to the plainest one, none of them the answer. */
  readonly hints: InBoth<readonly string[]>;
  readonly cases: readonly Case<Answers>[];
}

/** The questions of an assignment, by name. */
export type Questions = Readonly<Record<string, Question<never>>>;

/** What is to be handed to `check` for a question. */
export type AnswersOf<Q> = Q extends Question<infer Answers> ? Answers : never;
