import type { InBoth, Questions } from "../../../lib/assignment/question";
import type { Thing } from "../../../lib/mutations/mutation";

/** Makes something wrong of a right thing of lib, as a mutation does, or leaves it as it is. */
export type Make = <T extends Thing>(right: T) => T;

/** Mutations of lib as mistakes in an answer. */
export interface FromMutations {
  readonly question: string;
  /** The mutations by their ids, each with its sentence in Chinese. */
  readonly mutations: Readonly<Record<string, string>>;
  /** What is handed to `check`, made of the thing that the mutations are of. */
  answers(make: Make): readonly unknown[];
}

/** A mistake of which lib has no mutation. */
export interface OwnSlip {
  readonly question: string;
  readonly id: string;
  readonly wrong: InBoth<string>;
  readonly read: string;
  /** What is handed to `check`. */
  answers(): readonly unknown[];
}

/** The right answers of an assignment, by lib's own functions, and the mistakes that are known by their digests. */
export interface SlipSheet {
  readonly assignment: string;
  readonly questions: Questions;
  /** The first entry of a question gives its right answers, with a `make` that changes nothing. */
  readonly fromMutations: readonly FromMutations[];
  readonly own: readonly OwnSlip[];
  /** The right answers of questions that have no mutations. */
  readonly right?: Readonly<Record<string, () => readonly unknown[]>>;
}

/** All that a sheet names: the right answers by question. */
export function rightAnswers({
  questions,
  fromMutations,
  right,
}: SlipSheet): Map<string, readonly unknown[]> {
  const answers = new Map<string, readonly unknown[]>();
  for (const question of Object.keys(questions)) {
    const source = fromMutations.find((one) => one.question === question);
    const own = right?.[question];
    if (!source && !own) throw new Error(`the sheet has no right answer to "${question}"`);
    answers.set(question, own ? own() : (source as FromMutations).answers((thing) => thing));
  }
  return answers;
}
