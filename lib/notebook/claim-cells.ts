import type { Claim } from "../claims";
import type { Cell } from "./table";

export const claimHeaders = ["claim", "statement", "printed", "ours", "verdict", "arithmetic"] as const;

/** The claims as rows of a table. */
export function claimCells(claims: readonly Claim[]): Cell[][] {
  return claims.map(({ id, statement, printed, ours, verdict, arithmetic }) => [
    id,
    statement,
    printed ?? "",
    ours === undefined ? "" : String(Number(ours.toPrecision(6))),
    verdict,
    arithmetic,
  ]);
}

/** How often each verdict was given, in the order of first use. */
export function countVerdicts(claims: Iterable<Claim>): { [verdict: string]: number } {
  const counts: { [verdict: string]: number } = {};
  for (const { verdict } of claims) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
