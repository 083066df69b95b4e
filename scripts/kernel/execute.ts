/** One execute request from input to reply. */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { type Failure, failureOf } from "./errors";
import { type Outcome, runCell } from "./executor";
import { beginCell, endCell } from "./interrupt";
import type { Sender } from "./ordered-send";
import { cellHasEnded, openOutput } from "./output";
import { takeExits } from "./process-guards";
import { sendReply } from "./requests";
import { type Bundle, resultBundle } from "./result";
import type { ShellQueue } from "./shell-queue";
import { takeStrayErrors } from "./stray-errors";
import type { Message, Server } from "./tslab";

/** Where lib/notebook reads which cell it is called from. */
const CELL_NUMBER = Symbol.for("backpropagation.executionCount");
let cellsRun = 0;

interface ExecuteRequest {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  stop_on_error?: boolean;
}

export async function execute(
  server: Server,
  socket: Sender,
  message: Message,
  queue: ShellQueue,
): Promise<void> {
  const { code, silent, store_history, stop_on_error } = message.content as unknown as ExecuteRequest;
  // nbval keeps no history, so that its count stands still; cells are numbered all the same.
  const cell = silent ? cellsRun : ++cellsRun;
  const count = silent || store_history === false ? server.handler.execCount : ++server.handler.execCount;
  (globalThis as Record<symbol, unknown>)[CELL_NUMBER] = cell;
  const output = openOutput(server, message, silent === true);
  output.publish("execute_input", { code, execution_count: count });

  beginCell(cell);
  const outcome = await runCell(code, `cell [${cell}]`);
  const result = bundleOf(outcome);
  const strays = await takeStrayErrors();
  const failures = distinct([result.failure, ...takeExits().map(failureOf), ...strays]);
  endCell();
  cellHasEnded();
  if (failures.length === 0) {
    if (result.bundle) {
      output.publish("execute_result", { execution_count: count, ...result.bundle });
    }
    sendReply(server, socket, message, {
      status: "ok",
      execution_count: count,
      payload: [],
      user_expressions: {},
    });
    return;
  }
  const failure = { ...failures[0], traceback: failures.flatMap(({ traceback }) => traceback) };
  output.publish("error", failure);
  if (stop_on_error !== false) {
    // What the front end sent together with this cell may still be in the socket: read it before it is aborted.
    await sleep(5);
    await nextTurn();
    queue.abortWaiting();
  }
  sendReply(server, socket, message, {
    status: "error",
    execution_count: count,
    ...failure,
    payload: [],
    user_expressions: {},
  });
}

/** Showing a value runs code of the value's own, which may throw. */
function bundleOf({ value, failure }: Outcome): { bundle?: Bundle; failure?: Failure } {
  if (failure || value === undefined) {
    return { failure };
  }
  try {
    return { bundle: resultBundle(value) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function distinct(failures: (Failure | undefined)[]): Failure[] {
  const byText = new Map<string, Failure>();
  for (const failure of failures) {
    if (failure && !byText.has(failure.traceback.join())) {
      byText.set(failure.traceback.join(), failure);
    }
  }
  return [...byText.values()];
}

/** Without an execution count: JupyterLab then shows [ ], and with one the wrong number. */
export function abort(server: Server, socket: Sender, message: Message): void {
  sendReply(server, socket, message, { status: "aborted" });
}
