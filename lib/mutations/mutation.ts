import type { Activation } from "../activations";
import type { Initializer } from "../initializers";
import type { Layer } from "../layer";
import type { Loss } from "../losses";
import type { Optimizer } from "../optimizers";
import type { Schedule } from "../schedules";
import type { Subject } from "./subject";

/** What can be got wrong: a value of one of the contracts of lib. */
export type Thing = Layer | Loss | Activation | Optimizer | Initializer | Schedule;

/** What a mutation is about. */
export type Family =
  | "dense"
  | "batching"
  | "activations"
  | "softmax"
  | "losses"
  | "composition"
  | "residual"
  | "batch normalization"
  | "layer normalization"
  | "dropout"
  | "optimizers"
  | "initializers"
  | "schedules";

/**
 * Kinds of input on which a thing is tried. On "generic" input, random numbers in rectangular matrices, and on "square
 * shapes" most mutations show; the others are for those that show there alone.
 */
export type Probe =
  | "generic"
  | "square shapes"
  | "zeros and kinks"
  | "extremes"
  | "calls in between"
  | "after training"
  | "changing rate";

/**
 * Makes a thing from the right one, by its contract: a mutation does, and so does a student's answer put in its place.
 */
export type Make = (right: Thing) => Thing;

/** A classic mistake. */
export interface Mutation<T extends Thing = Thing> {
  /** Subject and mistake, for example "dense/bias-averaged". */
  readonly id: string;
  readonly family: Family;
  /** What it is a mutation of. */
  readonly subject: Subject;
  /** What is wrong, in one sentence for the one who made the mistake; it does not give the answer. */
  readonly wrong: string;
  /** Where to read about it, in the notes or the literature. */
  readonly read: string;
  /** The input on which it shows. */
  readonly shows: Probe;
  /** The wrong thing from the right one. */
  make(right: T): T;
}

/** What a mutation's author writes: "generic" input unless stated. */
export interface Mistake<T extends Thing> {
  readonly name: string;
  readonly wrong: string;
  readonly read: string;
  readonly shows?: Probe;
  make(right: T): T;
}

/**
 * The mutations of one subject from their descriptions; the id is the subject's and the mistake's name.
 * @example
 * import { subjects } from "./subjects"
 * const [mutation] = mutationsOf("dense", subjects.dense, [{ name: "untouched", wrong: "Nothing.", read: "-", make: (right) => right }])
 * mutation.id // "dense/untouched"
 * mutation.shows // "generic"
 */
export function mutationsOf<T extends Thing>(
  family: Family,
  subject: Subject,
  mistakes: readonly Mistake<T>[],
): Mutation[] {
  return mistakes.map(({ name, shows = "generic", ...mistake }) => {
    const mutation: Mutation<T> = { ...mistake, id: `${subject.id}/${name}`, family, subject, shows };
    return mutation as unknown as Mutation;
  });
}
