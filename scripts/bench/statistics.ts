import { median } from "../../lib/intervals";

/**
 * Each run's ratio above/below: what slows down or speeds up a whole run is divided out.
 * @throws if there are not as many runs of both
 */
export function runRatios(above: readonly number[], below: readonly number[]): number[] {
  if (above.length !== below.length)
    throw new Error(`runRatios: ${above.length} runs and ${below.length} (they must be as many)`);
  return above.map((value, run) => value / below[run]);
}

/** The median of the runs' ratios. */
export function pairedRatio(above: readonly number[], below: readonly number[]): number {
  return median(runRatios(above, below));
}

/** (largest − smallest) / smallest. */
export function spread(values: readonly number[]): number {
  const smallest = Math.min(...values);
  return (Math.max(...values) - smallest) / smallest;
}
