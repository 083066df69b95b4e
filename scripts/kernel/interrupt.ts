/**
 * Stopping a cell. Code that has not yet awaited is stopped by Node's `breakOnSigint`, a pending await by tslab; for a
 * loop that runs after an await neither helps, because no JavaScript of ours runs while it does. So loops compiled for
 * a notebook ask, once a turn, whether an interrupt has been counted since they began (see loop-checks.ts). The count
 * lies in shared memory, where the control thread raises it while this thread is busy.
 */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
}

/** What checked loops call: without an argument, the count; with an earlier count, an error if it has changed. */
export const LOOP_CHECK = "__interrupts__";

export const interruptCount = new Int32Array(new SharedArrayBuffer(4));

export function installInterrupts(): void {
  Object.defineProperty(globalThis, LOOP_CHECK, {
    value: (since?: number) => {
      const now = interruptCount[0];
      if (since !== undefined && now !== since) {
        throw new KeyboardInterrupt("the cell was interrupted");
      }
      return now;
    },
  });
  process.on("SIGINT", () => Atomics.add(interruptCount, 0, 1));
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
