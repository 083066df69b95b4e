/** Keeps a cell from ending, or littering, the process that it shares with the kernel. */
import util from "node:util";
import { terminal } from "./standard-streams";

export const exitProcess = process.exit.bind(process);

export class ProcessExit extends Error {
  override name = "ProcessExit";
}

let exitsCalled: ProcessExit[] = [];

export function guardProcess(): void {
  // tfjs-node calls it; Node 23 removed it, and Node 22 warns about it on stderr, in the middle of a cell's output.
  (util as unknown as Record<string, unknown>).isNullOrUndefined = (value: unknown) => value == null;
  process.exit = (code?: number | string | null) => {
    const error = new ProcessExit(`process.exit(${code ?? ""}) was called in a cell; the kernel goes on`);
    exitsCalled.push(error);
    throw error;
  };
  sendWarningsToTerminal();
}

/** A call of process.exit counts even where a `catch` in the cell has swallowed it. */
export function takeExits(): ProcessExit[] {
  const taken = exitsCalled;
  exitsCalled = [];
  return taken;
}

/** Node's own warnings differ by version: in the terminal they inform, in a committed output they move digits. */
function sendWarningsToTerminal(): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => terminal(`${warning.name}: ${warning.message}\n`));
}
