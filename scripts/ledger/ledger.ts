// `npm run ledger`: the claims that the notebooks judge, in data/ledger.json, and the notes' numbers and formulas with
// what became of each, in data/note-literals.json.
import { existsSync, readFileSync } from "node:fs";
import color from "picocolors";
import type { LedgerClaim } from "../../lib/notebook/ledger";
import { BadInput } from "../run/bad-input";
import { PLACES, shown } from "../run/paths";
import { listNotebooks } from "../run/select";
import { accountFor, extract } from "./account";
import { collectClaims } from "./collect";
import { ledgerDifferences } from "./compare";
import { ledgerPath, readLedger, writeLedger } from "./ledger-file";
import { contentIn, literalsPath, literalsText, readLiterals, writeLiterals } from "./literals-file";
import { notesFolder } from "./notes/folder";
import { pendingText, unjudgedTable } from "./unjudged";

/** Settings of `npm run ledger`. */
export interface LedgerOptions {
  /** Write nothing; fail where something moved or is not accounted for. */
  readonly check?: boolean;
  /** Print what awaits this notebook. */
  readonly pending?: string;
  /** Print how much awaits each notebook. */
  readonly unjudged?: boolean;
  /** Other folders, for tests; without notes the committed list of what they hold is taken. */
  readonly notebooks?: string;
  readonly notes?: string;
  readonly write?: (text: string) => void;
}

/** Gathers claims and notes and writes, compares or prints them. Gives the exit code. */
export async function ledger(options: LedgerOptions = {}): Promise<number> {
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const notebooks = options.notebooks ?? PLACES.notebooks;
  try {
    const found = collectClaims(notebooks);
    const account = accountOf(notebooks, found, options.notes ?? notesFolder());
    if (account && options.pending !== undefined) {
      write(pendingText(account.literals, options.pending));
      return 0;
    }
    if (account && options.unjudged) {
      write(unjudgedTable(account.literals));
      return 0;
    }
    const claims = await keepClaims(notebooks, found, options.check === true, write);
    const literals = account ? await keepLiterals(notebooks, account, options.check === true, write) : 0;
    return Math.max(claims, literals);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    write(`${color.red("✖")} ${error.message}\n`);
    return 1;
  }
}

/** The account of the notes, or of the committed list of what they hold where they are not there. */
function accountOf(notebooks: string, claims: readonly LedgerClaim[], notes: string | undefined) {
  const committed = readLiterals(literalsPath(notebooks));
  const isProject = notebooks === PLACES.notebooks;
  const content =
    notes !== undefined && (isProject || committed) ? extract(notes) : committed && contentIn(committed);
  return content && accountFor(content, claims, listNotebooks(notebooks));
}

type Write = (text: string) => void;

async function keepClaims(notebooks: string, found: readonly LedgerClaim[], check: boolean, write: Write) {
  const file = ledgerPath(notebooks);
  const moved = ledgerDifferences(readLedger(file), found);
  for (const line of moved) write(`${color.red("≠")} ${line}\n`);
  if (check && moved.length > 0) {
    write(`${shown(file)} is not what the notebooks judge. If they are right: npm run ledger\n`);
    return 1;
  }
  if (!check) await writeLedger(file, found);
  write(`${shown(file)}: ${found.length} claims${check ? ", as the notebooks judge them" : ""}\n`);
  return 0;
}

async function keepLiterals(
  notebooks: string,
  { literals, problems }: ReturnType<typeof accountFor>,
  check: boolean,
  write: Write,
): Promise<number> {
  const file = literalsPath(notebooks);
  for (const problem of problems) write(`${color.red("✖")} ${problem}\n`);
  const moved = !existsSync(file) || readFileSync(file, "utf8") !== literalsText(literals);
  if (check && moved) write(`${shown(file)} is not what the notes and the rules give: npm run ledger\n`);
  if (!check) await writeLiterals(file, literals);
  write(
    `${shown(file)}: ${literals.numbers.length} numbers and ${literals.formulas.length} formulas, ` +
      `${problems.length === 0 ? "all accounted for" : `${problems.length} problems`}\n`,
  );
  return problems.length > 0 || (check && moved) ? 1 : 0;
}
