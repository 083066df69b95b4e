// `npm run ledger`: the claims that the notebooks judge, in data/ledger.json.
import color from "picocolors";
import { BadInput } from "../run/bad-input";
import { PLACES, shown } from "../run/paths";
import { collectClaims } from "./collect";
import { ledgerDifferences } from "./compare";
import { ledgerPath, readLedger, writeLedger } from "./ledger-file";

/** Settings of `npm run ledger`. */
export interface LedgerOptions {
  /** Write nothing; fail where something moved. */
  readonly check?: boolean;
  /** Other folders, for tests. */
  readonly notebooks?: string;
  readonly write?: (text: string) => void;
}

/** Gathers the claims and writes or compares them. Gives the exit code. */
export async function ledger(options: LedgerOptions = {}): Promise<number> {
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const notebooks = options.notebooks ?? PLACES.notebooks;
  try {
    return await claims(notebooks, options.check === true, write);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    write(`${color.red("✖")} ${error.message}\n`);
    return 1;
  }
}

async function claims(notebooks: string, check: boolean, write: (text: string) => void): Promise<number> {
  const file = ledgerPath(notebooks);
  const found = collectClaims(notebooks);
  const moved = ledgerDifferences(readLedger(file), found);
  for (const line of moved) write(`${color.red("≠")} ${line}\n`);
  if (check) {
    write(
      moved.length === 0
        ? `${shown(file)}: ${found.length} claims, as the notebooks judge them\n`
        : `${shown(file)} is not what the notebooks judge. If they are right: npm run ledger\n`,
    );
    return moved.length === 0 ? 0 : 1;
  }
  await writeLedger(file, found);
  write(`${shown(file)}: ${found.length} claims\n`);
  return 0;
}
