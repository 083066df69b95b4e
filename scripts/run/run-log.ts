import { readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Environment } from "./environment";
import type { Failure } from "./execute";
import type { Summary } from "./summary";

/** .cache/runs/NN-topic.json: what one run of one notebook was. */
export interface RunLog extends Environment {
  notebook: string;
  /** ISO date and time. */
  started: string;
  seconds: number;
  cells: { number: number; index: number; firstLine: string; seconds: number | null }[];
  summary: Summary | null;
  /** One line for each output that is not the committed one. */
  moved: string[];
  failure: Failure | null;
}

export function writeRunLog(folder: string, log: RunLog): Promise<void> {
  return writeFileAtomic(logPath(folder, log.notebook), `${JSON.stringify(log, null, 2)}\n`);
}

export function logPath(folder: string, name: string): string {
  return path.join(folder, `${name}.json`);
}

/** Seconds of the notebook's last run, or undefined. */
export function lastSeconds(folder: string, name: string): number | undefined {
  try {
    return JSON.parse(readFileSync(logPath(folder, name), "utf8")).seconds;
  } catch {
    return undefined;
  }
}
