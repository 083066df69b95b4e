import type { Claim } from "../claims";
import type { Cell } from "./table";

/** What the columns of `claimCells` hold. */
export const claimHeaders = ["claim", "statement", "printed", "ours", "verdict", "arithmetic"] as const;

/**
 * The claims as rows of a table.
 * @example
 * const claim = { id: "003/1/a", statement: "tanh 0.5", printed: "0.4621", ours: 0.46211716, verdict: "reproduced", arithmetic: "ours 0.46212" }
 * claimCells([claim])[0] // ["003/1/a", "tanh 0.5", "0.4621", "0.462117", "reproduced", "ours 0.46212"]
 */
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

/**
 * How often each verdict was given, in the order of first use.
 * @example
 * countVerdicts([{ verdict: "holds" }, { verdict: "false" }, { verdict: "holds" }]) // { holds: 2, false: 1 }
 */
export function countVerdicts(claims: Iterable<Claim>): { [verdict: string]: number } {
  const counts: { [verdict: string]: number } = {};
  for (const { verdict } of claims) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
