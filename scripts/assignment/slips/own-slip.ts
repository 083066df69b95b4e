import type { OwnSlip } from "./slip-sheet";

/** A mistake in the only answer to a question: its name, what is wrong in English and in Chinese, and the wrong answer. */
export const ownSlip =
  (question: string, read: string) =>
  (name: string, en: string, zh: string, answer: unknown): OwnSlip => ({
    question,
    id: `${question}/${name}`,
    wrong: { en, zh },
    read,
    answers: () => [answer],
  });
