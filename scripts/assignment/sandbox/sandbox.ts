import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import type { Mount } from "./bubblewrap";
import type { Confinement } from "./confinement";
import { isOverfull } from "./folder-size";
import type { Limits } from "./limits";
import { type Started, start } from "./start";
import { type Usage, usageOf } from "./usage";

/** Why a sandboxed process ended: by itself, or for which limit. */
export type Ending =
  | { readonly reason: "exit"; readonly code: number | null }
  | { readonly reason: "cpu" | "wall" | "memory" | "output" | "answer" | "scratch" | "stopped" };

/** What comes of a request. */
export type Reply = { readonly answer: string } | { readonly ending: Ending };

/** A process in a sandbox, which is asked one thing at a time. */
export interface Sandbox {
  /** Sends a line and gives the line that comes back, or how the process ended instead. */
  ask(line: string): Promise<Reply>;
  /** The beginning of what the process wrote to stdout and stderr. */
  output(): string;
  /** Ends the process, whatever it does. */
  stop(): Promise<Ending>;
}

/** How often the memory and the computing are looked at, in milliseconds. */
const lookEvery = 50;

const keptOutput = 8192;

/** As a shell tells them: an end by SIGXCPU or SIGKILL, and what V8 and Node do without memory. */
const byCpuLimit = [128 + 24, 128 + 9];
const withoutMemory = [128 + 6, 128 + 5, 128 + 11];

/**
 * Starts a script in a sandbox. The process reads requests from descriptor 3 and writes answers to descriptor 4, a line
 * each; nothing else of it is listened to.
 */
export function startSandbox(
  mounts: readonly Mount[],
  script: string,
  limits: Limits,
  confinement: Confinement = "bubblewrap",
): Sandbox {
  return watched(start[confinement](mounts, script, limits), limits);
}

function watched({ child, kill: end, scratch, tidy }: Started, limits: Limits): Sandbox {
  const [, stdout, stderr, requests, answers] = child.stdio as [null, Readable, Readable, Writable, Readable];
  let ending: Ending | undefined;
  let reply: ((reply: Reply) => void) | undefined;

  const settle = (outcome: Reply) => {
    const waiting = reply;
    reply = undefined;
    waiting?.(outcome);
  };
  const kill = (reason: Exclude<Ending["reason"], "exit">) => {
    ending ??= { reason };
    end();
  };
  const ended = new Promise<Ending>((resolve) => {
    const finish = (code: number | null, signal?: NodeJS.Signals | null) => {
      clearInterval(looking);
      end();
      tidy();
      ending ??= endingOf(signal ? 128 + constants.signals[signal] : code);
      settle({ ending });
      resolve(ending);
    };
    child.on("error", () => finish(null));
    child.on("close", (code, signal) => finish(code, signal));
  });
  const usage = (): Usage => usageOf(child.pid ?? 0);
  let cpuBefore = 0;
  let cpuAtLastLook = 0;
  let asleep = 0;
  let asleepInAll = 0;
  const looking = setInterval(() => {
    const { memoryBytes, cpuSeconds, running } = usage();
    if (!running && cpuSeconds === cpuAtLastLook) {
      asleep += lookEvery;
      if (reply) asleepInAll += lookEvery;
    }
    cpuAtLastLook = cpuSeconds;
    if (reply && asleep > limits.wallSeconds * 1000) kill("wall");
    if (asleepInAll > 2 * limits.wallSeconds * 1000) kill("wall");
    if (memoryBytes > limits.memoryBytes) kill("memory");
    if (reply && cpuSeconds - cpuBefore > limits.cpuSeconds) kill("cpu");
    if (scratch && isOverfull(scratch, limits.scratchBytes)) kill("scratch");
  }, lookEvery);

  let kept = "";
  let written = 0;
  for (const stream of [stdout, stderr])
    stream.on("data", (bytes: Buffer) => {
      written += bytes.length;
      if (kept.length < keptOutput) kept = (kept + bytes.toString("utf8")).slice(0, keptOutput);
      if (written > limits.outputBytes) kill("output");
    });

  let pending: Buffer[] = [];
  let size = 0;
  answers.on("data", (bytes: Buffer) => {
    const end = bytes.indexOf("\n");
    size += bytes.length;
    if (size > limits.answerBytes) return kill("answer");
    pending.push(end < 0 ? bytes : bytes.subarray(0, end));
    if (end < 0) return;
    const answer = Buffer.concat(pending).toString("utf8");
    // what was written unasked, or beyond the line, is nobody's answer
    [pending, size] = [[], 0];
    settle({ answer });
  });
  // a process that has ended takes no request: its end is the reply
  requests.on("error", () => {});

  return {
    ask(line) {
      if (ending) return Promise.resolve({ ending });
      if (reply) throw new Error("a sandbox is asked one thing at a time");
      return new Promise((resolve) => {
        reply = resolve;
        cpuBefore = usage().cpuSeconds;
        asleep = 0;
        requests.write(`${line}\n`);
      });
    },
    output: () => kept,
    async stop() {
      kill("stopped");
      return ended;
    },
  };
}

function endingOf(code: number | null): Ending {
  if (code !== null && byCpuLimit.includes(code)) return { reason: "cpu" };
  if (code !== null && withoutMemory.includes(code)) return { reason: "memory" };
  return { reason: "exit", code };
}
