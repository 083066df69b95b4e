// nbgrader, which only the assignments' commands need: into .venv when one of them runs for the first time.
import fs from "node:fs";
import path from "node:path";
import { Failure, toolFailure } from "../bootstrap/failure.mjs";
import { step } from "../bootstrap/progress.mjs";
import { runTool } from "../bootstrap/tool.mjs";
import { cache, root, venv, venvProgram } from "./paths";
import { readStamp, sha256, writeStamp } from "./stamp";
import { pipEnvironment, wheels } from "./venv";

const requirements = path.join(root, "requirements-assignments.txt");
/** In .venv: where that is made anew, this is too. */
const stampFile = path.join(venv, "assignments.json");
const download = "about 23 MB";

const key = (): string => sha256(fs.readFileSync(requirements));

/** Whether .venv has what requirements-assignments.txt says. */
export const nbgraderReady = (): boolean => readStamp<{ key: string }>(stampFile)?.key === key();

/**
 * Why .venv cannot have nbgrader: the oldest Python that the project runs with is too old for it.
 * @param cfg where the environment says its version
 */
export function nbgraderProblem(cfg = path.join(venv, "pyvenv.cfg")): string | undefined {
  const minor = /^version\s*=\s*3\.(\d+)/m.exec(fs.existsSync(cfg) ? fs.readFileSync(cfg, "utf8") : "")?.[1];
  return Number(minor) < 11 ? `nbgrader needs Python 3.11 or newer, and .venv has 3.${minor}.` : undefined;
}

/** Adds nbgrader to .venv. */
export async function installNbgrader(): Promise<void> {
  const problem = nbgraderProblem();
  if (problem)
    throw new Failure(
      problem,
      "Make it anew with a newer one: rm -rf .venv, then PYTHON=/path/to/python3.11 npm run set-up.",
    );
  const progress = step(`Adding nbgrader to .venv (${download}) …`);
  const log = path.join(cache, "logs", "nbgrader.log");
  const pip = ["-m", "pip", "install", "--require-hashes", wheels, "-r", requirements];
  const { code, output } = await runTool(venvProgram("python"), pip, {
    cwd: root,
    env: pipEnvironment(),
    log,
  });
  if (code !== 0) throw toolFailure("Adding nbgrader to .venv", output, log);
  writeStamp(stampFile, { key: key() });
  progress.done("nbgrader");
}
