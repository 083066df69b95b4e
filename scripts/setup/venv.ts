// .venv: Jupyter's tools, from requirements.txt with hashes, by a pinned pip.
import fs from "node:fs";
import path from "node:path";
import { requireSpace } from "../bootstrap/disk.mjs";
import { toolFailure } from "../bootstrap/failure.mjs";
import { step } from "../bootstrap/progress.mjs";
import { runTool } from "../bootstrap/tool.mjs";
import { findPython } from "./find-python";
import { cache, root, venv, venvProgram } from "./paths";
import { readStamp, sha256, writeStamp } from "./stamp";

const requirements = path.join(root, "requirements.txt");
const pip = path.join(root, "scripts", "setup", "pip.txt");
const stampFile = path.join(venv, "set-up.json");

/** Wheels only: nothing is compiled on the reader's machine. Not all of them exist for Intel's Macs. */
export const wheels =
  process.platform === "darwin" && process.arch === "x64" ? "--prefer-binary" : "--only-binary=:all:";

const download = "about 65 MB";
const installedBytes = 400e6;

interface Stamp {
  /** Hash of the requirements and of the place: a venv's scripts hold its path, so a moved one is made again. */
  key: string;
  python: string;
}

function key(): string {
  return sha256(fs.readFileSync(requirements), fs.readFileSync(pip), root);
}

/** Whether .venv is complete and is what requirements.txt says. */
export function venvReady(): boolean {
  const stamp = readStamp<Stamp>(stampFile);
  if (stamp?.key !== key()) return false;
  try {
    return fs.realpathSync(venvProgram("python")) === stamp.python;
  } catch {
    return false; // the Python it was made from is gone
  }
}

/** Makes .venv from nothing. The stamp is written last; without it the folder is thrown away. pip keeps what it downloaded. */
export async function makeVenv(): Promise<void> {
  const python = findPython();
  requireSpace(root, installedBytes, "Making the Python environment");
  const packages = fs.readFileSync(requirements, "utf8").match(/^\S+==/gm)?.length ?? 0;
  const progress = step(
    `Making .venv with Python ${python.version}: JupyterLab, nbconvert, … (${packages} packages, ${download}) …`,
  );
  fs.rmSync(venv, { recursive: true, force: true });
  const run = async (name: string, program: string, args: string[], onLine?: (line: string) => void) => {
    const log = path.join(cache, "logs", `${name}.log`);
    const { code, output } = await runTool(program, args, { cwd: root, env: pipEnvironment(), log, onLine });
    if (code !== 0) throw toolFailure("Making the Python environment", output, log);
  };
  await run("venv", python.executable, ["-m", "venv", venv]);
  const pipInstall = ["-m", "pip", "install", "--require-hashes", wheels];
  await run("pip", venvProgram("python"), [...pipInstall, "-r", pip]);
  let [collected, ignored] = [0, 0];
  const show = (line: string) => {
    if (line.startsWith("Ignoring ")) ignored += 1; // meant for another Python or another system
    const name = /^(?:Collecting|Processing) (?:\S*\/)?([\w.-]+?)(?:==|-\d)/.exec(line)?.[1];
    const total = packages - ignored;
    if (name) {
      collected += 1;
      progress.update((0.75 * collected) / total, `${collected} of ${total}: ${name}`);
    } else if (line.startsWith("Installing collected")) {
      progress.update(0.76, "unpacking …");
    }
  };
  const install = [...pipInstall, "--progress-bar=raw", "-r", requirements];
  await run("requirements", venvProgram("python"), install, show);
  writeStamp(stampFile, { key: key(), python: fs.realpathSync(venvProgram("python")) } satisfies Stamp);
  progress.done(`.venv with ${collected} packages`);
}

/** The user's own settings of Python, which would mix other packages into the environment, left out. */
export function pipEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONPATH, PYTHONHOME, PIP_TARGET, PIP_PREFIX, PIP_USER, PIP_REQUIRE_VIRTUALENV, ...rest } =
    process.env;
  return { ...rest, PIP_DISABLE_PIP_VERSION_CHECK: "1", PYTHONUNBUFFERED: "1", PIP_NO_INPUT: "1" };
}
