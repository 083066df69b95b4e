// The kernelspec `tslab` in .venv. It names no absolute path: kernel.json points to the launcher by {resource_dir}/../….
import fs from "node:fs";
import path from "node:path";
import { root, venv } from "./paths";

const source = path.join(root, "scripts", "kernel", "kernel.json");
const installed = path.join(venv, "share", "jupyter", "kernels", "tslab", "kernel.json");

/** Whether the installed kernelspec is the project's. */
export function kernelSpecReady(): boolean {
  return fs.existsSync(installed) && fs.readFileSync(installed).equals(fs.readFileSync(source));
}

/** Copies the kernelspec into .venv. */
export async function installKernelSpec(): Promise<void> {
  fs.mkdirSync(path.dirname(installed), { recursive: true });
  fs.copyFileSync(source, `${installed}.partial`);
  fs.renameSync(`${installed}.partial`, installed);
}
