import { examine } from "./assignment/examination";
import type { AnswersOf, Language, Question, Questions } from "./assignment/question";
import { slipsIn, slipsOf } from "./assignment/slips";
import { isUnanswered, Unanswered } from "./assignment/unanswered";
import { isLanguage, words } from "./assignment/words";
import type { Figure } from "./figures/figure";
import { gradientCells, gradientHeaders } from "./notebook/check";
import { type Display, textBundle } from "./notebook/display";
import { figureBundle } from "./notebook/figure-bundle";
import { jupyterDisplay } from "./notebook/jupyter-display";
import { type Cell, type TableOptions, tableBundle } from "./notebook/table";

/** An assignment in a notebook. */
export interface Assignment<Q extends Questions> {
  /**
   * Tries answers: shows them beside what they should be, in a table.
   * @throws saying which value is wrong first, with both values, and which known slip it is, if it is one; or that the
   * function is not written yet
   */
  check<N extends keyof Q & string>(name: N, ...answers: AnswersOf<Q[N]>): void;
  /** Shows the next hint to a question. */
  hint(name: keyof Q & string): void;
  /** A figure, with its text where there is no picture. */
  figure(figure: Figure): void;
  /** A table, numbers right, text left. */
  table(headers: readonly string[], rows: readonly (readonly Cell[])[], options?: TableOptions): void;
  /** Shows which questions hold. */
  close(): void;
}

/** Settings of `openAssignment`. */
export interface AssignmentOptions {
  /** Default "en". */
  readonly language?: Language;
  /** Where outputs go; by default to Jupyter, and outside it as text to standard output. */
  readonly display?: Display;
}

/**
 * Opens an assignment; shows nothing.
 * @param id for example "A3"
 * @throws if the language is another
 * @example
 * import { unanswered } from "./assignment/unanswered"
 * const truth = () => ({ y: { witness: "the table of squares", value: 9, tolerance: 1e-12 } })
 * const cases = [{ probe: "x = 3", ask: (f) => ({ y: f(3) }), truth }]
 * const square = { subject: "square", equation: "y = x²", read: "note 001", hints: { en: ["Multiply."], zh: ["相乘。"] }, cases }
 * const assignment = openAssignment("A3", { square }, { display: () => {} })
 * assignment.check("square", (x) => x * x) // undefined
 * assignment.check("square", (x) => 2 * x) // throws /square: y is 6, the table of squares gives 9 \(x = 3\)/
 * assignment.check("square", () => { throw unanswered("square", "y = x²") }) // throws /square is yours to write: y = x²/
 */
export function openAssignment<Q extends Questions>(
  id: string,
  questions: Q,
  { language = "en", display = jupyterDisplay() }: AssignmentOptions = {},
): Assignment<Q> {
  if (!isLanguage(language))
    throw new Error(`openAssignment: the language is "${language}" (it must be "en" or "zh")`);
  const say = words[language];
  const states = new Map<string, "holds" | "fails">();
  const hinted = new Map<string, number>();
  const show = (text: string) => display(textBundle(text));
  const questionOf = (name: string): Question<never> => {
    if (Object.hasOwn(questions, name)) return questions[name];
    throw failure(say.noQuestion(name, Object.keys(questions).join(", ")));
  };

  const examined = (question: Question<never>, answers: readonly unknown[]) => {
    try {
      return examine(question, answers);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      const { subject, equation } = error;
      throw plain(new Unanswered(subject, equation, say.unwritten(subject, equation)));
    }
  };

  return {
    figure: (figure) => display(figureBundle(figure)),
    table: (headers, rows, options = {}) => display(tableBundle(headers, rows, options)),

    check(name, ...answers) {
      const question = questionOf(name);
      const { subject } = question;
      states.set(name, "fails");
      const { asked, table, problem } = examined(question, answers);
      if (table.rows.length > 0)
        display(tableBundle(gradientHeaders, gradientCells(table), { caption: subject }));
      if (problem) {
        const slips = slipsIn(name, asked, slipsOf(id)).map(say.slip);
        throw failure([say.problem(subject, problem), ...slips, say.askForHint(name)].join("\n"));
      }
      states.set(name, "holds");
      const values = asked.reduce((count, one) => count + Object.keys(one.values).length, 0);
      show(say.holds(subject, values, asked.length));
    },

    hint(name) {
      const { hints, read } = questionOf(name);
      const given = hinted.get(name) ?? 0;
      hinted.set(name, given + 1);
      const texts = hints[language];
      show(given < texts.length ? say.hint(given + 1, texts.length, texts[given]) : say.lastHint(read));
    },

    close() {
      const rows = Object.entries(questions).map(([name, { subject }]) => [
        name,
        subject,
        say.states[states.get(name) ?? "open"],
      ]);
      const holding = [...states.values()].filter((state) => state === "holds").length;
      display(tableBundle(say.headers, rows, { caption: say.done(holding, rows.length) }));
    },
  };
}

function failure(message: string): Error {
  const error = new Error(message);
  error.name = "CheckFailed";
  return plain(error);
}

/** A student reads the message; the way through this file says nothing. */
function plain<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
