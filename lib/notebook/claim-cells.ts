import type { Claim } from "../claims";
import type { Cell } from "./table";

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
