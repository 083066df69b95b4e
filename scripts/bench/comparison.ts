import { median } from "../../lib/intervals";
import type { Table } from "./report";
import { runRatios } from "./statistics";

/** One work of ours beside the same work done by somebody else. */
export interface Comparison {
  readonly work: string;
  /** Seconds of each run. */
  readonly ours: readonly number[];
  readonly against: string;
  /** Seconds of each run, or why there are none. */
  readonly theirs: readonly number[] | string;
  /** What their time divided by ours is to be at least; undefined where nothing is asked. */
  readonly reach?: number;
}

/** Seconds with a unit that suits them. */
export function duration(seconds: number): string {
  if (seconds >= 7200) return `${(seconds / 3600).toPrecision(2)} h`;
  if (seconds >= 100) return `${seconds.toFixed(0)} s`;
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  return seconds >= 1e-3 ? `${(1e3 * seconds).toPrecision(3)} ms` : `${(1e6 * seconds).toPrecision(3)} µs`;
}

/** The table of such comparisons. */
export function comparisonTable(comparisons: readonly Comparison[]): Table {
  return {
    head: ["Work", "Ours", "Against", "Theirs", "Theirs / ours", "Of single runs", "To reach", "Reached"],
    rows: comparisons.map(({ work, ours, against, theirs, reach }) => {
      const asked = reach === undefined ? "–" : `≥ ${reach}`;
      const own = duration(median(ours));
      if (typeof theirs === "string") return [work, own, against, theirs, "–", "–", asked, "not measured"];
      const ratios = runRatios(theirs, ours);
      const ratio = median(ratios);
      const range = [Math.min(...ratios), Math.max(...ratios)].map((one) => one.toFixed(2)).join(" to ");
      const reached = reach === undefined ? "–" : ratio >= reach ? "yes" : "no";
      return [work, own, against, duration(median(theirs)), ratio.toFixed(2), range, asked, reached];
    }),
  };
}
