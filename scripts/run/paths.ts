import path from "node:path";

/** The project's folder. */
export const ROOT = path.resolve(__dirname, "../..");

/** Where a run reads and writes. */
export interface Places {
  /** The committed notebooks. */
  notebooks: string;
  /** Executed copies and run logs. */
  runs: string;
  /** Exported pages. */
  reports: string;
  /** The Python that has Jupyter's tools. */
  python: string;
  /** The folder that holds the kernelspec `tslab`. */
  kernels: string;
}

export const PLACES: Places = {
  notebooks: path.join(ROOT, "notebooks"),
  runs: path.join(ROOT, ".cache", "runs"),
  reports: path.join(ROOT, "reports"),
  python: path.join(ROOT, ".venv", "bin", "python"),
  kernels: path.join(ROOT, ".venv", "share", "jupyter", "kernels"),
};

/** A path as a reader of the messages knows it: relative to the project where it lies inside. */
export function shown(file: string): string {
  const relative = path.relative(ROOT, file);
  return relative.startsWith("..") ? file : relative;
}
