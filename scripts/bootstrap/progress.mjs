// One line per step: rewritten in place on a terminal, a few lines in a log file.
const stream = process.stderr;

/** @param {number} bytes */
export function megabytes(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${Math.round(bytes / 1e6)} MB`;
}

/**
 * Starts a step and shows it.
 * @param {string} title what the step does and how large the download is
 * @returns {{update(fraction: number, text: string): void, done(text: string): void}}
 */
export function step(title) {
  const started = Date.now();
  let shownAt = 0;
  let shownQuarter = 0;
  let open = true;
  stream.write(`${title}\n`);
  const clear = () => {
    if (stream.isTTY && shownAt > 0) stream.write("\r\x1b[2K");
  };
  return {
    update(fraction, text) {
      if (!open) return;
      const percent = `${Math.floor(100 * Math.min(1, fraction))} %`.padStart(5);
      if (stream.isTTY) {
        if (Date.now() - shownAt < 100) return;
        clear();
        stream.write(`  ${percent}  ${text}`.slice(0, (stream.columns || 80) - 1));
        shownAt = Date.now();
      } else if (Math.floor(fraction * 4) > shownQuarter) {
        shownQuarter = Math.floor(fraction * 4);
        stream.write(`  ${percent}  ${text}\n`);
      }
    },
    done(text) {
      open = false;
      clear();
      stream.write(`  done: ${text} (${Math.round((Date.now() - started) / 1000)} s)\n`);
    },
  };
}

/** @param {string} text one plain line */
export function say(text) {
  stream.write(`${text}\n`);
}
