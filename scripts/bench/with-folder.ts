import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Runs f with a new folder for files, which is removed when f is done. */
export async function withFolder<T>(f: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  try {
    return await f(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
