import { createHash } from "node:crypto";

/** What all answers together may weigh, and one of them. */
const mostCharacters = 64 * 2 ** 20;
const mostOfOne = 2 ** 20;

/** Answers to questions that have been asked before, within bounds: the oldest go first, and large ones are not kept. */
export class Kept<Answer> {
  #answers = new Map<string, { answer: Answer; size: number }>();
  #size = 0;

  get(question: string): Answer | undefined {
    return this.#answers.get(keyOf(question))?.answer;
  }

  /** @param size of the answer, in characters */
  set(question: string, answer: Answer, size: number): void {
    const key = keyOf(question);
    if (size > mostOfOne || this.#answers.has(key)) return;
    this.#answers.set(key, { answer, size });
    this.#size += size;
    for (const [oldest, kept] of this.#answers) {
      if (this.#size <= mostCharacters) break;
      this.#answers.delete(oldest);
      this.#size -= kept.size;
    }
  }
}

const keyOf = (question: string) => createHash("sha256").update(question).digest("base64");
