// Runs the tools of the set-up (npm, pip, the compiler): output to a log, each line to whoever shows the progress.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let interrupted = false;
/** @type {((pid: number) => void) | undefined} */
let announce;

/** @param {((pid: number) => void) | undefined} listener told the process id of each tool */
export function onToolStart(listener) {
  announce = listener;
}

/** A tool leads a process group of its own, so that what it has started ends with it. @param {number} pid */
export function killTool(pid, signal = /** @type {NodeJS.Signals} */ ("SIGKILL")) {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}

/** Ends every running tool; resolves when they are gone, after at most 3 s of patience. */
async function stopTools() {
  interrupted = true;
  await Promise.all(
    [...running].map((child) => {
      if (child.exitCode !== null || child.signalCode !== null) return undefined;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      killTool(/** @type {number} */ (child.pid), "SIGTERM");
      setTimeout(() => killTool(/** @type {number} */ (child.pid)), 3000).unref();
      return gone;
    }),
  );
}

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs `work`; on Ctrl-C or SIGTERM ends the tools that run, calls `cleanUp` and leaves with 130. A tool has a process
 * group of its own: the terminal's Ctrl-C does not reach it by itself.
 * @template T
 * @param {() => Promise<T>} work
 * @param {() => void} [cleanUp]
 * @returns {Promise<T>}
 */
export async function interruptible(work, cleanUp) {
  const interrupt = () => {
    stopTools().then(() => {
      cleanUp?.();
      console.error("\nInterrupted. Run the same command again: it goes on after the last finished step.");
      process.exit(130);
    });
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/**
 * @typedef {object} ToolOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [log] file that gets the whole output
 * @property {(line: string) => void} [onLine]
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ToolOptions} [options]
 * @returns {Promise<{code: number | null, signal: string | null, output: string}>} stdout and stderr as they came
 */
export function runTool(command, args, options = {}) {
  const { cwd, env, log, onLine } = options;
  if (log) {
    fs.mkdirSync(path.dirname(log), { recursive: true });
    fs.writeFileSync(log, `$ ${[command, ...args].join(" ")}\n`);
  }
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    if (child.pid !== undefined) announce?.(child.pid);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        const lines = (rest + text).split(/\r\n|\n|\r/);
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (!/^Progress \d+ of \d+$/.test(line)) output += `${line}\n`;
          onLine?.(line);
        }
      });
      stream.on("end", () => {
        output += rest;
      });
    }
    child.on("error", (error) => {
      running.delete(child);
      reject(
        new Failure(
          `${command} could not be started: ${error.message}`,
          "Check that it is installed and on PATH.",
        ),
      );
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (log) {
        try {
          fs.appendFileSync(log, output);
        } catch {
          // a full disk: the failure itself is reported from `output`
        }
      }
      if (!interrupted) resolve({ code, signal, output });
    });
  });
}
