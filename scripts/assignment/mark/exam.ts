import type { Matrix } from "../../../lib/matrix";
import { type Random, randomState } from "../../../lib/random";
import type { Ending, Sandbox } from "../sandbox/sandbox";
import { decode, type Value } from "../wire/decode";
import type { Argument, Request, Target } from "../wire/messages";
import { readResponse } from "../wire/read-response";
import { differenceFrom } from "./compare";
import { AnswerProblem, type Aspect, type AspectMark, type Exam } from "./part";

const endings: Record<Ending["reason"], string> = {
  exit: "it ended the process",
  cpu: "it did not come to an end",
  wall: "it waited without end",
  memory: "it used up the memory",
  output: "it printed without end",
  answer: "its answer was too large",
  scratch: "it wrote too many files, or too large ones",
  stopped: "it was stopped",
};

/** What an ended process means to the student. */
export const wordsForEnding = (ending: Ending): string => endings[ending.reason];

/** The exam of one part, whose process has run its cells. */
export class PartExam implements Exam {
  readonly random: Random;
  #calls = 0;
  #shares = new Map<string, number>();
  #words = new Map<string, string>();
  #hasEnded = false;

  constructor(
    private readonly aspects: readonly Aspect[],
    private readonly sandbox: Sandbox,
    seed: number,
  ) {
    this.random = randomState(seed);
  }

  /** Whether its process has ended, by itself or by a limit, so that nothing more can be asked. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get lastCall(): number {
    return this.#calls - 1;
  }

  async call(
    target: Target | string,
    args: readonly Argument[],
    want: readonly string[] = [""],
  ): Promise<Value[]> {
    const named = typeof target === "string" ? { defined: target } : target;
    const words = typeof target === "string" ? target : "the function that was returned";
    const paths = want.map((at) => (at === "" ? [] : at.split(".")));
    const request: Request = { call: named, arguments: args, want: paths };
    const reply = await this.sandbox.ask(JSON.stringify(request));
    this.#calls++;
    if ("ending" in reply) {
      this.#hasEnded = true;
      throw new AnswerProblem(`${words}: ${wordsForEnding(reply.ending)}`);
    }
    const response = readResponse(reply.answer);
    if ("threw" in response) throw new AnswerProblem(`${words} threw ${response.threw}`);
    if (!("values" in response) || response.values.length !== want.length)
      throw new AnswerProblem(`${words}: its answer cannot be read`);
    try {
      return response.values.map(decode);
    } catch {
      throw new AnswerProblem(`${words}: its answer cannot be read`);
    }
  }

  expect(aspect: string, what: string, value: Value, right: Matrix | number, tolerance?: number): void {
    const difference = differenceFrom(right, value, what, tolerance);
    this.award(aspect, difference === undefined ? 1 : 0, difference ?? "");
  }

  award(aspect: string, share: number, words: string): void {
    if (!this.aspects.some(({ id }) => id === aspect))
      throw new Error(
        `the part has no aspect "${aspect}" (it has ${this.aspects.map(({ id }) => id).join(", ")})`,
      );
    const before = this.#shares.get(aspect) ?? 1;
    if (share < 1 && !this.#words.has(aspect)) this.#words.set(aspect, words);
    this.#shares.set(aspect, Math.min(before, Math.max(0, share)));
  }

  async attempt(aspects: readonly string[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AnswerProblem)) throw error;
      for (const aspect of aspects) this.award(aspect, 0, error.message);
    }
  }

  /** The marks; an aspect that nothing was compared for has earned nothing. */
  marks(): AspectMark[] {
    return this.aspects.map((aspect) => {
      const share = this.#shares.get(aspect.id) ?? 0;
      const words = this.#words.get(aspect.id) ?? (share < 1 ? "it was not reached" : undefined);
      return { ...aspect, earned: Math.round(share * aspect.points * 100) / 100, words };
    });
  }
}
