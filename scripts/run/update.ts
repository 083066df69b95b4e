import { readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";
import type { NotebookRun } from "./run-notebook";
import { notebookPath } from "./select";

/**
 * Replaces the committed outputs of the notebooks that ran without a fault by those of their runs, each file
 * whole or not at all. Returns one line for each file that changed.
 */
export async function acceptOutputs(runs: NotebookRun[], folder: string): Promise<string[]> {
  const said: string[] = [];
  for (const run of runs) {
    if (run.executed === null || run.problem !== null) continue;
    const file = notebookPath(folder, run.name);
    run.updated = run.executed !== run.committed;
    if (!run.updated) continue;
    if (readFileSync(file, "utf8") !== run.committed) {
      run.updated = undefined;
      run.problem = `${run.name} was edited while it ran, so its new outputs were not written; run it again`;
      continue;
    }
    await writeFileAtomic(file, run.executed);
    const changes = run.uncommitted
      ? " (its first outputs)"
      : run.moved.map((line) => `\n  ${line}`).join("");
    said.push(`${run.name}: updated${changes || " (pictures, counts or metadata only)"}`);
    run.moved = [];
  }
  return said;
}
