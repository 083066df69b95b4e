import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Row } from "../../lib/experiments/experiment";
import type { SweepPlan } from "../../lib/sweeps/plan";
import { columnNames, tableRows, toCsv } from "../../lib/sweeps/table";
import { BadInput } from "../run/bad-input";

/**
 * Where results go: the file asked for, seen from where the command was typed.
 * @throws BadInput if it ends in neither .csv nor .json, or is a folder's name
 */
export function outputFile(asked: string): string {
  if (!/[^/]\.(csv|json)$/.test(asked))
    throw new BadInput(`--out ${asked}: the name must end in .csv or .json.`);
  // npm runs scripts in the project's folder, whatever folder it was called in
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), asked);
}

/** The record beside a file of results. */
export const environmentFile = (file: string): string => file.replace(/\.(csv|json)$/, ".environment.json");

/** The table as the file's ending says: CSV, or a list of records, one a line, in which NaN is null. */
export function tableText(file: string, plan: SweepPlan, results: readonly (readonly Row[])[]): string {
  if (file.endsWith(".csv")) return toCsv(plan, results);
  const names = columnNames(plan);
  const records = tableRows(plan, results).map((cells) =>
    JSON.stringify(Object.fromEntries(names.map((name, k) => [name, cells[k]]))),
  );
  return `[\n  ${records.join(",\n  ")}\n]\n`;
}

/** Writes the table, then the record of the environment; each whole or not at all. */
export function writeResults(file: string, text: string, environment: object): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic.sync(file, text);
  const lines = Object.entries(environment).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  writeFileAtomic.sync(environmentFile(file), `{\n${lines.join(",\n")}\n}\n`);
}

/** Whether the file holds this text, and its record is there. */
export const isWritten = (file: string, text: string): boolean =>
  existsSync(file) && existsSync(environmentFile(file)) && readFileSync(file, "utf8") === text;
