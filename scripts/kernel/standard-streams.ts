/**
 * Streams of ours in the place of process.stdout and process.stderr, from the moment that this module is loaded: it is
 * imported before anything that might open Node's own. Those make their file descriptors non-blocking, also for the
 * program that started the kernel and shares them, whose own output would then be cut short.
 */
import fs from "node:fs";
import { Writable } from "node:stream";

export type StreamName = "stdout" | "stderr";

let toCell: (name: StreamName, text: string) => boolean = () => false;

/** `write` answers false when no cell has run yet: the text then goes to the terminal. */
export function sendToCell(write: (name: StreamName, text: string) => boolean): void {
  toCell = write;
}

export function terminal(text: string, fd = 2): void {
  try {
    fs.writeSync(fd, text);
  } catch {
    // Nobody listens: a kernel does not end over that.
  }
}

function replace(name: StreamName, fd: number): void {
  const decoder = new TextDecoder();
  const stream = new Writable();
  stream.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (!toCell(name, text)) {
      terminal(text, fd);
    }
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") {
      process.nextTick(callback as () => void);
    }
    return true;
  };
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    value: Object.assign(stream, { fd }),
  });
}

replace("stdout", 1);
replace("stderr", 2);
