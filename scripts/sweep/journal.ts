import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Experiment, Row } from "../../lib/experiments/experiment";
import type { SweepRun } from "../../lib/sweeps/plan";

/** Finished runs, each in a file of its own that is written whole: whatever ends the process, they are there. */
export interface Journal {
  /** What makes runs the same run: experiment, settings, seed; the code is in the journal's place. */
  keyOf(run: SweepRun): string;
  read(run: SweepRun): Row[] | undefined;
  write(run: SweepRun, rows: readonly Row[]): void;
  remove(): void;
}

/** JSON has no NaN, no infinity and no −0. */
const encode = (x: number) =>
  Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? "-0" : `${x}`;

/**
 * The journal of an experiment with this code.
 * @param folder where all journals are
 * @param code the code's hash: with other code it is another journal
 */
export function openJournal(folder: string, { name, columns }: Experiment, code: string): Journal {
  const place = path.join(folder, name, code.slice(0, 32));
  const names = Object.keys(columns);
  const keyOf = ({ settings, seed }: SweepRun) => {
    const sorted = Object.keys(settings)
      .sort()
      .map((key) => [key, settings[key]]);
    return createHash("sha256")
      .update(JSON.stringify([name, sorted, seed]))
      .digest("hex")
      .slice(0, 32);
  };
  const fileOf = (run: SweepRun) => path.join(place, `${keyOf(run)}.json`);
  return {
    keyOf,
    read(run) {
      if (!existsSync(fileOf(run))) return undefined;
      const { rows } = JSON.parse(readFileSync(fileOf(run), "utf8")) as { rows: (number | string)[][] };
      return rows.map((cells) => Object.fromEntries(names.map((column, k) => [column, Number(cells[k])])));
    },
    write(run, rows) {
      mkdirSync(place, { recursive: true });
      const cells = rows.map((row) => names.map((column) => encode(row[column])));
      writeFileAtomic.sync(
        fileOf(run),
        JSON.stringify({ settings: run.settings, seed: run.seed, columns: names, rows: cells }),
      );
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
