import { createHash, createHmac } from "node:crypto";
import type { HandedInCell } from "../submission/read-notebook";

/**
 * What makes two submissions the same: the sources of the cells that are graded, in order. Outputs, texts and metadata do not
 * count, so that a notebook saved once more has the same mark.
 */
export function submissionHash(cells: readonly HandedInCell[]): string {
  const sources = JSON.stringify(cells.map(({ source }) => source));
  return createHash("sha256").update(sources).digest("hex");
}

/** The seed of a part's hidden inputs: nobody who lacks the teacher's secret can know it, and it is always the same. */
export function hiddenSeed(secret: Uint8Array, submission: string, part: string): number {
  return createHmac("sha256", secret).update(`${submission} ${part}`).digest().readUInt32LE(0);
}
