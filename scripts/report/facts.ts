import { readFileSync } from "node:fs";
import path from "node:path";
import type { NotebookFile } from "../run/notebook";
import { ROOT } from "../run/paths";
import type { RunLog } from "../run/run-log";
import { isAssignment } from "../run/select";
import { closingSummary, type Summary } from "../run/summary";

/** What the template writes around the cells. */
export interface PageFacts {
  collection: string;
  notebook: string;
  generator: string;
  policy: string;
  byline: string[];
  /** Something the reader must know before the numbers, "" when there is nothing. */
  notice: string;
  rows: [name: string, value: string][];
  colophon: string;
}

export const COLLECTION = "Backpropagation notebooks";

/** What an assignment's page says first. */
const ANSWERS = "For teachers: this page shows the answers.";

/** Nothing is loaded from anywhere: the browser itself refuses what a notebook's HTML might ask for. */
export const POLICY =
  "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; " +
  "base-uri 'none'; form-action 'none'";

function manifest(folder: string): { version: string; license: string } {
  return JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8"));
}

/** Version and licence of the project, as its package.json says. */
export function project(): { version: string; license: string } {
  return manifest(".");
}

export function generator(): string {
  return `${COLLECTION} ${project().version}, nbconvert`;
}

/** The facts of one page: from the notebook itself and, where there is one, from the log of its last run. */
export function pageFacts(notebook: NotebookFile, log: RunLog | undefined): PageFacts {
  const { version, license } = project();
  const summary = closingSummary(notebook.json);
  return {
    collection: COLLECTION,
    notebook: notebook.name,
    generator: generator(),
    policy: POLICY,
    byline: [
      `Version ${version}`,
      `${license} licence`,
      log ? `run on ${longDate(log.started)}` : "exported without a run",
      ...(summary ? counts(summary) : []),
    ],
    notice: [isAssignment(notebook.name) ? ANSWERS : "", notice(log)].filter(Boolean).join(" "),
    rows: [...(log ? runRows(log) : []), ...summaryRows(summary), ["Notebook", `${notebook.name}.ipynb`]],
    colophon:
      `Made from ${notebook.name}.ipynb by nbconvert. Formulas are MathML by Temml ${manifest("node_modules/temml").version}, ` +
      `figures are drawn by plotly.js ${manifest("node_modules/plotly.js-cartesian-dist-min").version} (both MIT licence). ` +
      `This file is complete in itself and asks nothing of the network. © the contributors, ${license} licence.`,
  };
}

function notice(log: RunLog | undefined): string {
  if (!log) return "";
  if (log.failure) return "The run failed: the outputs below are incomplete.";
  if (log.tfBackend === "js") {
    const reason = log.tfReason ? ` (${log.tfReason})` : "";
    return `TensorFlow.js ran on its pure-JavaScript backend, not on the native library${reason}.`;
  }
  return "";
}

function runRows(log: RunLog): [string, string][] {
  const rows: [string, string | undefined][] = [
    ["Run", longDate(log.started, true)],
    ["Duration", log.seconds === undefined ? undefined : `${log.seconds.toFixed(1)} s`],
    ["Outputs", log.moved === undefined ? undefined : moved(log.moved.length)],
    ["Node", log.node],
    ["TypeScript kernel", log.tslab && `tslab ${log.tslab}, TypeScript ${log.typescript}`],
    ["TensorFlow.js", log.tfjs && `${log.tfjs}, ${backend(log)}`],
    ["Processor", log.cpu && (log.cores ? `${log.cpu}, ${log.cores} cores` : log.cpu)],
    ["System", log.platform],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

const moved = (n: number) =>
  n === 0 ? "the same as the committed ones" : `${n} differ from the committed ones`;

function backend({ tfBackend, tfReason }: RunLog): string {
  if (tfBackend === "native") return "native backend";
  if (tfBackend === "js") return `pure-JavaScript backend${tfReason ? `: ${tfReason}` : ""}`;
  return tfBackend === "not used" ? "not used" : `backend ${tfBackend}`;
}

function summaryRows(summary: Summary | undefined): [string, string][] {
  if (!summary) return [];
  return [
    ["Claims", verdicts(summary)],
    ["Hash of the results", summary.hash],
  ];
}

function counts(summary: Summary): string[] {
  return [plural(summary.checks, "check"), plural(summary.claims, "claim")];
}

/** "58 reproduced, 3 truncated": the verdicts that occurred. */
export function verdicts(summary: Pick<Summary, "verdicts">): string {
  const said = Object.entries(summary.verdicts).filter(([, n]) => n > 0);
  return said.length === 0 ? "none" : said.map(([verdict, n]) => `${n} ${verdict}`).join(", ");
}

export const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** "21 November 2026", with the time in UTC where asked for; the text itself where it is no date. */
export function longDate(text: string, withTime = false): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(date);
  return withTime ? `${day}, ${date.toISOString().slice(11, 16)} UTC` : day;
}
