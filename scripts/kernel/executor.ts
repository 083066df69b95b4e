/** Runs one cell on tslab's executor and says how it ended, where tslab would print. */
import vm from "node:vm";
import { compileFailure, isDiagnostic } from "./diagnostics";
import { type Failure, failureOf, keyboardInterrupt } from "./errors";
import { isInterrupt } from "./interrupt";
import { nameLastCell } from "./source-maps";
import { type Executor, executorModule } from "./tslab";

export type Outcome = { value?: unknown; failure?: Failure };

let executor: Executor | undefined;
let lastValue: unknown;
let thrown: { value: unknown } | undefined;
let diagnostics: unknown[][] = [];
let cellName = "cell";

export function wrapExecutor(): void {
  const create = executorModule.createExecutor;
  executorModule.createExecutor = (root, converters) => {
    executor = create(root, converters, {
      log: (value) => {
        lastValue = value; // tslab logs one thing: the value of the last expression
      },
      error: (...printed) => {
        if (isDiagnostic(printed)) {
          diagnostics.push(printed);
        } else {
          thrown = { value: printed[0] };
        }
      },
    });
    return executor;
  };
  nameCells();
}

export const interruptCell = (): void => executor?.interrupt();

export async function runCell(code: string, name: string): Promise<Outcome> {
  lastValue = undefined;
  thrown = undefined;
  diagnostics = [];
  cellName = name;
  try {
    await executor?.execute(code);
  } catch (error) {
    thrown = { value: error };
  }
  if (diagnostics.length > 0) {
    return { failure: compileFailure(diagnostics, code) };
  }
  if (thrown) {
    return { failure: isInterrupt(thrown.value) ? keyboardInterrupt() : failureOf(thrown.value) };
  }
  return { value: lastValue };
}

/** Gives a cell's code a file name, so that a stack says "cell [3]:2:7" instead of "evalmachine.<anonymous>:4:7". */
function nameCells(): void {
  const run = vm.runInThisContext;
  vm.runInThisContext = (code, options) => {
    const isCell = code.endsWith("(__tslab__.exports, __tslab__.require)");
    if (!isCell) {
      return run(code, options);
    }
    nameLastCell(cellName, code);
    return run(code, { ...(options as vm.RunningScriptOptions), filename: cellName });
  };
}
