/**
 * Errors that reach no `await`: a floating promise that rejects, a timer's callback that throws. They fail the cell
 * that runs when they surface, or, if none runs, the next one: a notebook with a lost error must not pass.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Failure, failureOf } from "./errors";
import { isInterrupt } from "./interrupt";

const strays: Failure[] = [];

/** Replaces tslab's listeners, which print. Call after tslab has started; `heard` is told of each error at once. */
export function catchStrayErrors(heard: (failure: Failure) => void): void {
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.removeAllListeners(event);
    process.on(event, (error: unknown) => {
      if (isInterrupt(error)) {
        return; // a loop that went on in the background after its cell was interrupted
      }
      const failure = failureOf(error);
      strays.push(failure);
      heard(failure);
    });
  }
}

/** Rejections surface one turn of the event loop later, timers without delay after a millisecond. */
export async function takeStrayErrors(): Promise<Failure[]> {
  await sleep(3);
  return strays.splice(0);
}
