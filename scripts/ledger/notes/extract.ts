// Every number and every stated formula of the notes.
import type { Note } from "./folder";
import { numbersInTex, numbersInText, type Role } from "./numbers";
import { cutNote, type Formula, type Part } from "./parts";

/** A number of a note. */
export interface NoteNumber {
  readonly note: string;
  readonly line: number;
  /** Which of the line's numbers, counted from 1. */
  readonly ordinal: number;
  readonly literal: string;
  readonly role: Role;
  /** Where it stands: a few signs to its left and right. */
  readonly context: string;
  /** Of a number in a stated formula: that formula, as "75.2". */
  readonly formula?: string;
}

/** A formula of a note that states something, or stands on a line of its own. */
export interface NoteFormula {
  readonly note: string;
  readonly line: number;
  /** Which of the formulas that begin on the line, counted from 1. */
  readonly ordinal: number;
  readonly tex: string;
}

/** What a note holds. */
export interface NoteContent {
  readonly numbers: readonly NoteNumber[];
  readonly formulas: readonly NoteFormula[];
}

const RELATION = /[=<>≈←→∈]|\\(?:approx|leftarrow|to|ge|geq|le|leq|neq|in|sim|Rightarrow|propto)(?![A-Za-z])/;

/** Whether a formula says something: a single sign in a sentence is a name. */
function states({ tex, displayed }: Formula): boolean {
  return RELATION.test(tex) || (displayed && /[A-Za-z]/.test(tex) && tex !== "\\vdots");
}

/** The numbers and formulas of a note, in the order in which they stand. */
export function contentOf({ note, text }: Note): NoteContent {
  const { parts, formulas } = cutNote(text);
  const count = new Map<string, number>();
  const next = (key: string) => {
    count.set(key, (count.get(key) ?? 0) + 1);
    return count.get(key) as number;
  };
  const stated = formulas.map((formula) =>
    states(formula)
      ? { note, line: formula.line, ordinal: next(`formula ${formula.line}`), tex: formula.tex }
      : undefined,
  );
  const numbers = parts.flatMap((part, k) => {
    const formula = part.formula === undefined ? undefined : stated[part.formula];
    return found(part, parts[k - 1]?.line !== part.line).map(
      ({ literal, at, role }): NoteNumber => ({
        note,
        line: part.line,
        ordinal: next(`number ${part.line}`),
        literal,
        role,
        context: around(part.text, at, literal.length),
        ...(formula ? { formula: `${formula.line}.${formula.ordinal}` } : {}),
      }),
    );
  });
  return { numbers, formulas: stated.filter((one) => one !== undefined) };
}

function found({ kind, text }: Part, isLineStart: boolean) {
  return kind === "formula" ? numbersInTex(text) : numbersInText(text, kind, isLineStart);
}

const REACH = 9;

/** A few signs around a number, cut at other words' ends where one is near. */
function around(text: string, at: number, length: number): string {
  const from = Math.max(0, at - REACH);
  return text.slice(from, at + length + REACH).trim();
}
