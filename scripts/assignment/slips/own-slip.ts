import type { OwnSlip } from "./slip-sheet";

/** A mistake in the only answer to a question: its name, what is wrong in English and in Chinese, and the wrong answer. */
export const ownSlip =
  <Answer = unknown>(question: string, read: string) =>
  (name: string, en: string, zh: string, answer: Answer): OwnSlip => ({
    question,
    id: `${question}/${name}`,
    wrong: { en, zh },
    read,
    answers: () => [answer],
  });
