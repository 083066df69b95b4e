import type { Claim } from "../claims";
import type { Bundle } from "./display";
import { type Cell, tableBundle } from "./table";

/** The MIME type by which scripts find a notebook's claims. */
export const claimsType = "application/vnd.backpropagation.claims+json";

/**
 * Claims as one output: a table to read, the same as text, and JSON for the ledger.
 * @example
 * const claim = { id: "003/1/a", statement: "tanh 0.5", verdict: "holds", arithmetic: "tried on one number" }
 * const { data } = claimBundle([claim], "Claims")
 * data["text/plain"].split("\n")[0] // "Claims"
 * data["application/vnd.backpropagation.claims+json"].claims[0].id // "003/1/a"
 */
export function claimBundle(claims: readonly Claim[], caption: string): Bundle {
  const { headers, rows } = claimTable(claims);
  return { data: { ...tableBundle(headers, rows, { caption }).data, [claimsType]: { claims } } };
}

/**
 * The claims as a table. It has columns for numbers only if one of the claims is about a number.
 * @example
 * const claim = { id: "003/1/a", statement: "tanh 0.5", printed: "0.4621", ours: 0.46211716, verdict: "reproduced", arithmetic: "ours 0.46212" }
 * claimTable([claim]).headers // ["claim", "statement", "printed", "ours", "verdict", "arithmetic"]
 * claimTable([claim]).rows[0] // ["003/1/a", "tanh 0.5", "0.4621", "0.462117", "reproduced", "ours 0.46212"]
 */
export function claimTable(claims: readonly Claim[]): { headers: string[]; rows: Cell[][] } {
  const withNumbers = claims.some(({ printed, ours }) => printed !== undefined || ours !== undefined);
  const numbers = (cells: Cell[]) => (withNumbers ? cells : []);
  return {
    headers: ["claim", "statement", ...numbers(["printed", "ours"]).map(String), "verdict", "arithmetic"],
    rows: claims.map(({ id, statement, printed, ours, verdict, arithmetic }) => [
      id,
      statement,
      ...numbers([printed ?? "", ours === undefined ? "" : String(Number(ours.toPrecision(6)))]),
      verdict,
      arithmetic,
    ]),
  };
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
