import type { Claim } from "../claims";
import { dataPath, readBytes } from "../datasets/files";
import type { Cell } from "./table";

/** A claim with the place that judges it. */
export interface LedgerClaim extends Claim {
  /** "06-backprop-by-hand" */
  readonly notebook: string;
  /** The id of its cell. */
  readonly cell: string;
}

/** The verdicts in the order in which they are counted: what stands first, what does not hold last. */
export const verdictOrder = [
  "reproduced",
  "holds",
  "holds in part",
  "undecided",
  "truncated",
  "carried",
  "slip",
  "false",
  "does not hold",
] as const;

/**
 * The ledger as committed in data/ledger.json, which the tests compare with what the notebooks carry.
 * @throws if the file is missing
 * @example
 * committedLedger().some(({ id }) => id === "003/1.4/yhat-1") // true
 */
export function committedLedger(path = dataPath("ledger.json")): LedgerClaim[] {
  const text = readBytes(path, "Make it: npm run ledger").toString("utf8");
  return (JSON.parse(text) as { claims: LedgerClaim[] }).claims;
}

/**
 * How many claims of each note got each verdict; a column for each verdict that occurs, and the sum.
 * @example
 * const claims = [{ note: "003", verdict: "slip" }, { note: "003", verdict: "holds" }, { note: "lit", verdict: "holds" }]
 * verdictTable(claims).headers // ["note", "claims", "holds", "slip"]
 * verdictTable(claims).rows // [["003", 2, 1, 1], ["lit", 1, 1, 0], ["all", 3, 2, 1]]
 */
export function verdictTable(claims: readonly Pick<Claim, "note" | "verdict">[]): {
  headers: string[];
  rows: Cell[][];
} {
  const verdicts = verdictOrder.filter((verdict) => claims.some((claim) => claim.verdict === verdict));
  const row = (name: string, own: readonly Pick<Claim, "verdict">[]) => [
    name,
    own.length,
    ...verdicts.map((verdict) => own.filter((claim) => claim.verdict === verdict).length),
  ];
  const notes = [...new Set(claims.map(({ note }) => note))].sort();
  return {
    headers: ["note", "claims", ...verdicts],
    rows: [
      ...notes.map((note) =>
        row(
          note,
          claims.filter((claim) => claim.note === note),
        ),
      ),
      row("all", claims),
    ],
  };
}

/**
 * The claims as a table in Markdown, for nb.markdown; each id is a link to the cell that judges the claim, which
 * JupyterLab follows and which the report turns into one to the other report.
 * @example
 * const claim = { id: "003/1/a", note: "003", statement: "|tanh 0.5|", verdict: "holds", notebook: "06-x", cell: "claims" }
 * ledgerMarkdown([claim]).split("\n")[2] // "| [003/1/a](06-x.ipynb#cell-id=claims) | 003 | \\|tanh 0.5\\| |  |  | holds | 06 |"
 */
export function ledgerMarkdown(claims: readonly LedgerClaim[]): string {
  const escaped = (text: string) => text.replace(/[\\|*_`$<>[\]]/g, "\\$&").replace(/\s+/g, " ");
  const rows = claims.map(({ id, note, statement, printed, ours, verdict, notebook, cell }) => {
    const number = ours === undefined ? "" : String(Number(ours.toPrecision(6)));
    const link = `[${escaped(id)}](${notebook}.ipynb#cell-id=${encodeURIComponent(cell)})`;
    const cells = [link, note, escaped(statement), escaped(printed ?? ""), number, verdict];
    return `| ${[...cells, notebook.split("-")[0]].join(" | ")} |`;
  });
  return [
    "| claim | note | statement | printed | ours | verdict | notebook |",
    "| --- | --- | --- | ---: | ---: | --- | --- |",
    ...rows,
  ].join("\n");
}
