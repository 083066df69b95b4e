import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { cache, root } from "../setup/paths";

/** A Python process that times works by name, or none where NumPy is not installed. */
export interface PythonWorks {
  readonly versions: string;
  /** Seconds that the work took; undefined if this Python does not know it. */
  seconds(name: string): Promise<number | undefined>;
  end(): void;
}

/** Where NumPy and PyTorch may be: BENCH_PYTHON, then the environment of the reference scripts, then python3. */
function candidates(): string[] {
  const made = ["torch", "numpy"].map((name) => path.join(cache, "references", name, "bin", "python"));
  return [process.env.BENCH_PYTHON ?? "", ...made.filter((file) => fs.existsSync(file)), "python3"].filter(
    Boolean,
  );
}

/**
 * Starts the first Python that has NumPy, preferring one with PyTorch.
 */
export async function startPython(): Promise<PythonWorks | undefined> {
  const has = (python: string, modules: string) =>
    spawnSync(python, ["-c", `import ${modules}`]).status === 0;
  const python =
    candidates().find((one) => has(one, "numpy, torch")) ?? candidates().find((one) => has(one, "numpy"));
  if (python === undefined) return undefined;
  const script = path.join(root, "scripts", "bench", "reference.py");
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value ?? "");
  return {
    versions: await next(),
    async seconds(name) {
      child.stdin.write(`${name}\n`);
      const answer = Number(await next());
      return Number.isFinite(answer) ? answer : undefined;
    },
    end: () => child.stdin.end(),
  };
}
