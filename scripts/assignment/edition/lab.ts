// `npm run lab`: JupyterLab on the assignment's notebook, its settings kept inside the folder.
import { runLab } from "../../lab";
import { command } from "./command";
import { facts } from "./facts";
import { root } from "./paths";
import { setUp } from "./set-up-steps";

void command(async (args) => {
  await setUp();
  return runLab(root, [facts.notebook, ...args]);
});
