// `npm run references`: makes the numbers under data/references again, by NumPy, SciPy, mpmath and PyTorch, in an
// environment of their own, and compares them with the committed ones. Nothing else needs this command.
import fs from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { Failure, toolFailure } from "./bootstrap/failure.mjs";
import { exclusively } from "./bootstrap/lock.mjs";
import { step } from "./bootstrap/progress.mjs";
import { runTool } from "./bootstrap/tool.mjs";
import { compareReferences } from "./references/compare";
import { findPython } from "./setup/find-python";
import { cache, root } from "./setup/paths";
import { readStamp, sha256, writeStamp } from "./setup/stamp";
import { pipEnvironment } from "./setup/venv";

const folder = path.join(root, "data", "references");
const base = path.join(folder, "requirements.txt");
const torch = path.join(folder, "requirements-torch.txt");

/** The scripts by name, each of which writes the JSON file of its name. */
export function referenceNames(): string[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".py") && name !== "common.py");
  return names.map((name) => path.basename(name, ".py")).sort();
}

function needsTorch(name: string): boolean {
  return /^\s*(import|from) torch\b/m.test(fs.readFileSync(path.join(folder, `${name}.py`), "utf8"));
}

async function makeEnvironment(requirements: readonly string[]): Promise<string> {
  const environment = path.join(cache, "references", requirements.includes(torch) ? "torch" : "numpy");
  const stamp = path.join(environment, "set-up.json");
  const key = sha256(...requirements.map((file) => fs.readFileSync(file)), root);
  const python = path.join(environment, "bin", "python");
  if (readStamp<{ key: string }>(stamp)?.key === key && fs.existsSync(python)) return python;
  const size = requirements.includes(torch) ? "about 300 MB with PyTorch" : "about 55 MB";
  const progress = step(`Making the environment of the reference scripts (${size}) …`);
  fs.rmSync(environment, { recursive: true, force: true });
  const log = path.join(cache, "logs", "references.log");
  const install = [
    "-m",
    "pip",
    "install",
    "--only-binary=:all:",
    ...requirements.flatMap((file) => ["-r", file]),
  ];
  for (const [program, args] of [
    [findPython().executable, ["-m", "venv", environment]],
    [python, install],
  ] as const) {
    const { code, output } = await runTool(program, args, { env: pipEnvironment(), log });
    if (code !== 0) throw toolFailure("Making the environment of the reference scripts", output, log);
  }
  writeStamp(stamp, { key });
  progress.done(path.relative(root, environment));
  return python;
}

/** Numbers may move so far with the processor and the BLAS that NumPy finds there. */
const tolerance = 1e-12;

/** One line: how the file made now differs from the committed one; `same` if by rounding at most. */
function judge(committed: string, now: string): { same: boolean; verdict: string } {
  if (!fs.existsSync(committed)) return { same: false, verdict: "NEW, not committed yet" };
  const [a, b] = [committed, now].map((file) => fs.readFileSync(file, "utf8"));
  if (a === b) return { same: true, verdict: "the same bytes" };
  const { difference, largest, place } = compareReferences(JSON.parse(a), JSON.parse(b), tolerance);
  if (difference !== undefined) return { same: false, verdict: `DIFFERS at ${difference}` };
  if (largest === 0) return { same: true, verdict: "the same numbers" };
  return { same: true, verdict: `the same up to rounding, ${largest.toExponential(1)} (at ${place})` };
}

/**
 * Runs the scripts named (all where none is) and compares their files with the committed ones.
 * @param options.update accept what differs
 * @returns 0 if nothing differs beyond rounding or all was accepted, else 1
 */
export async function references(
  asked: readonly string[],
  options: { update?: boolean } = {},
): Promise<number> {
  const known = referenceNames();
  const names =
    asked.length > 0 ? asked.map((name) => path.basename(name).replace(/\.(py|json)$/, "")) : known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown)
    throw new Failure(`There is no reference script "${unknown}".`, `There are: ${known.join(", ")}.`, 2);
  let differing = 0;
  await exclusively(cache, async () => {
    for (const name of names) {
      const python = await makeEnvironment(needsTorch(name) ? [base, torch] : [base]);
      const target = path.join(folder, `${name}.json`);
      const made = path.join(cache, "references", `${name}.json`);
      const log = path.join(cache, "logs", `reference-${name}.log`);
      const { code, output } = await runTool(python, [path.join(folder, `${name}.py`), made], {
        cwd: root,
        env: { ...pipEnvironment(), PYTHONDONTWRITEBYTECODE: "1", OPENBLAS_NUM_THREADS: "1" },
        log,
      });
      if (code !== 0) throw toolFailure(`data/references/${name}.py`, output, log);
      const { same, verdict } = judge(target, made);
      const accept = !same && options.update === true;
      if (accept) writeFileAtomic.sync(target, fs.readFileSync(made));
      if (!same && !accept) differing += 1;
      console.log(`data/references/${name}.json: ${verdict}${accept ? " – accepted" : ""}`);
    }
  });
  if (differing > 0)
    console.log(
      `${differing} differ; \`npm run references -- --update\` accepts what is in .cache/references.`,
    );
  return differing > 0 ? 1 : 0;
}
