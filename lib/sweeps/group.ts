import type { Given, Row, Settings } from "../experiments/experiment";
import type { SweepRun } from "./plan";

/** A run with its results. */
export interface FinishedRun<S extends Settings = Settings, C extends string = string> extends SweepRun<S> {
  readonly rows: readonly Row<C>[];
}

/** The runs that differ in their seed only. */
export interface SweepGroup<S extends Settings = Settings, C extends string = string> {
  /** The configuration, and those settings that change within it: "A", "learningRate 0.01". */
  readonly name: string;
  readonly configuration: string;
  readonly settings: S;
  /** The experiment's index columns. */
  readonly index: readonly C[];
  /** One for each seed. */
  readonly runs: readonly FinishedRun<S, C>[];
}

/** Chooses rows of a run. */
type Where<C extends string> = (row: Row<C>) => boolean;

/**
 * The curves of a group, one for each seed: what a figure with bands is made of.
 * @param y the column that is drawn
 * @param options.x the column it is drawn over; the experiment's first index column unless given
 * @param options.where which rows; all unless given
 * @throws if the seeds have different x, as runs of different length do
 * @example
 * const rows = [{ epoch: 1, loss: 3 }, { epoch: 2, loss: 2 }]
 * curves({ name: "", index: ["epoch"], runs: [{ seed: 0, rows }] }, "loss") // { x: [1, 2], curves: [[3, 2]] }
 */
export function curves<S extends Settings, C extends string>(
  { name, index, runs }: Pick<SweepGroup<S, C>, "name" | "index" | "runs">,
  y: Given<C>,
  { x = index[0], where = () => true }: { x?: Given<C>; where?: Where<C> } = {},
): { x: number[]; curves: number[][] } {
  const of = (column: C) => runs.map(({ rows }) => rows.filter(where).map((row) => row[column]));
  const places = of(x);
  const different = places.findIndex((values) => values.join() !== places[0].join());
  if (different > 0)
    throw new Error(
      `curves: in group "${name}" seed ${runs[different].seed} has other ${x} than seed ${runs[0].seed}`,
    );
  return { x: places[0], curves: of(y) };
}

/**
 * A column in the last row of every seed's run, or in the last of those chosen.
 * @throws if a run has none of them
 * @example
 * const rows = [{ epoch: 1, loss: 3 }, { epoch: 2, loss: 2 }]
 * finals({ name: "", index: ["epoch"], runs: [{ seed: 0, rows }] }, "loss") // [2]
 * finals({ name: "", index: ["epoch"], runs: [{ seed: 0, rows }] }, "loss", ({ epoch }) => epoch < 2) // [3]
 */
export function finals<S extends Settings, C extends string>(
  { name, runs }: Pick<SweepGroup<S, C>, "name" | "index" | "runs">,
  y: Given<C>,
  where: Where<C> = () => true,
): number[] {
  return runs.map(({ seed, rows }) => {
    const last = rows.filter(where).at(-1);
    if (last === undefined) throw new Error(`finals: in group "${name}" seed ${seed} has no such row`);
    return last[y];
  });
}
