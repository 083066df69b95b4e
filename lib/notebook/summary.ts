import type { Bundle } from "./display";
import { tableBundle } from "./table";

/** The numbers recorded under one name, by the hash of their float64 bytes. */
export interface RecordSummary {
  readonly name: string;
  /** The execution count of the cell that recorded them; null outside the kernel. */
  readonly cell: number | null;
  readonly length: number;
  readonly hash: string;
}

/** What a notebook says of itself at its end; scripts read it under `summaryType`. */
export interface Summary {
  readonly title: string;
  readonly checks: number;
  readonly declaredChecks: number;
  readonly claims: number;
  readonly declaredClaims: number;
  readonly verdicts: { readonly [verdict: string]: number };
  readonly hash: string;
  readonly records: readonly RecordSummary[];
}

/** The MIME type by which scripts find a notebook's summary. */
export const summaryType = "application/vnd.backpropagation.summary+json";

/**
 * The summary as one output: a table to read, the same as text, and JSON for the scripts.
 * @example
 * const summary = { title: "T", checks: 1, declaredChecks: 1, claims: 0, declaredClaims: 0, verdicts: {}, hash: "e3b0", records: [] }
 * summaryBundle(summary).data["text/plain"].split("\n")[3] // "checks held    1 of 1"
 */
export function summaryBundle(summary: Summary): Bundle {
  const verdicts = Object.entries(summary.verdicts).map(([verdict, n]) => `${n} ${verdict}`);
  const rows = [
    ["checks held", `${summary.checks} of ${summary.declaredChecks}`],
    [
      "claims judged",
      `${summary.claims} of ${summary.declaredClaims}${verdicts.length > 0 ? `: ${verdicts.join(", ")}` : ""}`,
    ],
    ...summary.records.map(({ name, length, hash }) => [
      `record: ${name}`,
      `${length} ${length === 1 ? "number" : "numbers"}, SHA-256 ${hash.slice(0, 16)}…`,
    ]),
    ["all records", `SHA-256 ${summary.hash}`],
  ];
  const { data } = tableBundle(["what", "result"], rows, { caption: `${summary.title}: what was checked` });
  return { data: { ...data, [summaryType]: summary } };
}
