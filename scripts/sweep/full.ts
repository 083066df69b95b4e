// `npm start -- --full`: first all committed sweeps, then the notebooks.
import os from "node:os";
import color from "picocolors";
import { interruption } from "../run/interruption";
import { clock } from "../run/progress";
import { committed, declaredSweeps } from "./committed";
import { type SweepPlaces, sweepPlaces } from "./sweep";

/**
 * Computes all committed sweeps again and compares every digit, then runs the notebooks; says how long all of it took.
 * @returns the notebooks' exit code; 1 where that is 0 and a sweep does not hold; 130 when interrupted
 */
export async function fullRun(
  runNotebooks: () => Promise<number>,
  places: SweepPlaces = sweepPlaces(),
): Promise<number> {
  const { folder, screen } = places;
  const began = Date.now();
  const { signal, release } = interruption();
  const workers = os.availableParallelism();
  let bad = 0;
  try {
    bad = await committed([], { ...places, ...screen, workers, signal, update: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
  }
  if (signal.aborted) {
    screen.write("\nInterrupted. Finished runs are kept: the same command goes on from there.\n");
    return 130;
  }
  const code = await runNotebooks();
  if (code === 130) return code;
  const sweeps = declaredSweeps(folder).length;
  const verdict =
    bad === 0
      ? color.green(
          `${sweeps} committed sweep${sweeps === 1 ? " was" : "s were"} computed again, every digit the same.`,
        )
      : color.red(`${bad} of ${sweeps} committed sweeps do not hold (see above).`);
  screen.write(`${verdict} The full run took ${clock(Date.now() - began)}.\n`);
  return code !== 0 ? code : bad === 0 ? 0 : 1;
}
