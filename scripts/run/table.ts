import Table from "cli-table3";
import type { NotebookRun } from "./run-notebook";

/** What the closing table says about a notebook's digits. */
export function digits(run: NotebookRun): string {
  if (run.updated !== undefined) return run.updated ? "updated" : "same";
  if (run.moved.length > 0) return run.uncommitted ? "missing" : `${run.moved.length} moved`;
  return run.problem === null ? "same" : "—";
}

/** The closing table: one row a notebook. */
export function closingTable(runs: NotebookRun[]): string {
  const table = new Table({
    head: ["notebook", "cells", "digits", "checks", "claims", "seconds"],
    colAligns: ["left", "right", "left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const run of runs) {
    const { summary } = run;
    const cells = run.cellsRan === run.cells ? String(run.cells) : `${run.cellsRan} of ${run.cells}`;
    const [checks, claims] = summary ? [summary.checks, summary.claims] : ["—", "—"];
    table.push([run.name, cells, digits(run), checks, claims, run.seconds.toFixed(1)]);
  }
  return table.toString();
}
