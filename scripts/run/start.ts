import { mkdirSync } from "node:fs";
import color from "picocolors";
import { readMetadata } from "../collection/metadata";
import { updateLedger } from "../ledger/update";
import { BadInput } from "./bad-input";
import { interruption } from "./interruption";
import { readNotebook } from "./notebook";
import { PLACES, type Places, shown } from "./paths";
import { type Job, withProgress } from "./progress";
import { lastSeconds } from "./run-log";
import { type ExportReport, type NotebookRun, runNotebook } from "./run-notebook";
import { isAssignment, notebookPath, selectNotebooks } from "./select";
import { Slots } from "./slots";
import { closingTable, digits } from "./table";
import { acceptOutputs } from "./update";

/** Seconds a cell may take before its kernel is killed. */
export const CELL_TIMEOUT_S = 600;
const AT_A_TIME = 2;

export interface Reports {
  exportReport: ExportReport;
  writeIndex(outDir: string): Promise<string>;
}

export interface StartOptions {
  /** Numbers or names; empty for all. */
  notebooks: string[];
  /** Accept the new outputs. */
  update: boolean;
  /** Seconds a cell may take. */
  timeout?: number;
  /** Other folders, for tests. */
  places?: Partial<Places>;
  /** Who writes the pages; null for no pages. */
  reports?: Reports | null;
  /** One line that is redrawn for each notebook, instead of plain lines. */
  live?: boolean;
  write?: (text: string) => void;
  /** Aborting stops the run as Ctrl-C does. */
  signal?: AbortSignal;
}

function faultless(run: NotebookRun): boolean {
  return run.problem === null && run.pageProblem === null;
}

function held(run: NotebookRun): boolean {
  return faultless(run) && run.moved.length === 0;
}

function closingWords(run: NotebookRun, update: boolean): string {
  if (run.stopped) return "interrupted";
  if (!faultless(run)) return "failed";
  const accepted = update && run.moved.length > 0 ? " (accepted at the end)" : "";
  return `${run.cells} cells, digits ${digits(run)}${accepted}, ${run.seconds.toFixed(1)} s`;
}

async function runAll(names: string[], options: StartOptions, places: Places, signal: AbortSignal) {
  const reports = options.reports === undefined ? await import("../report/report") : options.reports;
  const slots = new Slots(AT_A_TIME);
  const runs = new Map<string, NotebookRun>();
  const settings = {
    places,
    signal,
    timeout: options.timeout ?? CELL_TIMEOUT_S,
    exportReport: reports?.exportReport ?? null,
  };
  const jobs: Job[] = names.map((name) => ({
    name,
    // The longest first, so that it is not the one that everybody waits for at the end.
    run: (line) =>
      slots.run(lastSeconds(places.runs, name) ?? 0, async () => {
        if (signal.aborted) throw new Error("not started");
        const run = await runNotebook(name, settings, line);
        runs.set(name, run);
        const words = closingWords(run, options.update);
        if (!held(run) && !(options.update && faultless(run))) throw new Error(words);
        return words;
      }),
  }));
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  await withProgress(jobs, options.live ?? (process.stdout.isTTY === true && !process.env.CI), write);
  if (reports && !signal.aborted) {
    mkdirSync(places.reports, { recursive: true });
    await reports.writeIndex(places.reports);
  }
  return names.map((name) => runs.get(name)).filter((run) => run !== undefined);
}

function verdict(runs: NotebookRun[], places: Places, hasReports: boolean): string {
  const failed = runs.filter((run) => !faultless(run));
  const moved = runs.filter((run) => run.moved.length > 0);
  const pages = hasReports ? ` Reports: ${shown(places.reports)}/index.html` : "";
  if (failed.length + moved.length === 0) {
    const all = runs.length === 1 ? "The notebook" : `All ${runs.length} notebooks`;
    return color.green(`${all} ran, every check held, no digit moved.${pages}`);
  }
  const parts = [
    failed.length > 0 ? `${failed.length} of ${runs.length} notebooks failed` : "",
    moved.length > 0 ? `digits moved in ${moved.map((run) => run.name).join(", ")}` : "",
  ];
  return color.red(`${parts.filter(Boolean).join("; ")}.${pages}`);
}

/** Whether the notebook's metadata says that it shows the ledger: its outputs then hang on the claims of all others. */
function showsLedger(name: string, folder: string): boolean {
  try {
    const { metadata } = readNotebook(notebookPath(folder, name)).json;
    return readMetadata(metadata.backpropagation).metadata?.showsLedger === true;
  } catch {
    return false; // what is wrong with the file is said when it is to run
  }
}

/** The ledger with the claims of the accepted outputs: what moved in it, or why it could not be written. Assignments judge none. */
async function acceptClaims(runs: NotebookRun[], notebooks: string): Promise<{ said: string; ok: boolean }> {
  const accepted = runs.filter((run) => run.updated !== undefined).map((run) => run.name);
  const judging = accepted.filter((name) => !isAssignment(name));
  try {
    return { said: await updateLedger(notebooks, judging), ok: true };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { said: `${color.red("✖")} The ledger was not written. ${error.message}`, ok: false };
  }
}

/**
 * Runs notebooks top to bottom, each in its own fresh kernel, two at a time; compares their outputs with the
 * committed ones; exports each as a page. Resolves to the exit code: 0 when all ran and closed, every check held
 * and no output moved; 1 otherwise; 2 for input that names no notebook; 130 when interrupted.
 */
export async function start(options: StartOptions): Promise<number> {
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const places = { ...PLACES, ...options.places };
  let names: string[];
  try {
    names = selectNotebooks(places.notebooks, options.notebooks);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    write(`${color.red(error.message)}\n`);
    return 2;
  }
  mkdirSync(places.runs, { recursive: true });
  const { signal, release } = interruption(options.signal);
  try {
    const last = options.update ? names.filter((name) => showsLedger(name, places.notebooks)) : [];
    const first = names.filter((name) => !last.includes(name));
    const runs: NotebookRun[] = [];
    let ledgerWritten = true;
    for (const round of [first, last].filter((round) => round.length > 0)) {
      const ran = await runAll(round, options, places, signal);
      if (signal.aborted) {
        const kept = runs.some((run) => run.updated) ? "those named above are updated, no other" : "no";
        write(`\nInterrupted: the kernels are stopped, ${kept} notebook was changed.\n`);
        return 130;
      }
      runs.push(...ran);
      if (!options.update) continue;
      for (const line of await acceptOutputs(ran, places.notebooks)) write(`\n${line}\n`);
      const ledger = await acceptClaims(ran, places.notebooks);
      if (ledger.said !== "") write(`\n${ledger.said}\n`);
      ledgerWritten &&= ledger.ok;
    }
    runs.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
    for (const run of runs) {
      for (const problem of [run.problem, run.pageProblem]) {
        if (problem !== null) write(`\n${color.red("✖")} ${problem}\n`);
      }
      if (run.moved.length > 0)
        write(`\n${run.moved.map((line) => `${color.red("≠")} ${line}`).join("\n")}\n`);
    }
    write(`\n${closingTable(runs)}\n${verdict(runs, places, options.reports !== null)}\n`);
    if (runs.some((run) => run.moved.length > 0 && run.problem === null) && !options.update) {
      write("If the new outputs are right, accept them with: npm start -- --update\n");
    }
    return runs.every(held) && ledgerWritten ? 0 : 1;
  } finally {
    release();
  }
}
