import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { BadInput } from "./bad-input";
import { environment } from "./environment";
import { type Execution, execute } from "./execute";
import { describeFailure } from "./failure-words";
import { type NotebookFile, type NotebookJson, readNotebook, requireKernel } from "./notebook";
import type { Places } from "./paths";
import type { Line } from "./progress";
import { logPath, writeRunLog } from "./run-log";
import { isAssignment, notebookPath, numberOf } from "./select";
import { closingProblem, closingSummary, type Summary } from "./summary";
import { describeDifferences } from "./words";

/** What became of one notebook. */
export interface NotebookRun {
  name: string;
  /** Code cells, and how many of them ran. */
  cells: number;
  cellsRan: number;
  seconds: number;
  summary: Summary | null;
  /** One line for each output that is not the committed one. */
  moved: string[];
  /** The committed notebook has no outputs at all; `moved` says so in its only line. */
  uncommitted: boolean;
  /** Why the notebook failed, or null. A moved digit is no failure of this kind. */
  problem: string | null;
  /** Why its page could not be written, or null; the run itself stands. */
  pageProblem: string | null;
  stopped: boolean;
  /** The committed file as it was read. */
  committed: string;
  /** The executed notebook in the committed form; null unless it ran to its end. */
  executed: string | null;
  /** Set under --update: whether the committed file was replaced. */
  updated?: boolean;
}

export type ExportReport = (input: {
  number: string;
  notebookPath: string;
  runLogPath: string;
  outDir: string;
}) => Promise<{ path: string; bytes: number }>;

export interface RunOptions {
  places: Places;
  timeout: number;
  signal: AbortSignal;
  /** Null: no pages. */
  exportReport: ExportReport | null;
}

function nothing(name: string): NotebookRun {
  return {
    name,
    cells: 0,
    cellsRan: 0,
    seconds: 0,
    summary: null,
    moved: [],
    uncommitted: false,
    problem: null,
    pageProblem: null,
    stopped: false,
    committed: "",
    executed: null,
  };
}

function hasOutputs(notebook: NotebookFile): boolean {
  return notebook.json.cells.some((cell) => (cell.outputs ?? []).length > 0);
}

/** One line an output, or a single one when nothing was committed at all. */
function movedLines(notebook: NotebookFile, { differences, failure }: Execution): string[] {
  if (hasOutputs(notebook)) return describeDifferences(notebook.name, notebook.code, differences);
  if (failure || differences.length === 0) return [];
  return [
    `${notebook.name}: no committed outputs: run npm start -- --update ${numberOf(notebook.name)} to make them`,
  ];
}

async function runParsed(notebook: NotebookFile, options: RunOptions, line: Line): Promise<NotebookRun> {
  const { name, code } = notebook;
  const { places, timeout, signal } = options;
  const inRuns = (ending: string) => path.join(places.runs, `${name}${ending}`);
  const executedPath = inRuns(".ipynb");
  const kernelLog = inRuns(".kernel.log");
  // Nothing of an earlier run may pass for this one's.
  for (const old of [executedPath, inRuns(".failed.ipynb"), logPath(places.runs, name)])
    rmSync(old, { force: true });

  const started = new Date();
  line.at(0, code.length, "starting the kernel");
  const execution = await execute({
    notebook: notebook.path,
    executed: executedPath,
    failed: inRuns(".failed.ipynb"),
    kernelLog,
    places,
    timeout,
    signal,
    watch: (number, progress) => {
      const cell = code[number - 1];
      line.at(number, code.length, progress || cell?.heading || cell?.firstLine || "");
    },
  });
  const { failure } = execution;
  const run: NotebookRun = {
    ...nothing(name),
    committed: notebook.text,
    cells: code.length,
    cellsRan: execution.seconds.size,
    stopped: failure?.kind === "stopped",
    moved: movedLines(notebook, execution),
    uncommitted: !hasOutputs(notebook),
  };
  if (failure) run.problem = describeFailure(name, code, failure, timeout, kernelLog);
  else {
    run.executed = readFileSync(executedPath, "utf8");
    const summary = closingSummary(JSON.parse(run.executed) as NotebookJson);
    run.summary = summary ?? null;
    const problem = closingProblem(summary, isAssignment(name));
    if (problem) run.problem = `${name} ${problem}`;
    if (problem && run.uncommitted) run.moved = []; // there is nothing to accept yet
  }
  run.seconds = (Date.now() - started.getTime()) / 1000;
  await writeRunLog(places.runs, {
    notebook: name,
    started: started.toISOString(),
    seconds: run.seconds,
    ...environment(execution.info, execution.tensorflow),
    cells: code.map(({ number, index, firstLine }) => {
      return { number, index, firstLine, seconds: execution.seconds.get(number) ?? null };
    }),
    summary: run.summary,
    moved: run.moved,
    failure,
  });
  if (run.executed !== null && options.exportReport && !signal.aborted) {
    line.at(code.length, code.length, "writing the report");
    await options
      .exportReport({
        number: numberOf(name),
        notebookPath: executedPath,
        runLogPath: logPath(places.runs, name),
        outDir: places.reports,
      })
      .catch((error: Error) => {
        run.pageProblem = `${name} ran, but its report could not be written: ${error.message}`;
      });
  }
  return run;
}

/** Runs one notebook and exports it; whatever goes wrong is in the result. */
export async function runNotebook(name: string, options: RunOptions, line: Line): Promise<NotebookRun> {
  try {
    const notebook = readNotebook(notebookPath(options.places.notebooks, name));
    requireKernel(notebook);
    return await runParsed(notebook, options, line);
  } catch (error) {
    const { message, stack } = error as Error;
    return {
      ...nothing(name),
      problem: error instanceof BadInput ? message : `${name}: ${stack ?? message}`,
    };
  }
}
