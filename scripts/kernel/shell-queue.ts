/** Runs execute requests one after another; those that wait when a cell fails are answered with "aborted". */
interface Entry {
  aborted: boolean;
  run(aborted: boolean): Promise<void>;
}

export class ShellQueue {
  private readonly waiting: Entry[] = [];
  private running = false;

  add(run: (aborted: boolean) => Promise<void>): void {
    this.waiting.push({ aborted: false, run });
    if (!this.running) {
      void this.drain();
    }
  }

  /** Marks what waits now; what is added later runs. */
  abortWaiting(): void {
    for (const entry of this.waiting) {
      entry.aborted = true;
    }
  }

  private async drain(): Promise<void> {
    this.running = true;
    for (let entry = this.waiting.shift(); entry; entry = this.waiting.shift()) {
      await entry.run(entry.aborted);
    }
    this.running = false;
  }
}
