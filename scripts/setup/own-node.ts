import fs from "node:fs";
import path from "node:path";

/**
 * The environment in which `node` is the Node that runs now: the kernelspec names it only by `node`, and a Node that was
 * called by its path need not be the one on PATH.
 */
export function withOwnNode(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const own = fs.realpathSync(process.execPath);
  const first = (env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, "node"))
    .find((file) => fs.existsSync(file));
  if (first && fs.realpathSync(first) === own) return env;
  return { ...env, PATH: [path.dirname(own), env.PATH].join(path.delimiter) };
}
