import { childrenOf, readProc, statOf } from "./processes";

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

/** Fields 14 and 15 of statOf. */
const [userTicks, systemTicks] = [14 - 3, 15 - 3];

/** Field 3: R is running, or waiting for nothing but a core. */
const [state, runnable] = [3 - 3, "R"];

/** Zeros for a process that has ended. */
export function usageOf(process: number): Usage {
  const memory = readProc(`${process}/status`).match(/^VmRSS:\s+(\d+) kB/m);
  const fields = statOf(process);
  const ticks = Number(fields[userTicks] ?? 0) + Number(fields[systemTicks] ?? 0);
  return childrenOf(process)
    .map(usageOf)
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
