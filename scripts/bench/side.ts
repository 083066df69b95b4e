// Each program that is measured runs in a process of its own, which is asked for one work after another.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../setup/paths";
import type { Versions } from "./report";

/** A process that does works by name. */
export interface Side {
  /** What it told of itself when it was ready. */
  readonly facts: Versions;
  /** Has a work done; gives what the process answers. */
  ask<T>(work: string): Promise<T>;
  /** Ends it; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a process that writes its facts, then reads works, one a line, and answers each by a line of JSON.
 * @throws if it ends before it has answered
 */
export async function startSide(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Side> {
  const child = spawn(program, args, { cwd: root, env, stdio: ["pipe", "pipe", "inherit"] });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const failure = new Promise<never>((_, reject) => child.once("error", reject));
  failure.catch(() => undefined); // told where an answer is awaited
  child.stdin.on("error", () => undefined);
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const line = await Promise.race([lines.next(), failure]);
    if (line.done)
      throw new Failure(
        `bench: ${path.basename(args.find((one) => /\.(ts|py)$/.test(one)) ?? program)} ended without an answer.`,
        "What it said is above.",
      );
    return JSON.parse(line.value);
  };
  return {
    facts: await answer(),
    async ask(work) {
      child.stdin.write(`${work}\n`);
      return answer();
    },
    end() {
      child.stdin.end();
      return gone;
    },
  };
}

/** Starts one of the programs of ours in sides/. */
export function startNode(
  file: string,
  env: NodeJS.ProcessEnv = process.env,
  flags: readonly string[] = [],
): Promise<Side> {
  const script = path.join(root, "scripts", "bench", "sides", file);
  return startSide(process.execPath, [...flags, "--import", "tsx", script], env);
}

/** Starts sides one after another, and ends all of them when f is done, whatever happens. */
export async function withSides<T>(
  starts: readonly (() => Promise<Side | undefined>)[],
  f: (sides: readonly (Side | undefined)[]) => Promise<T>,
): Promise<T> {
  const sides: (Side | undefined)[] = [];
  try {
    for (const start of starts) sides.push(await start());
    return await f(sides);
  } finally {
    await Promise.all(sides.map((side) => side?.end()));
  }
}
