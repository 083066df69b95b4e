import type { Row } from "../experiments/experiment";

/** The first place in which the rows of a run differ. */
export interface RunDifference {
  /** The row by its index columns: "epoch 3"; "" in a run with one row. */
  readonly row: string;
  readonly column: string;
  readonly committed: number;
  readonly computed: number;
}

/**
 * The first difference between the rows of a run that are committed and those that were computed again; undefined if
 * there is none, to the last bit. NaN equals NaN; −0 and 0 differ.
 * @param index the columns that tell the rows apart
 * @example
 * compareRows([{ epoch: 1, loss: 0.1 }], [{ epoch: 1, loss: 0.1 }], ["epoch"]) // undefined
 * compareRows([{ epoch: 1, loss: 0.1 }], [{ epoch: 1, loss: 0.2 }], ["epoch"]).row // "epoch 1"
 */
export function compareRows<C extends string>(
  committed: readonly Row<C>[],
  computed: readonly Row<C>[],
  index: readonly C[],
): RunDifference | undefined {
  if (committed.length !== computed.length)
    return { row: "", column: "number of rows", committed: committed.length, computed: computed.length };
  for (let k = 0; k < committed.length; k++)
    for (const column of Object.keys(committed[k]) as C[]) {
      const [a, b] = [committed[k][column], computed[k][column]];
      if (Object.is(a, b)) continue;
      const row = index.map((name) => `${name} ${committed[k][name]}`).join(", ");
      return { row, column, committed: a, computed: b };
    }
  return undefined;
}

/**
 * What a difference is called in messages.
 * @param run the run's name
 * @example
 * const difference = { row: "epoch 3", column: "loss", committed: 0.1, computed: 0.2 }
 * describeDifference("momentum 0.9, seed 4", difference) // "momentum 0.9, seed 4, epoch 3: loss is 0.1 in the committed table, now 0.2"
 */
export function describeDifference(run: string, { row, column, committed, computed }: RunDifference): string {
  const place = [run, row].filter(Boolean).join(", ");
  return `${place}: ${column} is ${committed} in the committed table, now ${computed}`;
}
