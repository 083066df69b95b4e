// Keeps the ledger in step with notebooks whose outputs were accepted.
import { existsSync } from "node:fs";
import path from "node:path";
import { readNotebook } from "../run/notebook";
import { shown } from "../run/paths";
import { listNotebooks } from "../run/select";
import { accountFor } from "./account";
import { claimsOf, unique } from "./collect";
import { ledgerDifferences } from "./compare";
import { ledgerPath, readLedger, writeLedger } from "./ledger-file";
import { contentIn, literalsPath, readLiterals, writeLiterals } from "./literals-file";

/**
 * Replaces the claims of the notebooks named by those that their files carry now, and drops those of notebooks that
 * are no more; the claims of the others stay. Gives what to say about it, "" where nothing moved.
 */
export async function updateLedger(folder: string, names: readonly string[]): Promise<string> {
  const file = ledgerPath(folder);
  const notebook = (name: string) => path.join(folder, `${name}.ipynb`);
  const committed = readLedger(file);
  const others = committed.filter(
    (claim) => !names.includes(claim.notebook) && existsSync(notebook(claim.notebook)),
  );
  const own = names.flatMap((name) => claimsOf(readNotebook(notebook(name))));
  const claims = unique([...others, ...own]);
  if (claims.length === 0 && committed.length === 0) return "";
  if (!(await writeLedger(file, claims))) return "";
  const moved = ledgerDifferences(committed, claims);
  const lines = [`${shown(file)}: ${claims.length} claims`, ...moved];
  const literals = readLiterals(literalsPath(folder));
  if (literals === undefined) return lines.join("\n  ");
  const account = accountFor(contentIn(literals), claims, listNotebooks(folder));
  await writeLiterals(literalsPath(folder), account.literals);
  const open = account.problems.length;
  return [
    ...lines,
    ...(open > 0 ? [`${open} things in the notes are not accounted for: npm run ledger -- --check`] : []),
  ].join("\n  ");
}
