/** At most `free` tasks at a time; of those that wait, the one with the highest priority is next. */
export class Slots {
  private waiting: { priority: number; begin: () => void }[] = [];

  constructor(private free: number) {}

  async run<T>(priority: number, task: () => Promise<T>): Promise<T> {
    // Everybody who asks in this turn is in the queue before the first slot is given.
    await new Promise<void>((begin) => {
      this.waiting.push({ priority, begin });
      setImmediate(() => this.give());
    });
    try {
      return await task();
    } finally {
      this.free++;
      this.give();
    }
  }

  private give(): void {
    while (this.free > 0 && this.waiting.length > 0) {
      this.waiting.sort((a, b) => b.priority - a.priority);
      this.free--;
      this.waiting.shift()?.begin();
    }
  }
}
