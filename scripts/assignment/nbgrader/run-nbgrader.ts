import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { BadInput } from "../../run/bad-input";
import { shown } from "../../run/paths";
import { venvProgram } from "../../setup/paths";

/** What grade.py reads. */
export interface Job {
  readonly course: string;
  readonly assignment: string;
  /** Folders, relative to the course. */
  readonly submitted: string;
  readonly feedback: string;
  readonly marks: string;
}

/** The code with which grade.py says that the gradebook does not know the assignment. */
const unknownAssignment = 3;

/** How nbgrader's work ended. */
export interface Outcome {
  readonly isUnknown: boolean;
  /** What nbgrader wrote about failures. */
  readonly complaints: string;
}

/** The Python that has nbgrader: NBGRADER_PYTHON, or the project's own environment. */
export const nbgraderPython = (): string => process.env.NBGRADER_PYTHON ?? venvProgram("python");

/** nbgrader starts programs of its environment; the reader's own Jupyter settings must not change marks and pages. */
export const nbgraderEnvironment = (python: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${path.dirname(python)}${path.delimiter}${process.env.PATH ?? ""}`,
  JUPYTER_NO_CONFIG: "1",
  PYTHONDONTWRITEBYTECODE: "1",
});

/**
 * Has nbgrader take marks into the gradebook and write feedback pages, for the whole class in one process.
 * @param onDone told after each notebook how many are done; each is done twice, for the gradebook and for the page
 */
export async function runNbgrader(job: Job, onDone: (done: number) => void): Promise<Outcome> {
  const python = nbgraderPython();
  if (!existsSync(python)) throw new BadInput(`${shown(python)} is missing, so nbgrader cannot run.`);
  const child = spawn(python, [path.join(__dirname, "grade.py")], {
    env: nbgraderEnvironment(python),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let done = 0;
  createInterface({ input: child.stdout }).on("line", () => onDone(++done));
  const complaints: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  child.stdin.on("error", () => {}); // a Python that died early is told by its exit code
  child.stdin.end(JSON.stringify(job));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const words = Buffer.concat(complaints).toString("utf8").trim();
  if (code !== 0 && code !== unknownAssignment)
    throw new Error(`nbgrader stopped with code ${code}:\n${words}`);
  return { isUnknown: code === unknownAssignment, complaints: words };
}
