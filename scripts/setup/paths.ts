import path from "node:path";

/** The project's root folder. */
export const root = path.resolve(__dirname, "..", "..");

/** Everything that set-up downloads or makes outside .venv and node_modules. */
export const cache = path.join(root, ".cache");

/** The Python environment with Jupyter's tools. */
export const venv = path.join(root, ".venv");

/** A program of the Python environment, as `jupyter` or `python`. */
export function venvProgram(name: string): string {
  return path.join(venv, "bin", name);
}
