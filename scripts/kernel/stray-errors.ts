/**
 * Errors that reach no `await`: a floating promise that rejects, a timer's callback that throws. They fail the cell
 * that runs when they surface, or, if none runs, the next one: a notebook with a lost error must not pass.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Failure, failureOf } from "./errors";
import { isInterrupt } from "./interrupt";

const strays: Failure[] = [];
let report: (failure: Failure) => void = () => {};

/** Replaces tslab's listeners, which print. Call after tslab has started. */
export function catchStrayErrors(): void {
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.removeAllListeners(event);
    process.on(event, (error: unknown) => {
      if (isInterrupt(error)) {
        return; // a loop that went on in the background after its cell was interrupted
      }
      const failure = failureOf(error);
      strays.push(failure);
      report(failure);
    });
  }
}

/** `listener` hears of a stray error at once, so that a front end can show it while no cell runs. */
export function onStrayError(listener: (failure: Failure) => void): void {
  report = listener;
}

export function addStrayError(failure: Failure): void {
  strays.push(failure);
}

/** Rejections surface one turn of the event loop later, zero-delay timers after a millisecond. */
export async function takeStrayErrors(): Promise<Failure[]> {
  await sleep(3);
  return strays.splice(0);
}
