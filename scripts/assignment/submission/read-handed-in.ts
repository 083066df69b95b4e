import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { systemPath } from "../sandbox/bubblewrap";
import { type HandedInCell, readableSize, readNotebook } from "./read-notebook";

/** A notebook of up to this many bytes is read in this process. */
const readHere = 2 * 2 ** 20;

/** More than a notebook of the largest size needs, if it is one: an output of 256 MiB takes 1 GiB and two seconds. */
const heapMebibytes = 1536;
const cpuSeconds = 30;
const answerBytes = 64 * 2 ** 20;

/** prlimit(1) is there wherever a sandbox can be begun. */
const limit =
  process.platform === "linux" ? ["prlimit", `--cpu=${cpuSeconds}:${cpuSeconds + 1}`, "--core=0"] : [];

const run = promisify(execFile);

/** The end of the last large notebook that is being read: one at a time, for their memory. */
let reading: Promise<unknown> = Promise.resolve();

/**
 * The code cells of a notebook that was handed in, as `readNotebook` gives them. A large one is read in a process of
 * its own, so that whatever it holds does not use up the memory here.
 * @param reader the script of that process
 * @throws with a sentence for the student where the file cannot be read
 */
export async function readHandedIn(file: string, reader: string): Promise<readonly HandedInCell[]> {
  const size = readableSize(file);
  if (size <= readHere) return readNotebook(file);
  const cells = reading.then(() => readApart(file, size, reader));
  reading = cells.catch(() => {});
  return cells;
}

async function readApart(file: string, size: number, reader: string): Promise<readonly HandedInCell[]> {
  const options = { encoding: "utf8", maxBuffer: answerBytes, env: { PATH: systemPath } } as const;
  let text: string;
  try {
    const [command, ...args] = [
      ...limit,
      process.execPath,
      `--max-old-space-size=${heapMebibytes}`,
      reader,
      file,
    ];
    text = (await run(command, args, options)).stdout;
  } catch {
    throw new Error(
      `the notebook has ${Math.round(size / 2 ** 20)} MiB and cannot be read: clear its outputs and hand it in again`,
    );
  }
  const { cells, problem } = JSON.parse(text) as { cells?: HandedInCell[]; problem?: string };
  if (cells === undefined) throw new Error(problem);
  return cells;
}
