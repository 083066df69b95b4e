import { Listr } from "listr2";
import { excerpt } from "./words";

/** The line of one job. */
export interface Line {
  /** Where it is: cells (or another unit) begun so far, of how many, and a few words. */
  at(cell: number, of: number, words: string): void;
}

/** A notebook's run, or another long work; resolves to its closing words, rejects with them when it failed. */
export interface Job {
  name: string;
  /** What is counted: "cell" unless given. */
  unit?: string;
  run(line: Line): Promise<string>;
}

/** A time as "12 s" or "3:05 min". */
export const clock = (ms: number) => {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
};

/** Runs all jobs, with one line each that is updated in place. */
async function live(jobs: Job[]): Promise<void> {
  const width = Math.max(...jobs.map((job) => job.name.length));
  const tasks = jobs.map((job) => ({
    title: `${job.name.padEnd(width)}  waiting`,
    task: async (_context: unknown, task: { title: string }) => {
      const label = job.name.padEnd(width);
      let started: number | undefined;
      let words = "";
      const draw = () => {
        if (started !== undefined) task.title = `${label}  ${words} · ${clock(Date.now() - started)}`;
      };
      const ticking = setInterval(draw, 1000);
      const line: Line = {
        at(cell, of, text) {
          started ??= Date.now();
          words = `${String(cell).padStart(String(of).length)}/${of} ${excerpt(text, 0, 80)}`;
          draw();
        },
      };
      try {
        task.title = `${label}  ${await job.run(line)}`;
      } catch (error) {
        task.title = `${label}  ${(error as Error).message}`;
        throw error;
      } finally {
        clearInterval(ticking);
      }
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    // Ctrl-C is handled by start(), which stops the kernels first.
    registerSignalListeners: false,
    rendererOptions: { formatOutput: "truncate", showErrorMessage: false, collapseErrors: false },
  }).run();
}

const QUIET_MS = 30_000;

/** Runs all jobs, with plain lines: a beginning, a sign of life every half minute, an end. */
async function plain(jobs: Job[], write: (text: string) => void): Promise<void> {
  await Promise.all(
    jobs.map(async (job) => {
      const { name, unit = "cell" } = job;
      let last = 0;
      let started = 0;
      const line: Line = {
        at(cell, of, text) {
          const now = Date.now();
          if (started === 0) {
            started = last = now;
            write(`${name}: running ${of} ${unit}s\n`);
          } else if (now - last > QUIET_MS) {
            last = now;
            write(`${name}: ${unit} ${cell}/${of} ${excerpt(text, 0, 80)} · ${clock(now - started)}\n`);
          }
        },
      };
      const words = await job.run(line).catch((error: Error) => error.message);
      write(`${name}: ${words}\n`);
    }),
  );
}

export function withProgress(jobs: Job[], isLive: boolean, write: (text: string) => void): Promise<void> {
  return isLive ? live(jobs) : plain(jobs, write);
}
