import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { BadInput } from "./bad-input";
import { shown } from "./paths";

export const KERNEL = "tslab";

export interface Cell {
  cell_type: "code" | "markdown" | "raw";
  id?: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  execution_count?: number | null;
  outputs?: Output[];
}

export interface Output {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

export interface NotebookJson {
  nbformat: number;
  nbformat_minor: number;
  metadata: {
    kernelspec?: { name?: string };
    language_info?: { name?: string };
    [key: string]: unknown;
  };
  cells: Cell[];
}

/** A code cell that runs, as messages name it. */
export interface CodeCell {
  /** Position among all cells. */
  index: number;
  /** The n of In [n]. */
  number: number;
  firstLine: string;
  /** The last Markdown heading above it, "" when there is none. */
  heading: string;
}

export interface NotebookFile {
  /** File name without its ending. */
  name: string;
  path: string;
  /** The file as it was read. */
  text: string;
  json: NotebookJson;
  code: CodeCell[];
}

/** Jupyter's multi-line strings, which a file holds as one string or as a list of lines. */
export function joined(text: string | string[] | undefined): string {
  return Array.isArray(text) ? text.join("") : (text ?? "");
}

function codeCells(cells: Cell[]): CodeCell[] {
  const code: CodeCell[] = [];
  let heading = "";
  cells.forEach((cell, index) => {
    const source = joined(cell.source);
    if (cell.cell_type === "markdown") heading = /^#{1,6}\s+(.+)$/m.exec(source)?.[1] ?? heading;
    if (cell.cell_type !== "code" || source.trim() === "") return;
    const firstLine = source.split("\n").find((line) => line.trim() !== "") as string;
    code.push({ index, number: code.length + 1, firstLine: firstLine.trim(), heading });
  });
  return code;
}

/** Reads a notebook file; throws BadInput when it is not there or not a notebook. */
export function readNotebook(file: string): NotebookFile {
  if (!existsSync(file)) throw new BadInput(`${shown(file)} is not there.`);
  const text = readFileSync(file, "utf8");
  let json: NotebookJson;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadInput(
      `${shown(file)} is not JSON (${(error as Error).message}). ` +
        `Bring back the committed file with: git checkout -- ${shown(file)}`,
    );
  }
  if (typeof json !== "object" || json === null || !Array.isArray(json.cells) || !json.metadata) {
    throw new BadInput(`${shown(file)} is JSON, but not a notebook: it has no "cells" list with "metadata".`);
  }
  return { name: path.basename(file, ".ipynb"), path: file, text, json, code: codeCells(json.cells) };
}

/** Throws BadInput unless the notebook asks for our kernel. */
export function requireKernel(notebook: NotebookFile): void {
  const kernel = notebook.json.metadata.kernelspec?.name;
  if (kernel === KERNEL) return;
  const has = kernel === undefined ? "has no kernelspec" : `asks for the kernel "${kernel}"`;
  throw new BadInput(
    `${shown(notebook.path)} ${has}; these notebooks run on "${KERNEL}". ` +
      "`npm run check -- --fix` writes the right one.",
  );
}
