/** What cells write to stdout and stderr, gathered so that many `console.log` calls make one stream output. */
export type StreamName = "stdout" | "stderr";

const FLUSH_AFTER_MS = 100;

export class Streams {
  private name: StreamName = "stdout";
  private text = "";
  private firstWrite = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly send: (name: StreamName, text: string) => void) {}

  write(name: StreamName, text: string): void {
    if (name !== this.name) {
      this.flush();
      this.name = name;
    }
    if (this.text === "") {
      this.firstWrite = performance.now();
      this.timer = setTimeout(() => this.flush(), FLUSH_AFTER_MS);
    }
    this.text += text;
    // A synchronous loop lets no timer run, yet its lines should be seen while it runs.
    if (performance.now() - this.firstWrite > FLUSH_AFTER_MS) {
      this.flush();
    }
  }

  flush(): void {
    clearTimeout(this.timer);
    if (this.text !== "") {
      const text = this.text;
      this.text = "";
      this.send(this.name, text);
    }
  }
}

type Writer = typeof process.stdout.write;

/** Replaces `process[name].write`; `write` answers false when no cell has run yet, and the text goes to the terminal. */
export function redirect(name: StreamName, write: (text: string) => boolean): void {
  const terminal = process[name].write.bind(process[name]);
  const decoder = new TextDecoder();
  process[name].write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (!write(text)) {
      return terminal(text);
    }
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") {
      process.nextTick(callback as () => void);
    }
    return true;
  }) as Writer;
}
