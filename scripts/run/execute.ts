import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Places, ROOT } from "./paths";
import type { Difference } from "./words";

/** Why a notebook did not run to its end. */
export interface Failure {
  kind: "error" | "timeout" | "dead" | "start" | "stopped" | "runner";
  name: string;
  text: string;
  /** The n of In [n]; undefined before the first cell. */
  number?: number;
}

export interface KernelInfo {
  implementation?: string;
  language_info?: { name: string; version?: string };
}

/** What lib/gradients/tensorflow.ts says of the backend that it loaded. */
export interface TensorflowInUse {
  name: "tensorflow" | "cpu";
  version: string;
  reason?: string;
}

export interface Execution {
  failure: Failure | null;
  differences: Difference[];
  info: KernelInfo;
  /** Asked of the kernel after the last cell; null: no cell used TensorFlow; undefined: there was no answer. */
  tensorflow?: TensorflowInUse | null;
  /** Seconds of each cell that ran, by the n of In [n]. */
  seconds: Map<number, number>;
}

/** What is happening: a cell begins, or a cell shows progress of its own. */
export type Watcher = (number: number, progress: string) => void;

export interface ExecuteOptions {
  notebook: string;
  /** Files written: the executed copy, the one of a failed run, the kernel process's own prints. */
  executed: string;
  failed: string;
  kernelLog: string;
  places: Places;
  /** Seconds a cell may take. */
  timeout: number;
  watch: Watcher;
  signal: AbortSignal;
}

type Message = { event: string } & Record<string, never>;

// Long enough for a kernel to be shut down in order, short enough for somebody who waits at the prompt.
const PATIENCE_MS = 8000;

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** Runs execute.py on one notebook; resolves however that ends. */
export function execute(options: ExecuteOptions): Promise<Execution> {
  const { places, watch, signal } = options;
  const result: Execution = { failure: null, differences: [], info: {}, seconds: new Map() };
  let kernel: number | undefined;
  let ended = false;
  let complaint = "";

  const script = path.join(__dirname, "execute.py");
  const files = [
    "--executed",
    options.executed,
    "--failed",
    options.failed,
    "--kernel-log",
    options.kernelLog,
  ];
  const run = ["--kernels", places.kernels, "--cwd", ROOT, "--timeout", String(options.timeout)];
  const child = spawn(places.python, [script, options.notebook, ...files, ...run], {
    // A group of its own: Ctrl-C reaches this process only, which then stops the kernels in order.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    // The kernel runs on the Node that runs this, not on the first one in the user's PATH.
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      PYTHONUTF8: "1",
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });

  const hear = (message: Message) => {
    const said = message as Record<string, unknown>;
    if (message.event === "kernel") kernel = said.pid as number;
    else if (message.event === "info") result.info = said as KernelInfo;
    else if (message.event === "tensorflow") result.tensorflow = said.backend as TensorflowInUse | null;
    else if (message.event === "cell") watch(said.number as number, "");
    else if (message.event === "progress") watch(said.number as number, said.text as string);
    else if (message.event === "ran") result.seconds.set(said.number as number, said.seconds as number);
    else if (message.event === "compared") result.differences = said.differences as Difference[];
    else if (message.event === "end") {
      result.failure = said.failure as Failure | null;
      ended = true;
    }
  };

  return new Promise((resolve) => {
    let patience: NodeJS.Timeout | undefined;
    const stop = () => {
      child.stdin.end();
      patience = setTimeout(() => {
        killGroup(kernel);
        killGroup(child.pid);
      }, PATIENCE_MS);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    child.stdin.on("error", () => {});
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-4000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => hear(JSON.parse(line)));

    const finish = (failure?: Failure) => {
      clearTimeout(patience);
      signal.removeEventListener("abort", stop);
      if (failure) result.failure = failure;
      if (signal.aborted) result.failure = { kind: "stopped", name: "Interrupted", text: "stopped" };
      resolve(result);
    };
    child.on("error", (error) => {
      finish({ kind: "runner", name: error.name, text: `${places.python} does not start: ${error.message}` });
    });
    child.on("close", (code, killedBy) => {
      if (ended) return finish();
      killGroup(kernel);
      const last = complaint.trim().split("\n").at(-1) ?? "";
      const how = killedBy ? `was killed by ${killedBy}` : `ended with exit code ${code}`;
      finish({
        kind: "runner",
        name: "RunnerError",
        text: `the process that drives the kernel ${how}. ${last}`,
      });
    });
  });
}
