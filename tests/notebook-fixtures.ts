// Small notebooks for the tests of the runner and of the check.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Cell, NotebookJson, Output } from "../scripts/run/notebook";
import { SUMMARY } from "../scripts/run/summary";

/** A folder under the system's temporary one, with `notebooks` and the places a run writes to. */
export function temporaryPlaces() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "backpropagation-"));
  const places = {
    notebooks: path.join(folder, "notebooks"),
    runs: path.join(folder, "runs"),
    reports: path.join(folder, "reports"),
  };
  mkdirSync(places.notebooks);
  return { folder, places, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The whole text of each file in a folder. */
export function textsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
  );
}

export function summary(fields: object = {}) {
  const records = [{ name: "loss", cell: 1, length: 2, hash: "0123456789abcdef" }];
  return {
    title: "T",
    checks: 1,
    declaredChecks: 1,
    claims: 0,
    declaredClaims: 0,
    verdicts: {},
    hash: "ff00",
    records,
    ...fields,
  };
}

/** Source of a cell that shows a bundle. */
export function showing(data: object): string {
  const message = JSON.stringify({ data, metadata: {}, transient: {} });
  return `require("tslab/dist/jupyter").lastWriteDisplayData(${message}, false);`;
}

/** Source of a closing cell. */
export function closing(fields: object = {}): string {
  return showing({ [SUMMARY]: summary(fields), "text/plain": "closed" });
}

export function closed(fields: object = {}): Output {
  return display({ [SUMMARY]: summary(fields), "text/plain": "closed" });
}

export function display(data: Record<string, unknown>): Output {
  return { output_type: "display_data", data, metadata: {} };
}

export function printed(text: string): Output {
  return { output_type: "stream", name: "stdout", text };
}

/** A notebook of code cells; give outputs for one that was run. */
export function notebook(sources: string[], outputs?: Output[][]): NotebookJson {
  const title: Cell = { cell_type: "markdown", id: "title", metadata: {}, source: "# Title\n\nText." };
  const code = sources.map(
    (source, i): Cell => ({
      cell_type: "code",
      id: `cell-${i + 1}`,
      metadata: {},
      source,
      execution_count: outputs ? i + 1 : null,
      outputs: outputs?.[i] ?? [],
    }),
  );
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" } as never,
      language_info: { name: "typescript" },
    },
    cells: [title, ...code],
  };
}

/** Writes notebooks (or any text) as NAME.ipynb. */
export function writeNotebooks(folder: string, notebooks: Record<string, NotebookJson | string>): void {
  for (const [name, content] of Object.entries(notebooks)) {
    const text = typeof content === "string" ? content : JSON.stringify(content, null, 1);
    writeFileSync(path.join(folder, `${name}.ipynb`), text);
  }
}
