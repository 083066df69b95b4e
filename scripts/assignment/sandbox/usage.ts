import { readFileSync } from "node:fs";

/** What a process and all that descend from it have in use. */
export interface Usage {
  readonly memoryBytes: number;
  /** Seconds of computing of those that live. */
  readonly cpuSeconds: number;
  /** Whether one of them computes, or would if a core were free. */
  readonly running: boolean;
}

/** Ticks of the clock in which Linux counts computing, the same on all its architectures (USER_HZ). */
const ticksPerSecond = 100;

/** Fields 14 and 15 of /proc/PID/stat (proc(5)), counted behind the command in parentheses, which is field 2. */
const [userTicks, systemTicks] = [14 - 3, 15 - 3];

/** Field 3: R is running, or waiting for nothing but a core. */
const [state, runnable] = [3 - 3, "R"];

/** Zeros for a process that has ended. */
export function usageOf(process: number): Usage {
  const memory = read(`/proc/${process}/status`).match(/^VmRSS:\s+(\d+) kB/m);
  const fields = read(`/proc/${process}/stat`).split(") ").at(-1)?.split(" ") ?? [];
  const ticks = Number(fields[userTicks] ?? 0) + Number(fields[systemTicks] ?? 0);
  const children = read(`/proc/${process}/task/${process}/children`).split(" ").filter(Boolean);
  return children
    .map((child) => usageOf(Number(child)))
    .reduce(
      (sum, { memoryBytes, cpuSeconds, running }) => ({
        memoryBytes: sum.memoryBytes + memoryBytes,
        cpuSeconds: sum.cpuSeconds + cpuSeconds,
        running: sum.running || running,
      }),
      {
        memoryBytes: Number(memory?.[1] ?? 0) * 1024,
        cpuSeconds: ticks / ticksPerSecond,
        running: fields[state] === runnable,
      },
    );
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
