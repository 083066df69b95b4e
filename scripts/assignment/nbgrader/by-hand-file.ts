import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type ByHand, byHandIn, type CellMarks } from "./cell-marks";

/** Points by hand by student and cell. */
export type ByStudent = Readonly<Record<string, ByHand>>;

/** The points by hand that nbgrader's gradebook had from us the last time, by student. */
export function readByHandFile(file: string): ByStudent {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/**
 * Keeps what the gradebook gets now. To be written before it gets it, with what was there before, so that nothing is
 * forgotten if the work breaks off; and after it.
 */
export function writeByHandFile(
  file: string,
  marks: ReadonlyMap<string, CellMarks>,
  before: ByStudent,
): void {
  const now = [...marks].map(([student, cells]) => [student, { ...before[student], ...byHandIn(cells) }]);
  const all = { ...before, ...Object.fromEntries(now) };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic.sync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}
