// What moved between two ledgers.
import type { LedgerClaim } from "../../lib/notebook/ledger";
import { excerpt, leaves } from "../run/words";

/** One line for each claim that appeared, vanished or moved, with the fields that are other ones. */
export function ledgerDifferences(
  committed: readonly LedgerClaim[],
  found: readonly LedgerClaim[],
): string[] {
  const before = new Map(committed.map((claim) => [claim.id, claim]));
  const after = new Map(found.map((claim) => [claim.id, claim]));
  const lines: string[] = [];
  for (const [id, claim] of after) {
    const was = before.get(id);
    if (was === undefined) lines.push(`${id} is new: ${claim.verdict} (${placeOf(claim)})`);
    else {
      const moved = leaves(was, claim);
      if (moved.length > 0) lines.push(`${id} (${placeOf(claim)}) ${moved.map(inWords).join("; ")}`);
    }
  }
  for (const [id, claim] of before)
    if (!after.has(id)) lines.push(`${id} is gone: it was judged in ${placeOf(claim)}`);
  return lines;
}

const placeOf = ({ notebook, cell }: LedgerClaim) => `${notebook}, cell ${cell}`;

function inWords([field, old, now]: [string, unknown, unknown]): string {
  const text = (value: unknown) => (value === undefined ? "nothing" : excerpt(JSON.stringify(value)));
  return `${field}: ${text(old)} → ${text(now)}`;
}
