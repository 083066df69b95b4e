/** Where output goes: to the running cell, or, between cells, to the last one (as Python's kernel does). */
import type { Failure } from "./errors";
import { sendToCell } from "./standard-streams";
import { Streams } from "./streams";
import { type DisplayData, jupyterModule, type Message, type Server } from "./tslab";

export class Output {
  private readonly streams = new Streams((name, text) => this.send("stream", { name, text }));

  constructor(
    private readonly server: Server,
    private readonly message: Message,
    private readonly silent: boolean,
  ) {}

  write(name: "stdout" | "stderr", text: string): void {
    this.streams.write(name, text);
  }

  display(data: DisplayData, update: boolean): void {
    this.publish(update ? "update_display_data" : "display_data", { metadata: {}, transient: {}, ...data });
  }

  publish(type: string, content: object): void {
    this.streams.flush(); // outputs keep the order in which the cell made them
    this.send(type, content);
  }

  flush(): void {
    this.streams.flush();
  }

  private send(type: string, content: object): void {
    if (this.silent) {
      return;
    }
    const message = this.message.createReply();
    message.header.msg_type = type;
    message.content = content as Record<string, unknown>;
    message.signAndSend(this.server.connInfo.key, this.server.iopub);
  }
}

let current: Output | undefined;
let cellRuns = false;

export function openOutput(server: Server, message: Message, silent: boolean): Output {
  current?.flush();
  const output = new Output(server, message, silent);
  current = output;
  cellRuns = true;
  jupyterModule.lastWriteDisplayData = (data, update) => output.display(data, update);
  return output;
}

export function cellHasEnded(): void {
  current?.flush();
  cellRuns = false;
}

/**
 * A front end sees an error that surfaces between cells under the last one; the next one fails with it. False if no
 * cell has run yet, so that the error is the kernel's own.
 */
export function showBetweenCells(failure: Failure): boolean {
  if (current && !cellRuns) {
    failure.traceback.unshift("Surfaced after its cell had ended:");
    current.publish("error", failure);
  }
  return current !== undefined;
}

export function sendStreamsToCells(): void {
  sendToCell((name, text) => {
    current?.write(name, text);
    return current !== undefined;
  });
}
