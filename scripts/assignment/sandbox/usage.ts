import { readFileSync } from "node:fs";

/** What a process and all that descend from it have in use: bytes of memory, seconds of computing of those that live. */
export interface Usage {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
}

/** Ticks of the clock in which Linux counts computing, the same on all its architectures (USER_HZ). */
const ticksPerSecond = 100;

/** Fields 14 and 15 of /proc/PID/stat (proc(5)), counted behind the command in parentheses, which is field 2. */
const [userTicks, systemTicks] = [14 - 3, 15 - 3];

/** Zeros for a process that has ended. */
export function usageOf(process: number): Usage {
  const memory = read(`/proc/${process}/status`).match(/^VmRSS:\s+(\d+) kB/m);
  const times = read(`/proc/${process}/stat`).split(") ").at(-1)?.split(" ") ?? [];
  const ticks = Number(times[userTicks] ?? 0) + Number(times[systemTicks] ?? 0);
  const children = read(`/proc/${process}/task/${process}/children`).split(" ").filter(Boolean);
  return children
    .map((child) => usageOf(Number(child)))
    .reduce(
      (sum, { memoryBytes, cpuSeconds }) => ({
        memoryBytes: sum.memoryBytes + memoryBytes,
        cpuSeconds: sum.cpuSeconds + cpuSeconds,
      }),
      { memoryBytes: Number(memory?.[1] ?? 0) * 1024, cpuSeconds: ticks / ticksPerSecond },
    );
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
