import { type Summary, summaryType } from "../../lib/notebook/summary";
import type { NotebookJson } from "./notebook";

export { type Summary, summaryType as SUMMARY };

/** The closing summary among a notebook's outputs: the last one, or undefined. */
export function closingSummary(notebook: NotebookJson): Summary | undefined {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  return outputs
    .map((output) => output.data?.[summaryType] as Summary | undefined)
    .filter((found) => found !== undefined)
    .at(-1);
}

/**
 * What is wrong with the closing summary of a notebook, or undefined. An assignment needs none: its checks end it where
 * they do not hold, and `npm run check` sees to its last cell.
 */
export function closingProblem(summary: Summary | undefined, ofAssignment = false): string | undefined {
  if (!summary && ofAssignment) return undefined;
  if (!summary) return "does not close: its last cell must call close() of lib/notebook";
  if (summary.checks < summary.declaredChecks) {
    return `declares ${summary.declaredChecks} checks and executed ${summary.checks}`;
  }
  if (summary.claims < summary.declaredClaims) {
    return `declares ${summary.declaredClaims} claims and judged ${summary.claims}`;
  }
  return undefined;
}
