/** One execute request from input to reply. */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { type Failure, failureOf } from "./errors";
import { runCell } from "./executor";
import { openOutput } from "./output";
import { takeExits } from "./process-guards";
import { sendReply } from "./requests";
import { resultBundle } from "./result";
import type { ShellQueue } from "./shell-queue";
import { takeStrayErrors } from "./stray-errors";
import type { Message, Server, Socket } from "./tslab";

const EXECUTION_COUNT = Symbol.for("backpropagation.executionCount");

interface ExecuteRequest {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  stop_on_error?: boolean;
}

export async function execute(
  server: Server,
  socket: Socket,
  message: Message,
  queue: ShellQueue,
): Promise<void> {
  const { code, silent, store_history, stop_on_error } = message.content as unknown as ExecuteRequest;
  const count = silent || store_history === false ? server.handler.execCount : ++server.handler.execCount;
  (globalThis as Record<symbol, unknown>)[EXECUTION_COUNT] = count;
  const output = openOutput(server, message, silent === true);
  output.publish("execute_input", { code, execution_count: count });

  const outcome = await runCell(server.handler.executor, code, `cell [${count}]`);
  const strays = await takeStrayErrors();
  const failures = distinct([outcome.failure, ...takeExits().map(failureOf), ...strays]);
  output.flush();
  if (failures.length === 0) {
    if (outcome.value !== undefined) {
      output.publish("execute_result", { execution_count: count, ...resultBundle(outcome.value) });
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
export function abort(server: Server, socket: Socket, message: Message): void {
  sendReply(server, socket, message, { status: "aborted" });
}
