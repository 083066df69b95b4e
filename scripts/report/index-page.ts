import { COLLECTION, generator, longDate, POLICY, plural, project, verdicts } from "./facts";
import type { ReportFile } from "./report-facts";

/** The index page, its styles still to be put in: one entry for each report, with what its checks came to. */
export function indexPage(reports: ReportFile[]): string {
  const { version, license } = project();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="description" content="${COLLECTION}: ${plural(reports.length, "report")}.">
<meta name="generator" content="${generator()}">
<title>${COLLECTION}</title>
<style>@@report:styles@@</style>
</head>
<body>
<a class="skip" href="#main">Skip to the list</a>
<header class="masthead">
<h1>${COLLECTION}</h1>
<p class="byline"><span>Version ${version}</span><span>${license} licence</span><span>${plural(reports.length, "report")}</span></p>
</header>
<div class="page index">
<main id="main" tabindex="-1">
<ol class="reports">
${reports.map(entry).join("\n")}
</ol>
</main>
</div>
<footer class="colophon">
<p>Each page is one file, complete in itself: it can be mailed, opened offline and printed.</p>
</footer>
</body>
</html>
`;
}

function entry(report: ReportFile): string {
  const facts: [string, string][] = [
    ["Figures", String(report.figures)],
    ...summaryFacts(report),
    ...runFacts(report),
    ["Size", `${(report.bytes / 1e6).toFixed(1)} MB`],
  ];
  const list = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<li>
<h2><a href="${encodeURI(report.file)}">${escapeHtml(report.number)}. ${withoutLinks(report.titleHtml)}</a></h2>
<p>${withoutLinks(report.leadHtml)}</p>
<dl>${list.join("")}</dl>
</li>`;
}

function summaryFacts({ summary }: ReportFile): [string, string][] {
  if (!summary) return [];
  return [
    ["Checks", String(summary.checks)],
    ["Claims", summary.claims === 0 ? "none" : `${summary.claims}: ${verdicts(summary)}`],
    ["Hash", summary.hash.slice(0, 12)],
  ];
}

function runFacts({ run, seconds, moved, failed }: ReportFile): [string, string][] {
  if (run === null) return [["Run", "not on this machine"]];
  const outcome = failed ? "failed" : moved ? plural(moved, "moved output") : "digits the same";
  return [["Run", `${longDate(run)}, ${seconds === null ? "" : `${seconds.toFixed(1)} s, `}${outcome}`]];
}

/** Links of the first paragraph lead into the report, not out of the index. */
const withoutLinks = (html: string) => html.replace(/<\/?a\b[^>]*>/gi, "");

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] as string,
  );
