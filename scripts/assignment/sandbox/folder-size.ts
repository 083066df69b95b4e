import { lstatSync, opendirSync } from "node:fs";
import path from "node:path";

/** Whoever makes more files than this has filled the folder, whatever their size. */
const mostFiles = 1000;

/** Whether the files in a folder have more bytes together than allowed, or are too many to be counted. */
export function isOverfull(folder: string, bytes: number): boolean {
  let files = 0;
  let size = 0;
  const visit = (at: string): boolean => {
    const entries = opendirSync(at);
    try {
      for (let entry = entries.readSync(); entry; entry = entries.readSync()) {
        const file = path.join(at, entry.name);
        size += lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
        if (++files > mostFiles || size > bytes || (entry.isDirectory() && visit(file))) return true;
      }
      return false;
    } finally {
      entries.closeSync();
    }
  };
  try {
    return visit(folder);
  } catch {
    return false; // it changes while it is read; the next look sees it
  }
}
