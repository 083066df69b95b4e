import type { Cell } from "./table";

/** A judged claim, as lib/claims makes them. */
export interface JudgedClaim {
  readonly note: string;
  readonly place: string;
  readonly statement: string;
  readonly printed?: string;
  readonly ours?: number | string;
  readonly fromPrinted?: { readonly expression: string; readonly value: number };
  readonly verdict: string;
  readonly arithmetic?: string;
}

export const claimHeaders = [
  "note and place",
  "statement",
  "printed",
  "ours",
  "verdict",
  "arithmetic",
] as const;

export function claimCells(claims: readonly JudgedClaim[]): Cell[][] {
  return claims.map((claim) => [
    `${claim.note}, ${claim.place}`,
    claim.statement,
    claim.printed ?? "",
    typeof claim.ours === "number" ? String(Number(claim.ours.toPrecision(6))) : (claim.ours ?? ""),
    claim.verdict,
    claim.arithmetic ??
      (claim.fromPrinted ? `${claim.fromPrinted.expression} = ${claim.fromPrinted.value}` : ""),
  ]);
}

/** How often each verdict was given, in the order of first use. */
export function countVerdicts(claims: Iterable<JudgedClaim>): { [verdict: string]: number } {
  const counts: { [verdict: string]: number } = {};
  for (const { verdict } of claims) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
