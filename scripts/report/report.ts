// Reports: one self-contained HTML file for each notebook, and an index page beside them.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../run/bad-input";
import { readNotebook } from "../run/notebook";
import { PLACES, shown } from "../run/paths";
import { logPath, type RunLog } from "../run/run-log";
import { isAssignment, notebookPath, numberOf, selectNotebooks } from "../run/select";
import { type ExportedPage, exportPages } from "./exporter";
import { pageFacts } from "./facts";
import { type FigureSize, insertFigures, scriptJson } from "./figures";
import { formulasToMathML } from "./formulas";
import { glossaryHtml } from "./glossary-page";
import { indexPage } from "./index-page";
import { ledgerHtml } from "./ledger-page";
import { mathFont } from "./math-font";
import { ledgerScripts, requireSelfContained, scripts, styles } from "./page";
import { readReports, reportFacts } from "./report-facts";

/** Mail servers and phones take a file of this size. */
export const LARGEST = 6_000_000;

export interface ReportInput {
  number: string;
  notebookPath: string;
  /** The log of the run whose outputs the notebook holds; without it the header says that there was none. */
  runLogPath?: string;
  outDir: string;
}

export interface WrittenReport {
  path: string;
  bytes: number;
}

/**
 * Writes one notebook's report, whole or not at all.
 * @throws BadInput when the file is no notebook, a formula or figure cannot be shown, the page would load something
 *   from outside itself, or it would be larger than 6 MB (the largest figures are named).
 */
export async function exportReport(input: ReportInput): Promise<WrittenReport> {
  const [written] = await exportReports([input]);
  if (written instanceof Error) throw written;
  return written;
}

/** Several reports with one start of Python; for each the file written, or what prevented it. */
export async function exportReports(inputs: ReportInput[]): Promise<(WrittenReport | Error)[]> {
  const read = inputs.map((input) => attempt(() => prepare(input)));
  const jobs = read.filter((job): job is Job => !(job instanceof Error));
  const pages = jobs.length === 0 ? [] : await exportPages(jobs);
  return Promise.all(
    read.map(async (job) => {
      if (job instanceof Error) return job;
      const page = pages[jobs.indexOf(job)];
      try {
        if ("error" in page) throw new BadInput(`${shown(job.notebook)}: ${page.error}`);
        return await write(job, page);
      } catch (error) {
        return error as Error;
      }
    }),
  );
}

/** Writes index.html, glossary.html and ledger.html for the reports in `outDir`; returns the path of the index. */
export async function writeIndex(outDir: string): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const reports = readReports(outDir);
  const glossary = glossaryHtml(reports);
  if (glossary !== null) await writeList(path.join(outDir, "glossary.html"), glossary);
  const ledger = ledgerHtml(reports);
  if (ledger !== null) await writeList(path.join(outDir, "ledger.html"), ledger, ledgerScripts());
  return writeList(path.join(outDir, "index.html"), indexPage(reports));
}

async function writeList(file: string, page: string, pageScripts = ""): Promise<string> {
  const font = await mathFont(page);
  await writeFileAtomic(
    file,
    page
      .replace("@@report:styles@@", () => styles(font))
      .replace("@@report:scripts@@\n", () => (pageScripts === "" ? "" : `${pageScripts}\n`)),
  );
  return file;
}

/** What `npm run report` is asked for. */
export interface ReportOptions {
  /** Numbers or names; empty for all. */
  notebooks: string[];
  /** Leave the assignments out, whose pages show the answers, and remove those that are there. */
  forStudents?: boolean;
}

/** `npm run report -- 06`: reports of the notebooks as they are, without running them. The exit code. */
export async function report(options: ReportOptions): Promise<number> {
  let names: string[];
  try {
    names = namesFor(options);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    console.error(error.message);
    return 2;
  }
  const written = await exportReports(
    names.map((name) => ({
      number: numberOf(name),
      notebookPath: notebookPath(PLACES.notebooks, name),
      runLogPath: logPath(PLACES.runs, name),
      outDir: PLACES.reports,
    })),
  );
  for (const result of written) {
    if (result instanceof Error) console.error(result instanceof BadInput ? result.message : result.stack);
    else console.log(`${shown(result.path)}  ${(result.bytes / 1e6).toFixed(2)} MB`);
  }
  if (options.forStudents) removeAnswers(PLACES.reports);
  console.log(shown(await writeIndex(PLACES.reports)));
  return written.some((result) => result instanceof Error) ? 1 : 0;
}

function namesFor({ notebooks, forStudents }: ReportOptions): string[] {
  const names = selectNotebooks(PLACES.notebooks, notebooks);
  const showing = forStudents ? names.filter(isAssignment) : [];
  if (showing.length > 0 && notebooks.length > 0)
    throw new BadInput(
      `The report of ${showing.join(", ")} shows the answers: give either its name or --for-students.`,
    );
  return names.filter((name) => !showing.includes(name));
}

/** The assignments' pages of a folder go. */
export function removeAnswers(outDir: string): void {
  if (!existsSync(outDir)) return;
  for (const { file, assignment } of readReports(outDir)) if (assignment) rmSync(path.join(outDir, file));
}

function prepare(input: ReportInput) {
  const notebook = readNotebook(input.notebookPath);
  const log = readLog(input.runLogPath);
  return { input, file: notebook, log, notebook: input.notebookPath, facts: pageFacts(notebook, log) };
}

type Job = ReturnType<typeof prepare>;

function readLog(file: string | undefined): RunLog | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BadInput(`${shown(file)} is not JSON (${(error as Error).message}); delete it and run again.`);
  }
}

async function write({ input, file, log }: Job, page: ExportedPage): Promise<WrittenReport> {
  const place = shown(input.notebookPath);
  const text = formulasToMathML(page.html, place);
  requireSelfContained(text, place);
  const figures = insertFigures(text, file);
  const facts = reportFacts(input.number, file, log, page);
  const font = await mathFont(text);
  const html = figures.html
    .replace("@@report:styles@@", () => styles(font))
    .replace(
      "@@report:scripts@@",
      () =>
        `<script type="application/json" id="report-facts">${scriptJson(facts)}</script>\n${scripts(page.figures > 0)}`,
    );
  const bytes = Buffer.byteLength(html);
  if (bytes > LARGEST) throw tooLarge(place, bytes, figures.sizes);
  await mkdir(input.outDir, { recursive: true });
  const target = path.join(input.outDir, `${file.name}.html`);
  await writeFileAtomic(target, html);
  return { path: target, bytes };
}

function tooLarge(place: string, bytes: number, sizes: FigureSize[]): BadInput {
  const largest = [...sizes].sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  const named = largest.map((figure) => `${figure.place}: ${(figure.bytes / 1e6).toFixed(2)} MB`);
  return new BadInput(
    `${place}: the report would have ${(bytes / 1e6).toFixed(2)} MB, at most ${LARGEST / 1e6} MB are allowed. ` +
      `The largest figures: ${named.join("; ") || "none, so it is text and pictures"}.`,
  );
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}
