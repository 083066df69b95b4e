import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { cache, root } from "../setup/paths";
import { type Side, startSide } from "./side";

/** Where NumPy and PyTorch may be: BENCH_PYTHON, then the environment of the reference scripts, then python3. */
function candidates(): string[] {
  const made = ["torch", "numpy"].map((name) => path.join(cache, "references", name, "bin", "python"));
  return [process.env.BENCH_PYTHON ?? "", ...made.filter((file) => fs.existsSync(file)), "python3"].filter(
    Boolean,
  );
}

/** The first Python that has the module. */
function findPython(module: string): string | undefined {
  return candidates().find((python) => spawnSync(python, ["-c", `import ${module}`]).status === 0);
}

/** What each BLAS reads to learn on how many threads it may run. */
const threadSettings = [
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "OMP_NUM_THREADS",
  "BLIS_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
];

/** The environment in which BLAS runs on one thread, or on as many as it takes by itself. */
export function blasThreads(threads: "one" | "default", env = process.env): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !threadSettings.includes(name));
  const own = threads === "one" ? threadSettings.map((name) => [name, "1"]) : [];
  return Object.fromEntries([...others, ...own]);
}

/** Starts one of the Python programs in sides/; undefined where no Python has the module that it needs. */
export async function startPython(
  script: string,
  folder: string,
  module: string,
  threads: "one" | "default",
): Promise<Side | undefined> {
  const python = findPython(module);
  if (python === undefined) return undefined;
  const env = { ...blasThreads(threads), PYTHONDONTWRITEBYTECODE: "1" };
  return startSide(python, [path.join(root, "scripts", "bench", "sides", script), folder], env);
}
