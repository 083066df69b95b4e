// `npm run lab`: JupyterLab from .venv, its settings kept inside the project.
import { spawn } from "node:child_process";
import path from "node:path";
import { withOwnNode } from "./setup/own-node";
import { cache, root, venv, venvProgram } from "./setup/paths";

/** The reader's own Jupyter set-up is neither used nor touched. */
export function labEnvironment(): NodeJS.ProcessEnv {
  const { JUPYTER_PATH, JUPYTER_CONFIG_PATH, PYTHONPATH, PYTHONHOME, ...env } = withOwnNode();
  const own = path.join(cache, "jupyter");
  return {
    ...env,
    PATH: [path.join(venv, "bin"), env.PATH].join(path.delimiter),
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_CONFIG_DIR: path.join(own, "config"),
    JUPYTER_DATA_DIR: path.join(own, "data"),
    JUPYTER_RUNTIME_DIR: path.join(own, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: path.join(own, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: path.join(own, "workspaces"),
    IPYTHONDIR: path.join(own, "ipython"),
  };
}

/** Nothing asks the network for news. */
const options = [
  `--ServerApp.root_dir=${root}`,
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
  "--MappingKernelManager.default_kernel_name=tslab",
];

/** The file browser opens on notebooks/; lib/ is one folder up, for reading beside them. */
export const lab = (extra: readonly string[]): Promise<number> => runLab(path.join(root, "notebooks"), extra);

/**
 * Runs JupyterLab until it is stopped; gives its exit code.
 * @param folder where its file browser opens
 */
export function runLab(folder: string, extra: readonly string[]): Promise<number> {
  const own = [...options, `--FileContentsManager.preferred_dir=${folder}`];
  const child = spawn(venvProgram("jupyter"), ["lab", ...own, ...extra], {
    cwd: root,
    env: labEnvironment(),
    stdio: "inherit",
  });
  // Ctrl-C reaches JupyterLab too, which asks before it stops: it decides when this ends.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ? 130 : (code ?? 1)));
  });
}
