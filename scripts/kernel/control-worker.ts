/**
 * The control channel, on a thread of its own: an interrupt or a shutdown is heard while a cell keeps the main thread
 * busy. Everything else is handed on to the main thread, and its replies are sent.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { Router } from "zeromq";
import { CLOSE, type ControlData } from "./control-protocol";

const PATIENCE_MS = 1000;
const ORPHAN_CHECK_MS = 2000;
const { address, key, interruptCount } = workerData as ControlData;

async function listen(): Promise<void> {
  const control = new Router({ linger: 0 });
  parentPort?.on("message", (frames: Uint8Array[] | typeof CLOSE) => {
    if (frames === CLOSE) {
      control.close();
      process.exit(); // of this thread
    }
    void control.send(frames);
  });
  await control.bind(address);
  for await (const frames of control) {
    const type = typeOf(frames);
    if (type === "interrupt_request") {
      Atomics.add(interruptCount, 0, 1);
    } else if (type === "shutdown_request") {
      // The main thread answers and exits by itself, unless a cell never lets it.
      setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS);
    }
    parentPort?.postMessage(frames);
    if (type === "interrupt_request") {
      process.kill(process.pid, "SIGINT");
    }
  }
}

/** The type of a correctly signed message. */
function typeOf(frames: Buffer[]): string | undefined {
  const start = frames.findIndex((frame) => frame.equals(Buffer.from("<IDS|MSG>")));
  const [signature, ...parts] = frames.slice(start + 1);
  const expected = Buffer.from(createHmac("sha256", key).update(Buffer.concat(parts)).digest("hex"));
  if (start < 0 || signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
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
void listen();
