// Whether every number and formula of the notes is accounted for.
import type { LedgerClaim } from "../../lib/notebook/ledger";
import { numberOf } from "../run/select";
import { mapping } from "./mapping/mapping";
import type { Resolution, Rule } from "./mapping/rules";
import { contentOf, type NoteContent, type NoteFormula, type NoteNumber } from "./notes/extract";
import { NOTES, readNotes } from "./notes/folder";
import { type Resolved, resolve } from "./resolve";

/** Every number and stated formula of the notes with what became of it. */
export interface Literals {
  readonly numbers: readonly Resolved<NoteNumber>[];
  readonly formulas: readonly Resolved<NoteFormula>[];
}

/** The account, and all that is wrong with it, a line each. */
export interface Account {
  readonly literals: Literals;
  readonly problems: readonly string[];
}

/** What the notes in a folder hold. */
export function extract(folder: string): NoteContent {
  const notes = readNotes(folder).map(contentOf);
  return {
    numbers: notes.flatMap(({ numbers }) => numbers),
    formulas: notes.flatMap(({ formulas }) => formulas),
  };
}

/**
 * Resolves the content by the rules.
 * @param notebooks names of those that there are: what awaits one of them is a problem
 */
export function accountFor(
  content: NoteContent,
  ledger: readonly LedgerClaim[],
  notebooks: readonly string[],
  rules: { readonly [note: string]: readonly Rule[] } = mapping,
): Account {
  const there = new Set(notebooks.map(numberOf));
  const own = <Item extends { note: string }>(items: readonly Item[], note: string) =>
    items.filter((item) => item.note === note);
  const notes = NOTES.map((note) => {
    const inNote = { numbers: own(content.numbers, note), formulas: own(content.formulas, note) };
    const resolved = resolve(inNote, rules[note] ?? [], own(ledger, note));
    return { ...resolved, problems: resolved.problems.map((problem) => `note ${note}: ${problem}`) };
  });
  const literals: Literals = {
    numbers: notes.flatMap(({ numbers }) => numbers),
    formulas: notes.flatMap(({ formulas }) => formulas),
  };
  const items = [...literals.numbers, ...literals.formulas];
  return {
    literals,
    problems: [
      ...notes.flatMap(({ problems }) => problems),
      ...literals.formulas.flatMap((formula) => problemOf(formula, there)),
      // A number of a formula that is named already is not named again.
      ...literals.numbers
        .filter((number) => !followsFormula(number, literals.formulas))
        .flatMap((number) => problemOf(number, there)),
      ...ledger.filter(isOfNumber(items)).map(({ id, notebook }) => {
        return `${id} (${notebook}) judges a printed number, and no number of the note is mapped to it`;
      }),
    ],
  };
}

/** A number or formula, as messages name it. */
export function nameOf(item: NoteNumber | NoteFormula): string {
  const what =
    "literal" in item ? `the number ${item.literal} in "${item.context}"` : `the formula ${item.tex}`;
  return `note ${item.note}, line ${item.line}: ${what}`;
}

function problemOf(item: Resolved<NoteNumber> | Resolved<NoteFormula>, there: ReadonlySet<string>): string[] {
  const { resolution } = item;
  if (resolution === undefined)
    return [
      `${nameOf(item)} is not accounted for: add a rule to scripts/ledger/mapping/note-${item.note}*.ts`,
    ];
  if ("pending" in resolution && there.has(resolution.pending))
    return [
      `${nameOf(item)} awaits notebook ${resolution.pending}, which is there: judge it, or say why not`,
    ];
  return [];
}

function followsFormula(number: Resolved<NoteNumber>, formulas: readonly Resolved<NoteFormula>[]): boolean {
  if (number.formula === undefined) return false;
  const [line, ordinal] = number.formula.split(".").map(Number);
  const own = formulas.find(
    (one) => one.note === number.note && one.line === line && one.ordinal === ordinal,
  );
  return JSON.stringify(own?.resolution) === JSON.stringify(number.resolution);
}

/** Whether a claim about a printed number is one that none of the items is mapped to. */
function isOfNumber(items: readonly { resolution: Resolution | undefined }[]) {
  const judged = new Set(
    items.flatMap(({ resolution }) => (resolution && "claims" in resolution ? resolution.claims : [])),
  );
  return ({ id, kind, note }: LedgerClaim) => kind === "printed" && note !== "lit" && !judged.has(id);
}
