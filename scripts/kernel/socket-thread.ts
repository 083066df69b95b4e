/**
 * The thread that owns two of Jupyter's channels, so that they work while a cell keeps the main thread busy: on the
 * control channel an interrupt or a shutdown is heard, and through iopub a cell's outputs leave while it runs.
 * (From the main thread, ZeroMQ sends some 500 messages between two turns of the event loop and refuses the next.)
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { Publisher, Router } from "zeromq";
import {
  CELL,
  COUNT,
  type FromThread,
  HEARD,
  SIGNAL_FOR,
  type ThreadData,
  type ToThread,
} from "./socket-protocol";

const SIGNAL_AFTER_MS = 50;
const PATIENCE_MS = 1000;
const ORPHAN_CHECK_MS = 2000;
const { interrupts } = workerData as ThreadData;
const control = new Router({ linger: 0 });
const iopub = new Publisher({ linger: 0, sendHighWaterMark: 0 }); // no limit: beyond one, ZeroMQ drops outputs
const waiting: { socket: typeof control | typeof iopub; frames: Uint8Array[] }[] = [];
let sending = false;

const tell = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on("message", async (order: ToThread) => {
  if (order.kind === "send") {
    waiting.push({ socket: order.socket === "control" ? control : iopub, frames: order.frames });
    void sendWaiting();
  } else if (order.kind === "bind") {
    await (order.socket === "control" ? control : iopub).bind(order.address);
    tell({ kind: "bound", socket: order.socket });
    if (order.socket === "control") {
      await receive(order.key);
    }
  } else {
    control.close();
    iopub.close();
    process.exit(); // of this thread
  }
});

/** One after the other: ZeroMQ refuses a send while another is under way. */
async function sendWaiting(): Promise<void> {
  if (sending) {
    return;
  }
  sending = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    await next.socket.send(next.frames);
  }
  sending = false;
}

async function receive(key: string): Promise<void> {
  for await (const frames of control) {
    const type = typeOf(frames, key);
    if (type === "interrupt_request") {
      interrupt();
    } else if (type === "shutdown_request") {
      // The main thread answers and ends the process, unless a cell never lets it.
      setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS);
    }
    tell({ kind: "received", frames });
  }
}

/** Checked loops see the count at once; a pending await hears the message; what blocks this long gets a signal. */
function interrupt(): void {
  const count = Atomics.add(interrupts, COUNT, 1) + 1;
  const cell = Atomics.load(interrupts, CELL);
  tell({ kind: "interrupted", count, cell });
  setTimeout(() => {
    if (Atomics.load(interrupts, HEARD) < count && Atomics.load(interrupts, CELL) === cell) {
      Atomics.store(interrupts, SIGNAL_FOR, cell);
      process.kill(process.pid, "SIGINT");
    }
  }, SIGNAL_AFTER_MS);
}

/** The type of a correctly signed message. */
function typeOf(frames: Buffer[], key: string): string | undefined {
  const start = frames.findIndex((frame) => frame.equals(Buffer.from("<IDS|MSG>")));
  const [signature, ...parts] = frames.slice(start + 1);
  const expected = Buffer.from(createHmac("sha256", key).update(Buffer.concat(parts)).digest("hex"));
  if (start < 0 || signature?.length !== expected.length || !timingSafeEqual(signature, expected)) {
    return undefined;
  }
  return JSON.parse(parts[0].toString()).msg_type;
}

/** When Jupyter is killed, nobody asks its kernels to stop. */
function endWithParent(): void {
  const parent = process.ppid;
  if (process.env.JPY_PARENT_PID) {
    setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGKILL"), ORPHAN_CHECK_MS);
  }
}

endWithParent();
