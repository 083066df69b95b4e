import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { CellOutcome, Message } from "./messages";
import { words } from "./words";

/** How the cells of a notebook ended, by name; what a cell of the same name did later replaces what it did before. */
export type Outcomes = ReadonlyMap<string, CellOutcome>;

/**
 * Runs a notebook in a process of its own. A cell that does not end, or ends the process, is left out when the others
 * are run again, so that it costs no more than its time.
 * @param script run-cells, as it was bundled
 * @param seconds how long a cell may take
 * @param onRestart is told which cell is left out, and why
 */
export async function runNotebook(
  script: string,
  notebook: string,
  seconds: number,
  onRestart: (cell: string, why: string) => void,
): Promise<Outcomes> {
  const stuck = new Map<string, CellOutcome>();
  for (;;) {
    const { outcomes, cell, words: why } = await runOnce(script, notebook, seconds, [...stuck.keys()]);
    if (cell === undefined) return new Map([...outcomes, ...stuck]);
    if (stuck.has(cell)) throw new Error(`${cell}: ${why}`);
    stuck.set(cell, { output: [], error: { name: "Endless", message: why } });
    onRestart(cell, why);
  }
}

interface Run {
  readonly outcomes: Map<string, CellOutcome>;
  /** The cell in which it stopped, and why. */
  readonly cell?: string;
  readonly words: string;
}

function runOnce(script: string, notebook: string, seconds: number, without: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const outcomes = new Map<string, CellOutcome>();
    const child: ChildProcess = fork(script, [], {
      cwd: path.dirname(notebook),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let running: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    const end = (run: Run) => {
      clearTimeout(timer);
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
      resolve(run);
    };
    child.on("error", reject);
    child.on("message", (message: Message) => {
      clearTimeout(timer);
      if ("done" in message) return end({ outcomes, words: "" });
      if ("ended" in message) {
        outcomes.set(message.ended, message.outcome);
        return;
      }
      if ("starts" in message) {
        running = message.starts;
        return;
      }
      timer = setTimeout(
        () => end({ outcomes, cell: running, words: words.endless(seconds) }),
        1000 * seconds,
      );
    });
    child.on("exit", () => {
      if (running === undefined) reject(new Error(`${script} ended before it ran a cell`));
      else end({ outcomes, cell: running, words: words.crashed });
    });
    child.send({ notebook, without });
  });
}
