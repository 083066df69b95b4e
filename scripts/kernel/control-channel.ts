/** Puts the control thread in the place of tslab's control socket. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { CLOSE, type ControlData } from "./control-protocol";
import { interruptCount } from "./interrupt";
import { jupyterModule, type Server } from "./tslab";

type Frames = (Uint8Array | string)[];

export class ControlChannel {
  private readonly received: Buffer[][] = [];
  private wake: () => void = () => {};
  private worker: Worker | undefined;

  constructor(private readonly workerCode: string) {}

  /** Called by tslab's server, which binds all its sockets when it starts. */
  listen(address: string, key: string): void {
    const workerData: ControlData = { address, key, interruptCount };
    this.worker = new Worker(this.workerCode, { eval: true, workerData, execArgv: [] });
    this.worker.on("message", (frames: Uint8Array[]) => {
      this.received.push(frames.map((frame) => Buffer.from(frame)));
      this.wake();
    });
  }

  send(frames: Frames): void {
    this.worker?.postMessage(frames.map((frame) => Buffer.from(frame as string)));
  }

  /** ZeroMQ aborts a process that ends while a thread has a socket open. */
  async close(): Promise<void> {
    const closed = once(this.worker as Worker, "exit");
    this.worker?.postMessage(CLOSE);
    await closed;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer[]> {
    for (;;) {
      for (let frames = this.received.shift(); frames; frames = this.received.shift()) {
        yield frames;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** tslab's server makes a socket and assigns it to `control`. */
export function replaceControlSocket(channel: ControlChannel): void {
  Object.defineProperty(jupyterModule.ZmqServer.prototype, "control", {
    get: () => channel,
    set: (socket: Server["iopub"]) => socket.close(),
  });
}
