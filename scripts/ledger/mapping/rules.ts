// How the notes' numbers and formulas are accounted for: rules by lines, of which the first that fits decides.
import type { Role } from "../notes/numbers";

/** Why a number or formula has no claim of its own. */
export const REASONS = {
  date: "a date or clock time of the front matter",
  address: "part of an address or a file name",
  marker: "the number of a heading or of an item in a list",
  index: "an index: which layer, unit, class, sample or round",
  syntax: "the syntax of code: an axis, a bound of a loop, a format",
  notation: "introduces a name, a shape or a condition; claims nothing by itself",
  given: "chosen by the note: an input, a label or a setting",
  wording: "a word written in digits",
} as const;

export type Reason = keyof typeof REASONS;

/** What becomes of a number or a formula. */
export type Resolution =
  | { readonly claims: readonly string[] }
  | { readonly excluded: Reason }
  /** Not yet carried: awaits the notebook of this number. Allowed only while notebooks/ has none of it. */
  | { readonly pending: string };

/** What a rule is about, within its lines; without any of these, all that is there. */
export interface Selection {
  /** Numbers whose text, sign and all, is matched. */
  readonly number?: RegExp;
  /** Numbers with these signs around them. */
  readonly context?: RegExp;
  /** Numbers of these roles. */
  readonly role?: readonly Role[];
  /** Formulas whose TeX is matched, with the numbers in them. */
  readonly formula?: RegExp;
}

/** One rule. */
export interface Rule extends Selection {
  /** From line to line, both included. */
  readonly lines: readonly [from: number, to: number];
  readonly to: Resolution;
  /** Only numbers of which one of the claims prints the same text; each gets the claims that do. */
  readonly byValue?: boolean;
}

type Lines = number | readonly [from: number, to: number];
const range = (lines: Lines) => (typeof lines === "number" ? ([lines, lines] as const) : lines);

/**
 * Numbers that are claims of their own: each gets those of the claims that print it. An id may end in *, as
 * "003/1.2/z1-*".
 */
export function values(lines: Lines, ...claims: readonly string[]): Rule {
  return { lines: range(lines), to: { claims }, byValue: true };
}

/** What these claims judge: the formulas of the lines, with those of their numbers that no rule before has taken. */
export function formulas(lines: Lines, ...claims: readonly string[]): Rule {
  return { lines: range(lines), formula: /./, to: { claims } };
}

/** What these claims judge, by a choice of numbers or formulas; without a choice all that is there. */
export function judged(lines: Lines, claims: readonly string[], selection: Selection = {}): Rule {
  return { lines: range(lines), to: { claims }, ...selection };
}

/** What claims nothing, with the reason. */
export function excluded(lines: Lines, reason: Reason, selection: Selection = {}): Rule {
  return { lines: range(lines), to: { excluded: reason }, ...selection };
}

/** What the notebook of this number will judge. */
export function pending(lines: Lines, notebook: string, selection: Selection = {}): Rule {
  return { lines: range(lines), to: { pending: notebook }, ...selection };
}
