import { existsSync } from "node:fs";
import type { Verdict } from "../../lib/claims";
import { type LedgerClaim, verdictOrder, verdictTable } from "../../lib/notebook/ledger";
import { literalsPath, readLiterals } from "../ledger/literals-file";
import { byId } from "../ledger/order";
import { PLACES } from "../run/paths";
import { numberOf } from "../run/select";
import { plural } from "./facts";
import { escapeHtml, listPage } from "./list-page";
import type { ReportFile } from "./report-facts";

/** What each verdict means, for the reader. */
const MEANINGS: { readonly [V in Verdict]: string } = {
  reproduced: "a printed number, and ours rounds to it",
  holds:
    "a formula that held wherever it was tried, or behaviour of which every interval lies on the claimed side",
  "holds in part": "behaviour of which some parts hold and some do not",
  undecided: "behaviour whose interval lies on both sides of what was claimed",
  truncated: "a printed number that is right, but cut instead of rounded",
  carried:
    "a printed number that is right from its printed operands, which carry an earlier slip or their own rounding",
  slip: "a printed number that is wrong from its own printed operands too",
  false: "a formula with a counterexample",
  "does not hold": "behaviour of which every interval lies on the other side of what was claimed",
};

/** The page of all claims that the reports of a folder judge, its styles and scripts still to be put in; null without any. */
export function ledgerHtml(reports: readonly ReportFile[]): string | null {
  const claims = reports.flatMap((report) =>
    (report.claims ?? []).map((claim) => ({ claim, file: report.file })),
  );
  if (claims.length === 0) return null;
  claims.sort((a, b) => byId(a.claim, b.claim));
  const list = claims.map(({ claim }) => claim);
  const notebooks = new Set(list.map(({ notebook }) => notebook));
  return listPage({
    title: "Ledger of claims",
    description: `${plural(list.length, "claim")} of the notes and of the literature, each with its verdict and the cell that judges it.`,
    byline: [plural(list.length, "claim"), `judged in ${plural(notebooks.size, "notebook")}`],
    wide: true,
    main: `<h2 id="verdicts">Verdicts by note</h2>
${countsTable(list)}
<details class="meanings"><summary>What the verdicts mean</summary>
<dl>${meanings(list)}</dl>
</details>
${notesTable()}
<h2 id="claims">Claims</h2>
${filters(list)}
<div class="table-box scroll"><table class="ledger" id="ledger">
<caption>Every claim, with a link to the cell that judges it</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Statement</th><th scope="col" align="right">Printed</th><th scope="col" align="right">Ours</th><th scope="col">Why</th><th scope="col">Notebook</th></tr></thead>
<tbody>
${claims.map(({ claim, file }) => row(claim, file)).join("\n")}
</tbody>
</table></div>`,
    foot: "Made from the claims that the notebooks carry. This file is complete in itself; without script it shows all claims.",
  });
}

function countsTable(claims: readonly LedgerClaim[]): string {
  const { headers, rows } = verdictTable(claims);
  const head = headers
    .map((name, k) => `<th scope="col"${k > 0 ? ' align="right"' : ""}>${name}</th>`)
    .join("");
  const body = rows.map(([note, ...counts]) => {
    const cells = counts.map((count) => `<td align="right">${count}</td>`).join("");
    return `<tr><th scope="row">${note === "lit" ? "literature" : note}</th>${cells}</tr>`;
  });
  return `<div class="table-box scroll"><table>
<caption>How many claims got which verdict</caption>
<thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody>
</table></div>`;
}

function meanings(claims: readonly LedgerClaim[]): string {
  return verdictOrder
    .filter((verdict) => claims.some((claim) => claim.verdict === verdict))
    .map((verdict) => `<div><dt>${verdict}</dt><dd>${MEANINGS[verdict]}</dd></div>`)
    .join("");
}

/** What became of the notes' numbers and formulas; nothing where the project has no list of them. */
function notesTable(): string {
  const file = literalsPath(PLACES.notebooks);
  const literals = existsSync(file) ? readLiterals(file) : undefined;
  if (literals === undefined) return "";
  const items = [...literals.numbers, ...literals.formulas];
  const rows = [...new Set(items.map(({ note }) => note))].map((note) => {
    const own = items.filter((item) => item.note === note);
    const count = (kind: string) =>
      own.filter(({ resolution }) => resolution !== undefined && kind in resolution).length;
    const numbers = literals.numbers.filter((number) => number.note === note).length;
    const cells = [numbers, own.length - numbers, count("claims"), count("excluded"), count("pending")];
    return `<tr><th scope="row">${note}</th>${cells.map((n) => `<td align="right">${n}</td>`).join("")}</tr>`;
  });
  const head = ["numbers", "formulas", "judged", "excluded with a reason", "not yet carried"];
  return `<h2 id="notes">What the notes hold</h2>
<div class="table-box scroll"><table>
<caption>Every number and every stated formula of the notes is judged by a claim, excluded with a reason (an index, a date, an input), or awaits its notebook</caption>
<thead><tr><th scope="col">note</th>${head.map((name) => `<th scope="col" align="right">${name}</th>`).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>`;
}

/** The filters, hidden until the script makes them work. */
function filters(claims: readonly LedgerClaim[]): string {
  const select = (name: string, label: string, values: readonly string[]) => {
    const options = values.map((value) => `<option>${escapeHtml(value)}</option>`).join("");
    return `<label>${label} <select data-filter="${name}"><option value="">all</option>${options}</select></label>`;
  };
  const distinct = (of: (claim: LedgerClaim) => string) => [...new Set(claims.map(of))].sort();
  return `<div class="filters" role="search" aria-label="Claims" hidden>
<label>Text <input type="search" data-filter="text" size="18" autocomplete="off"></label>
${select(
  "note",
  "Note",
  distinct(({ note }) => note),
)}
${select(
  "kind",
  "Kind",
  distinct(({ kind }) => kind),
)}
${select(
  "verdict",
  "Verdict",
  verdictOrder.filter((verdict) => claims.some((claim) => claim.verdict === verdict)),
)}
${select(
  "notebook",
  "Notebook",
  distinct(({ notebook }) => notebook),
)}
<button type="button" data-reset>Show all</button>
<p class="shown" role="status"></p>
</div>`;
}

/** Verdicts that say that the claim stands, that it does not, or neither. */
function tone(verdict: Verdict): string {
  if (["reproduced", "holds"].includes(verdict)) return "good";
  return ["slip", "false", "does not hold"].includes(verdict) ? "bad" : "between";
}

function row(claim: LedgerClaim, file: string): string {
  const { id, note, kind, statement, printed, ours, verdict, arithmetic, source, notebook, cell } = claim;
  const address = `${encodeURI(file)}#cell-id=${encodeURIComponent(cell)}`;
  const cited = source ? `<small>${escapeHtml(source)}</small>` : "";
  const cells = [
    `<th scope="row"><a href="${address}">${escapeHtml(id)}</a></th>`,
    `<td class="verdict ${tone(verdict)}">${verdict}</td>`,
    `<td>${escapeHtml(statement)}${cited}</td>`,
    `<td align="right">${escapeHtml(printed ?? "")}</td>`,
    `<td align="right">${ours === undefined ? "" : Number(ours.toPrecision(6))}</td>`,
    `<td>${escapeHtml(arithmetic)}</td>`,
    `<td>${escapeHtml(numberOf(notebook))}</td>`,
  ];
  return `<tr data-note="${note}" data-kind="${kind}" data-verdict="${verdict}" data-notebook="${escapeHtml(notebook)}">${cells.join("")}</tr>`;
}
