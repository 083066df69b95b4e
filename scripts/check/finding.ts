/** One thing that is not as it should be. */
export interface Finding {
  /** File, and the place in it: "notebooks/06-x.ipynb In [3]", "lib/a.ts:3:1". */
  place: string;
  what: string;
  /** What to do about it. */
  remedy: string;
}

export function inWords({ place, what, remedy }: Finding): string {
  return `${place}: ${what}${remedy === "" ? "" : ` (${remedy})`}`;
}
