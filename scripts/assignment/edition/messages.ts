/** What the process that runs the cells tells the one that waits for it. */
export type Message =
  | { readonly starts: string }
  /** The cell is compiled. Only from here on is its time counted: the first cell compiles all of lib. */
  | { readonly runs: string }
  | { readonly ended: string; readonly outcome: CellOutcome }
  | { readonly done: true };

/** How a cell ended. */
export interface CellOutcome {
  /** What it printed and showed, as text. */
  readonly output: readonly string[];
  readonly error?: { readonly name: string; readonly message: string };
}

/** Which cells are to be run. */
export interface Work {
  readonly notebook: string;
  /** By name: those that did not end before. */
  readonly without: readonly string[];
}
