import { mapDrawing } from "../collection/graph";
import { COLLECTION, longDate, plural, project, verdicts } from "./facts";
import { chinese, escapeHtml, listPage } from "./list-page";
import type { ReportFile } from "./report-facts";

/** The index page, its styles still to be put in: the map, and an entry for each report with what its checks came to. */
export function indexPage(reports: ReportFile[]): string {
  const { version, license } = project();
  const notebooks = reports.filter(({ assignment }) => !assignment);
  const assignments = reports.filter(({ assignment }) => assignment);
  const hasClaims = reports.some(({ claims }) => (claims?.length ?? 0) > 0);
  const hasTerms = reports.some(({ collection }) => (collection?.terms.length ?? 0) > 0);
  return listPage({
    title: COLLECTION,
    description: `${COLLECTION}: ${plural(notebooks.length, "report")}.`,
    byline: [
      `Version ${version}`,
      `${license} licence`,
      plural(notebooks.length, "report"),
      ...(assignments.length > 0
        ? [`<a href="#assignments">${plural(assignments.length, "assignment")}</a>`]
        : []),
      ...(hasClaims ? ['<a href="ledger.html">Ledger of claims</a>'] : []),
      ...(hasTerms ? [`<a href="glossary.html">Glossary ${chinese("术语表")}</a>`] : []),
    ],
    main: `${map(notebooks)}<ol class="reports">
${notebooks.map((report) => entry(report, reports, "h2")).join("\n")}
</ol>${assignmentSection(assignments, reports)}`,
    foot: "Each page is one file, complete in itself: it can be mailed, opened offline and printed.",
  });
}

/** The assignments behind the notebooks, for whom their pages are. */
function assignmentSection(assignments: ReportFile[], reports: ReportFile[]): string {
  if (assignments.length === 0) return "";
  const order = ({ number }: ReportFile) => Number(number.slice(1));
  const entries = [...assignments].sort((a, b) => order(a) - order(b));
  return `
<h2 id="assignments">Assignments</h2>
<p>For teachers: these pages show the answers.</p>
<ol class="reports">
${entries.map((report) => entry(report, reports, "h3")).join("\n")}
</ol>`;
}

/** Which notebook builds on which, as a drawing whose boxes are links; nothing where no report says what it builds on. */
function map(reports: ReportFile[]): string {
  const nodes = reports.map((report) => ({
    name: report.notebook,
    number: report.number,
    before: before(report),
  }));
  if (!reports.some((report) => before(report).length > 0)) return "";
  const fileOf = (name: string) => reports.find(({ notebook }) => notebook === name)?.file as string;
  return `<div class="map-box scroll">${mapDrawing(nodes, "Which notebook builds on which", fileOf)}</div>\n`;
}

function before({ collection }: ReportFile): string[] {
  return (collection?.prerequisites ?? []).filter((one) => typeof one === "string");
}

function entry(report: ReportFile, reports: ReportFile[], heading: "h2" | "h3"): string {
  const facts: [string, string][] = [
    ["Builds on", needs(report, reports)],
    ...pointFacts(report),
    ["Figures", String(report.figures)],
    ...summaryFacts(report),
    ...runFacts(report),
    ["Size", `${(report.bytes / 1e6).toFixed(1)} MB`],
  ];
  const list = facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const summary = (report.collection ?? report.assignment)?.summary;
  const words = summary
    ? `<p>${escapeHtml(summary.en)}</p>\n<p lang="zh">${escapeHtml(summary.zh)}</p>`
    : `<p>${withoutLinks(report.leadHtml)}</p>`;
  return `<li>
<${heading}><a href="${encodeURI(report.file)}">${escapeHtml(report.number)}. ${withoutLinks(withoutNumber(report))}</a></${heading}>
${words}
<dl>${list.join("")}</dl>
</li>`;
}

/** HTML: links to the reports that are there, and knowledge from elsewhere by its words. */
function needs(report: ReportFile, reports: ReportFile[]): string {
  return ((report.collection ?? report.assignment)?.prerequisites ?? [])
    .map((one) => {
      if (typeof one !== "string") return escapeHtml(one.en);
      const found = reports.find(({ notebook }) => notebook === one);
      return found ? `<a href="${encodeURI(found.file)}">${escapeHtml(one)}</a>` : escapeHtml(one);
    })
    .join(", ");
}

function pointFacts({ assignment }: ReportFile): [string, string][] {
  return assignment ? [["Points", String(assignment.points)]] : [];
}

function summaryFacts({ summary }: ReportFile): [string, string][] {
  if (!summary) return [];
  return [
    ["Checks", String(summary.checks)],
    ["Claims", summary.claims === 0 ? "none" : `${summary.claims}: ${escapeHtml(verdicts(summary))}`],
    ["Hash", escapeHtml(summary.hash.slice(0, 12))],
  ];
}

function runFacts({ run, seconds, moved, failed }: ReportFile): [string, string][] {
  if (run === null) return [["Run", "not on this machine"]];
  const outcome = failed ? "failed" : moved ? plural(moved, "moved output") : "digits the same";
  return [["Run", `${longDate(run)}, ${seconds === null ? "" : `${seconds.toFixed(1)} s, `}${outcome}`]];
}

/** An assignment's own heading begins with its number. */
const withoutNumber = ({ number, titleHtml }: ReportFile) =>
  titleHtml.startsWith(`${number}. `) ? titleHtml.slice(number.length + 2) : titleHtml;

/** Links of the first paragraph lead into the report, not out of the index. */
const withoutLinks = (html: string) => html.replace(/<\/?a\b[^>]*>/gi, "");
