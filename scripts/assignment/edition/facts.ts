import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths";

/** What package.json says of the assignment: written when the edition is made. */
export interface EditionFacts {
  readonly id: string;
  readonly title: string;
  /** The notebook's file name. */
  readonly notebook: string;
  readonly language: "en" | "zh";
  /** What npm installs. */
  readonly download: string;
  readonly installedBytes: number;
  /** The cells that are to be filled in, by nbgrader's id, with the SHA-256 of what stands there at first. */
  readonly answers: Readonly<Record<string, string>>;
  /** The checks, by nbgrader's id, with their points, in the notebook's order. */
  readonly checks: Readonly<Record<string, number>>;
  /** The other cells that were given. */
  readonly given: readonly string[];
}

/** The edition's facts. */
export const facts: EditionFacts = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
).assignment;

/** Where the notebook is. */
export const notebookFile = path.join(root, facts.notebook);
