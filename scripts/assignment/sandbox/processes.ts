import { readFileSync } from "node:fs";

/** A file of /proc; "" once the process has ended. */
export function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** The fields of /proc/PID/stat (proc(5)) behind the command in parentheses, which is field 2. */
export const statOf = (process: number): readonly string[] =>
  readProc(`${process}/stat`).split(") ").at(-1)?.split(" ") ?? [];

/** The processes that a process started. */
export const childrenOf = (process: number): number[] =>
  readProc(`${process}/task/${process}/children`).split(" ").filter(Boolean).map(Number);

const descendantsOf = (process: number): number[] =>
  childrenOf(process).flatMap((child) => [child, ...descendantsOf(child)]);

/**
 * Ends a process of this user's and all that descend from it. One that is ended while it starts another may leave that
 * one behind, waiting for it for ever; so it is halted first, and starts nothing more.
 */
export function killTree(root: number): void {
  signal(root, "SIGSTOP");
  for (let looks = 0; looks < 1000 && ["R", "S", "D"].includes(statOf(root)[0]); looks++);
  for (const process of [...descendantsOf(root), root]) signal(process, "SIGKILL");
}

function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch {
    // it has ended
  }
}
