import { dataPath, readBytes } from "../datasets/files";

/** A number or a formula of the notes, as far as the account needs it. */
interface Item {
  readonly note: string;
  readonly resolution?: { readonly claims?: readonly string[]; readonly excluded?: string };
}

/** What became of one note's numbers and formulas; judged + excluded + awaiting is numbers + formulas. */
export interface NoteAccount {
  readonly note: string;
  readonly numbers: number;
  readonly formulas: number;
  /** Those to which a claim belongs. */
  readonly judged: number;
  /** Those without a claim, by the reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Those whose notebook is not there. */
  readonly awaiting: number;
}

/** The notes' accounts, and each reason for an exclusion in words. */
export interface NoteAccounts {
  readonly notes: readonly NoteAccount[];
  readonly reasons: Readonly<Record<string, string>>;
}

/**
 * What became of every number and every stated formula of the notes, counted from data/note-literals.json.
 * @throws if the file is missing
 * @example
 * noteAccounts().notes.map(({ note }) => note) // ["000", "001", "002", "003", "004"]
 */
export function noteAccounts(path = dataPath("note-literals.json")): NoteAccounts {
  const text = readBytes(path, "Make it: npm run ledger").toString("utf8");
  const { numbers, formulas, reasons } = JSON.parse(text) as {
    numbers: Item[];
    formulas: Item[];
    reasons: Record<string, string>;
  };
  const names = [...new Set([...numbers, ...formulas].map(({ note }) => note))].sort();
  const notes = names.map((note) => {
    const [n, f] = [numbers, formulas].map((items) => items.filter((item) => item.note === note));
    const excluded: Record<string, number> = {};
    let judged = 0;
    let awaiting = 0;
    for (const { resolution } of [...n, ...f]) {
      if (resolution?.claims) judged++;
      else if (resolution?.excluded) excluded[resolution.excluded] = (excluded[resolution.excluded] ?? 0) + 1;
      else awaiting++;
    }
    return { note, numbers: n.length, formulas: f.length, judged, excluded, awaiting };
  });
  return { notes, reasons };
}
