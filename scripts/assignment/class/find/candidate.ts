/** A notebook that may be what a student handed in. */
export interface Candidate {
  /** The path in what was handed in, from the folder or the zip on; it is shown and compared, never opened. */
  readonly path: string;
  /** The time at which it was saved, in milliseconds, as the file system or the zip has it. */
  readonly modified: number;
  readonly bytes: number;
  /**
   * Writes the notebook's bytes into a new file.
   * @throws with a sentence for the teacher if they cannot be read
   */
  copyTo(file: string): Promise<void>;
}

/** What an entry of a folder holds. */
export interface Holding {
  readonly notebooks: readonly Candidate[];
  /** What could not be looked into, in sentences. */
  readonly problems: readonly string[];
}

/** Whether a path leads to a notebook that a person saved: no copy that Jupyter or macOS made for itself. */
export function isNotebook(path: string): boolean {
  const steps = path.split("/");
  const own = steps.some((step) => step === ".ipynb_checkpoints" || step === "__MACOSX");
  return !own && /^[^.].*\.ipynb$/i.test(steps.at(-1) ?? "");
}
