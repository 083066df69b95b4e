import { allTerms } from "../collection/collection";
import { plural } from "./facts";
import { chinese, escapeHtml, listPage } from "./list-page";
import type { ReportFile } from "./report-facts";

/** The glossary of all terms that the reports introduce; null where they introduce none. */
export function glossaryHtml(reports: ReportFile[]): string | null {
  const entries = reports.map((report) => ({ ...report, terms: report.collection?.terms ?? [] }));
  const terms = allTerms(entries);
  if (terms.length === 0) return null;
  const rows = terms.map(({ term, entry }) => {
    const cells = [
      `<th scope="row">${escapeHtml(term.en)}</th>`,
      `<td>${chinese(term.zh)}</td>`,
      `<td>${escapeHtml(term.meaning)}</td>`,
      `<td><a href="${encodeURI(entry.file)}">${escapeHtml(entry.notebook)}</a></td>`,
    ];
    return `<tr>${cells.join("")}</tr>`;
  });
  return listPage({
    title: "Glossary",
    description: `${plural(terms.length, "term")} in English and Chinese, with the notebook that introduces each.`,
    byline: [plural(terms.length, "term"), "English and Chinese", chinese("术语表")],
    main: `<div class="table-box scroll"><table class="glossary">
<thead><tr><th scope="col">English</th><th scope="col">Chinese</th><th scope="col">Meaning</th><th scope="col">Introduced in</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`,
    foot: "Made from what the notebooks say of themselves.",
  });
}
