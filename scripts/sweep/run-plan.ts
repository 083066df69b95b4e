import { randomUUID } from "node:crypto";
import path from "node:path";
import { Tinypool } from "tinypool";
import type { Row } from "../../lib/experiments/experiment";
import { nameOfRun, type SweepPlan, type SweepRun } from "../../lib/sweeps/plan";
import type { Journal } from "./journal";
import type { Registered } from "./registry";
import type { Progress, Task } from "./worker";

/** How far a sweep is. */
export interface SweepState {
  /** Runs that are done, whether now or before. */
  done: number;
  total: number;
  failed: number;
  /** How much of what was to do when it began is done, in [0, 1]; runs count alike. */
  share: number;
}

/** What became of a sweep. */
export interface SweepOutcome {
  /** For each run of the plan its rows; undefined where it failed or was not begun. */
  results: (readonly Row[] | undefined)[];
  failures: { run: string; message: string }[];
  /** Runs that the journal had already. */
  kept: number;
}

export interface RunPlanOptions {
  journal: Journal;
  /** How many runs at a time, each on one thread. */
  workers: number;
  signal: AbortSignal;
  onState?: (state: SweepState) => void;
}

/** Runs that the journal does not have, several at a time. One that fails does not stop the others. */
export async function runPlan(
  { experiment, file }: Registered,
  plan: SweepPlan,
  { journal, workers, signal, onState }: RunPlanOptions,
): Promise<SweepOutcome> {
  const keys = plan.runs.map(journal.keyOf);
  const rows = new Map<string, readonly Row[]>();
  const open = new Map<string, SweepRun>();
  plan.runs.forEach((run, k) => {
    if (rows.has(keys[k]) || open.has(keys[k])) return;
    const finished = journal.read(run);
    if (finished) rows.set(keys[k], finished);
    else open.set(keys[k], run);
  });
  const kept = keys.filter((key) => rows.has(key)).length;
  const failed = new Map<string, string>();
  const shares = new Map<string, number>();
  const tell = () => {
    const begun = [...shares.values()].reduce((sum, share) => sum + share, 0);
    const done = keys.filter((key) => rows.has(key) || failed.has(key)).length;
    onState?.({
      done,
      total: keys.length,
      failed: failed.size,
      share: open.size === 0 ? 1 : begun / open.size,
    });
  };
  tell();
  if (open.size > 0) {
    const finish = (key: string, run: SweepRun, result: readonly Row[]) => {
      journal.write(run, result);
      rows.set(key, result);
    };
    await inPool(Math.min(workers, open.size), signal, async (pool) => {
      const channel = new BroadcastChannel(pool.channel);
      channel.onmessage = (event) => {
        const { key, share } = (event as unknown as { data: Progress }).data;
        if (!rows.has(key)) shares.set(key, share);
        tell();
      };
      const begin = async ([key, run]: [string, SweepRun]) => {
        const { settings, seed } = run;
        const task: Task = { file, name: experiment.name, settings, seed, channel: pool.channel, key };
        try {
          finish(key, run, await pool.run(task));
        } catch (error) {
          if (signal.aborted) return;
          failed.set(key, (error as Error).message);
        }
        shares.set(key, 1);
        tell();
      };
      try {
        await Promise.all([...open].map(begin));
      } finally {
        channel.close();
      }
    });
  }
  const failures = plan.runs.flatMap((run, k) => {
    const message = failed.get(keys[k]);
    return message === undefined ? [] : [{ run: nameOfRun(plan, run), message }];
  });
  return { results: keys.map((key) => rows.get(key)), failures, kept };
}

interface Pool {
  channel: string;
  run(task: Task): Promise<Row[]>;
}

/** Threads with one numeric thread each; all are ended when `work` is done or the signal is aborted. */
async function inPool(
  threads: number,
  signal: AbortSignal,
  work: (pool: Pool) => Promise<void>,
): Promise<void> {
  const pool = new Tinypool({
    filename: path.join(__dirname, "worker.cjs"),
    env: { ...(process.env as Record<string, string>), BACKPROP_THREADS: "1" },
    minThreads: threads,
    maxThreads: threads,
  });
  // what goes wrong in a run rejects its task; here come threads that were ended in the middle of one
  pool.on("error", () => {});
  const end = () => void pool.destroy();
  signal.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    await work({ channel: `sweep-${randomUUID()}`, run: (task) => pool.run(task) });
  } finally {
    signal.removeEventListener("abort", end);
    await pool.destroy();
  }
}
