/** What the main thread and the socket thread say to each other. */
export type SocketName = "control" | "iopub";

/** Places in the array that both threads share. */
export const COUNT = 0; // interrupts so far
export const HEARD = 1; // of these, the ones that the main thread knows of: if not all, it is busy
export const CELL = 2; // the number of the cell that runs, 0 between cells
export const SIGNAL_FOR = 3; // the cell for which the socket thread has sent a SIGINT

export interface ThreadData {
  interrupts: Int32Array;
}

export type ToThread =
  | { kind: "bind"; socket: SocketName; address: string; key: string }
  | { kind: "send"; socket: SocketName; frames: Uint8Array[] }
  | { kind: "close" };

export type FromThread =
  | { kind: "bound"; socket: SocketName }
  | { kind: "received"; frames: Uint8Array[] }
  | { kind: "interrupted"; count: number; cell: number };
