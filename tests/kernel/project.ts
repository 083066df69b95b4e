/** A small project with the kernel in it, whose lib/ a test may change. */
import fs from "node:fs";
import path from "node:path";
import { root } from "../../scripts/setup/paths";
import { temporaryFolder } from "./jupyter";

export interface Project {
  folder: string;
  /** Where Jupyter finds this project's kernel, under the name `project`. */
  jupyterPath: string;
  write(file: string, text: string): void;
}

export function makeProject(): Project {
  const folder = fs.realpathSync(temporaryFolder());
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  fs.cpSync(path.join(root, "scripts", "kernel"), path.join(folder, "scripts", "kernel"), {
    recursive: true,
  });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const spec = JSON.parse(fs.readFileSync(path.join(root, "scripts", "kernel", "kernel.json"), "utf8"));
  spec.argv[1] = path.join(folder, "scripts", "kernel", "launch.cjs");
  write("jupyter/kernels/project/kernel.json", JSON.stringify(spec));
  return { folder, jupyterPath: path.join(folder, "jupyter"), write };
}
