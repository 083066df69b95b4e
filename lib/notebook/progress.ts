import { type Display, textBundle } from "./display";

/** A line that is rewritten in place while long work runs. */
export interface Progress {
  /** How much is done, and what to say about it. */
  update(done: number, text?: string): void;
  /** The last state, the only one a notebook keeps: no time, so that it is the same on every run. */
  done(text?: string): void;
}

const barLength = 24;
const millisecondsBetweenUpdates = 100;
let lines = 0;

/**
 * Shows "title ██████······ 12 / 50  text  3.1/s, 12 s left", at most ten times a second.
 * @throws if total is not a positive number
 * @example
 * const states = []
 * const line = startProgress("Training", 2, ({ data }) => states.push(data["text/plain"]))
 * line.done("loss 0.5") // undefined
 * states[1] // "Training: 2 of 2 done, loss 0.5"
 */
export function startProgress(
  title: string,
  total: number,
  display: Display,
  now: () => number = Date.now,
): Progress {
  if (!(total > 0)) throw new Error(`progress "${title}": the total is ${total}, it must be positive`);
  lines += 1;
  const id = `progress-${lines}`;
  const started = now();
  let latest = started;
  let finished = 0;
  display(textBundle(lineOf(title, 0, total)), { id, update: false });
  return {
    update(done, text = "") {
      finished = done;
      const time = now();
      if (time - latest < millisecondsBetweenUpdates) return;
      latest = time;
      display(textBundle(lineOf(title, done, total, text, time - started)), { id, update: true });
    },
    done(text = "") {
      const count = finished === 0 ? total : finished;
      display(textBundle([`${title}: ${count} of ${total} done`, text].filter(Boolean).join(", ")), {
        id,
        update: true,
      });
    },
  };
}

function lineOf(title: string, done: number, total: number, text = "", milliseconds = 0): string {
  const full = Math.max(0, Math.min(barLength, Math.floor((barLength * done) / total)));
  const bar = "█".repeat(full) + "·".repeat(barLength - full);
  return [`${title} ${bar} ${done} / ${total}`, text, pace(done, total, milliseconds)]
    .filter(Boolean)
    .join("  ");
}

function pace(done: number, total: number, milliseconds: number): string {
  if (done <= 0 || milliseconds < 500) return "";
  const rate = (1000 * done) / milliseconds;
  return `${Number(rate.toPrecision(2))}/s, ${Math.ceil((total - done) / rate)} s left`;
}
