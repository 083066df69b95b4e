/** What cells write to stdout and stderr, gathered so that many `console.log` calls make one stream output. */
import type { StreamName } from "./standard-streams";

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
