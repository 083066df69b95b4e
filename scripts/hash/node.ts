// The sections in this process.
import { noteWork, threadCount } from "../../lib/kernels/threads";
import type { Listener } from "./recorder";
import { hashOfSection } from "./sections";

/** A section's hash and, if they were asked for, its results: a place and a value a line. */
export interface HashedSection {
  /** Of a section that throws an error the word error and what it says. */
  readonly hash: string;
  readonly lines: readonly string[];
}

/** The other threads of the core are given so long to start, so that they take part from the first section on. */
const threadsStart = 500; // ms

/** Computes these sections, one after another; gives Node's name and the number of threads. */
export async function inNode(
  names: readonly string[],
  onSection: (name: string, hashed: HashedSection) => void,
  withValues: boolean,
): Promise<string> {
  const threads = threadCount();
  noteWork(Number.POSITIVE_INFINITY);
  if (threads > 1) await new Promise((resume) => setTimeout(resume, threadsStart));
  for (const name of names) {
    const lines: string[] = [];
    const listener: Listener = (place, value) =>
      lines.push(`${place}\t${Object.is(value, -0) ? "-0" : value}`);
    const hash = await hashOfSection(name, withValues ? listener : undefined).catch(String);
    onSection(name, { hash, lines });
  }
  return `Node ${process.versions.node}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
