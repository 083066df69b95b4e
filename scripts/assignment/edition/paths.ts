// In the bundles of a students' edition this file stands in the place of scripts/setup/paths.ts.
import path from "node:path";

/** The edition's folder: the bundles lie in its folder scripts. */
export const root = path.resolve(__dirname, "..");

/** What set-up makes outside .venv and node_modules. */
export const cache = path.join(root, ".cache");

/** The Python environment with JupyterLab. */
export const venv = path.join(root, ".venv");

/** A program of the Python environment, as `jupyter` or `python`. */
export function venvProgram(name: string): string {
  return path.join(venv, "bin", name);
}
