import type { EventEmitter } from "node:events";
import { CELL, COUNT, HEARD, SIGNAL_FOR } from "./socket-protocol";

/**
 * Stopping a cell. Code that has not yet awaited is stopped by Node's `breakOnSigint`, a pending await by tslab; for a
 * loop that runs after an await neither helps, because no JavaScript of ours runs while it does. So loops compiled for
 * a notebook ask, once a turn, whether an interrupt has been counted since they began (see loop-checks.ts). The count
 * lies in shared memory, where the socket thread raises it while this thread is busy.
 */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
}

/** What checked loops call: without an argument, the count; with an earlier count, an error if it has changed. */
export const LOOP_CHECK = "__interrupts__";

export const interrupts = new Int32Array(new SharedArrayBuffer(16));

export function installInterrupts(): void {
  Object.defineProperty(globalThis, LOOP_CHECK, {
    value: (since?: number) => {
      const now = interrupts[COUNT];
      if (since !== undefined && now !== since) {
        throw new KeyboardInterrupt("the cell was interrupted");
      }
      return now;
    },
  });
}

/** An interrupt must not reach the cell after the one that it was meant for, hence the numbers. */
export function beginCell(cell: number): void {
  Atomics.store(interrupts, SIGNAL_FOR, 0);
  Atomics.store(interrupts, CELL, cell);
}

export function endCell(): void {
  Atomics.store(interrupts, CELL, 0);
}

/** Replaces tslab's listener. Call after tslab has started; `stop` rejects what the cell awaits. */
export function listenForInterrupts(thread: EventEmitter, stop: () => void): void {
  thread.on("interrupted", ({ count, cell }: { count: number; cell: number }) => {
    Atomics.store(interrupts, HEARD, count);
    if (cell === interrupts[CELL]) {
      stop();
    }
  });
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", () => {
    const sentFor = Atomics.load(interrupts, SIGNAL_FOR);
    if (sentFor === 0) {
      Atomics.add(interrupts, COUNT, 1); // sent by somebody else, a terminal for instance
      Atomics.add(interrupts, HEARD, 1);
    }
    if (sentFor === 0 || sentFor === interrupts[CELL]) {
      stop();
    }
  });
}

/** The errors with which Node, tslab and the checked loops report the same thing. */
export function isInterrupt(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error instanceof KeyboardInterrupt ||
      (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" ||
      error.message === "Interrupted asynchronously")
  );
}
