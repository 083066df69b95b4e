import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { StudentMark } from "./student-mark";
import type { Summary } from "./summary";

/** The summary as it is kept, with what the outputs of others were written for. */
export type KeptSummary = Summary & { readonly outputs?: string };

const files = (results: string) => ({
  summary: path.join(results, "summary.json"),
  table: path.join(results, "table.txt"),
});

/** The summary of the last grading; undefined where there is none that can be read. */
export function readSummary(results: string): KeptSummary | undefined {
  try {
    return JSON.parse(readFileSync(files(results).summary, "utf8")) as KeptSummary;
  } catch {
    return undefined;
  }
}

/** The table first: what the next grading compares with is there when all else is. */
export function writeResults(results: string, summary: KeptSummary, table: string): void {
  mkdirSync(results, { recursive: true });
  writeIfOther(files(results).table, table);
  writeIfOther(files(results).summary, `${JSON.stringify(summary, undefined, 1)}\n`);
}

/** Writes a file whole, unless it holds this text already. */
function writeIfOther(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileAtomic.sync(file, text);
}

/** What the outputs for others hang on, as a hash: with the same one they need not be written again. */
export function outputsKey(marks: readonly StudentMark[], code: string, release: string): string {
  const hash = createHash("sha256").update(JSON.stringify([marks, code]));
  if (existsSync(release)) hash.update(readFileSync(release));
  return hash.digest("hex");
}
