/** Jupyter's own tools, as the kernel's tests call them. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { withOwnNode } from "../../scripts/setup/own-node";
import { root, venv } from "../../scripts/setup/paths";
import { inCI } from "../support/ci";

export const bin = path.join(venv, "bin");

/** Why these tests cannot run here; obligatory in CI. */
export const skip =
  fs.existsSync(path.join(bin, "pytest")) || inCI
    ? false
    : "needs Jupyter's tools in .venv: npm test sets them up";

export const env = { ...withOwnNode(), PYTHONDONTWRITEBYTECODE: "1" };

export interface Output {
  type: string;
  name?: string;
  text?: string;
  data?: Record<string, string>;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  execution_count?: number;
  transient?: { display_id?: string };
}

export interface Reply {
  status: string;
  execution_count?: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

export interface Run {
  replies: Reply[];
  outputs: Output[][];
  order: [number, string][];
}

export interface Executed {
  raised?: string;
  text?: string;
  outputs?: (Output & { output_type: string })[][];
}

/** A Python process that talks to a kernel; see driver.py. */
export class Driver {
  private readonly child: ChildProcess;
  private readonly waiting: ((line: string | undefined) => void)[] = [];

  constructor(options: { cwd?: string; jupyterPath?: string } = {}) {
    this.child = spawn(path.join(bin, "python"), [path.join(root, "tests", "kernel", "driver.py")], {
      cwd: options.cwd ?? os.tmpdir(),
      env: { ...env, JUPYTER_PATH: options.jupyterPath ?? "" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => this.waiting.shift()?.(line));
    lines.on("close", () => this.waiting.splice(0).forEach((tell) => void tell(undefined)));
  }

  async ask<T>(request: { do: string; [argument: string]: unknown }): Promise<T> {
    const line = await new Promise<string | undefined>((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    if (line === undefined) {
      throw new Error("driver.py has ended");
    }
    const { answer, failed } = JSON.parse(line);
    if (failed) {
      throw new Error(failed);
    }
    return answer as T;
  }

  async run(cells: string | string[], options: Record<string, unknown> = {}): Promise<Run> {
    return this.ask<Run>({ do: "run", cells: [cells].flat(), ...options });
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

export function notebookOf(cells: string[], outputs: object[][] = []): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" } },
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: "code",
      metadata: {},
      execution_count: outputs[i] ? i + 1 : null, // nbval skips outputs of a cell without one
      outputs: outputs[i] ?? [],
      source,
    })),
  });
}

export interface Finished {
  code: number;
  text: string;
}

/** Runs one of .venv's programs to its end. */
export function tool(name: string, args: string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(path.join(bin, name), args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const text = (stdout + stderr).replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
      resolve({ code: error ? Number(error.code ?? 1) : 0, text });
    });
  });
}

export const temporaryFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "kernel-test-"));
