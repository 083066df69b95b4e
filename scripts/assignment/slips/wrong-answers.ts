import type { InBoth } from "../../../lib/assignment/question";
import { mutationOf } from "../../../lib/mutations/mutations";
import type { SlipSheet } from "./slip-sheet";

/** A wrong answer to a question. */
export interface WrongAnswer {
  readonly question: string;
  readonly id: string;
  readonly wrong: InBoth<string>;
  readonly read: string;
  /** Made anew at every call: a mistake may lie in what is kept between calls. */
  answers(): readonly unknown[];
}

/** All wrong answers of a sheet, those of lib's mutations and its own. */
export function wrongAnswers({ fromMutations, own }: SlipSheet): WrongAnswer[] {
  const mutated = fromMutations.flatMap(({ question, mutations, answers }) =>
    Object.entries(mutations).map(([id, zh]) => {
      const mutation = mutationOf(id);
      const wrong = { en: mutation.wrong, zh };
      const made = () => answers((right) => mutation.make(right) as typeof right);
      return { question, id, wrong, read: mutation.read, answers: made };
    }),
  );
  return [...mutated, ...own];
}
