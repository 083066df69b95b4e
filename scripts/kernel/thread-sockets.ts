/** Puts the socket thread (see socket-thread.ts) in the place of two of the sockets that tslab's server makes. */
import { EventEmitter, once } from "node:events";
import { Worker } from "node:worker_threads";
import { interrupts } from "./interrupt";
import type { FromThread, SocketName, ThreadData, ToThread } from "./socket-protocol";
import { jupyterModule } from "./tslab";

class SocketThread extends EventEmitter {
  private readonly worker: Worker;

  constructor(code: string) {
    super();
    const workerData: ThreadData = { interrupts };
    this.worker = new Worker(code, { eval: true, workerData, execArgv: [] });
    this.worker.on("message", (message: FromThread) =>
      this.emit(message.kind === "bound" ? `bound ${message.socket}` : message.kind, message),
    );
  }

  tell(order: ToThread): void {
    this.worker.postMessage(order);
  }

  /** ZeroMQ aborts a process that ends while a thread has a socket open. */
  async close(): Promise<void> {
    const ended = once(this.worker, "exit");
    this.tell({ kind: "close" });
    await ended;
  }
}

/** Looks to tslab's server like the ZeroMQ socket that it stands for. */
export class ThreadSocket {
  private readonly received: Buffer[][] = [];
  private wake: () => void = () => {};
  readonly bound: Promise<unknown>;

  constructor(
    private readonly thread: SocketThread,
    private readonly name: SocketName,
  ) {
    this.bound = once(thread, `bound ${name}`);
    if (name === "control") {
      thread.on("received", ({ frames }: { frames: Uint8Array[] }) => {
        this.received.push(frames.map((frame) => Buffer.from(frame)));
        this.wake();
      });
    }
  }

  async bind(address: string, key: string): Promise<void> {
    this.thread.tell({ kind: "bind", socket: this.name, address, key });
    await this.bound;
  }

  send(frames: (Buffer | string)[]): void {
    const copies = frames.map((frame) => Uint8Array.from(Buffer.from(frame as string)));
    this.thread.tell({ kind: "send", socket: this.name, frames: copies });
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

export interface ThreadSockets {
  control: ThreadSocket;
  iopub: ThreadSocket;
  thread: EventEmitter;
  close(): Promise<void>;
}

export function startSocketThread(code: string): ThreadSockets {
  const thread = new SocketThread(code);
  return {
    control: new ThreadSocket(thread, "control"),
    iopub: new ThreadSocket(thread, "iopub"),
    thread,
    close: () => thread.close(),
  };
}

/** tslab's server makes a socket and assigns it to its property: there, ours takes its place. */
export function replaceSockets(sockets: ThreadSockets): void {
  for (const name of ["control", "iopub"] as const) {
    Object.defineProperty(jupyterModule.ZmqServer.prototype, name, {
      get: () => sockets[name],
      set: (made: { close(): void }) => made.close(),
    });
  }
}
