// `npm run references`: makes the numbers under data/references again, by NumPy, SciPy, mpmath and PyTorch, in an
// environment of their own. They are committed: nothing else needs this command.
import fs from "node:fs";
import path from "node:path";
import { Failure, toolFailure } from "./bootstrap/failure.mjs";
import { exclusively } from "./bootstrap/lock.mjs";
import { step } from "./bootstrap/progress.mjs";
import { runTool } from "./bootstrap/tool.mjs";
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

/** Runs the scripts named (all where none is); says for each file whether a byte changed. */
export async function references(asked: readonly string[]): Promise<number> {
  const known = referenceNames();
  const names =
    asked.length > 0 ? asked.map((name) => path.basename(name).replace(/\.(py|json)$/, "")) : known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown)
    throw new Failure(`There is no reference script "${unknown}".`, `There are: ${known.join(", ")}.`, 2);
  await exclusively(cache, async () => {
    for (const name of names) {
      const python = await makeEnvironment(needsTorch(name) ? [base, torch] : [base]);
      const target = path.join(folder, `${name}.json`);
      const partial = path.join(cache, "references", `${name}.json`);
      const log = path.join(cache, "logs", `reference-${name}.log`);
      const { code, output } = await runTool(python, [path.join(folder, `${name}.py`), partial], {
        cwd: root,
        log,
      });
      if (code !== 0) throw toolFailure(`data/references/${name}.py`, output, log);
      const same = fs.existsSync(target) && fs.readFileSync(target).equals(fs.readFileSync(partial));
      if (!same) fs.copyFileSync(partial, `${target}.partial`);
      if (!same) fs.renameSync(`${target}.partial`, target);
      console.log(`data/references/${name}.json: ${same ? "the same bytes" : "CHANGED"}`);
    }
  });
  return 0;
}
