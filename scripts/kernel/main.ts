/**
 * The notebooks' kernel: tslab's own server, with those methods wrapped whose answers Jupyter's tools cannot use.
 * tslab reports a failure on stderr only, so that a notebook that throws passes nbmake; here a failure is an error.
 */
import { wrapCompiler } from "./compiler";
import { ControlChannel, replaceControlSocket } from "./control-channel";
import { wrapExecutor } from "./executor";
import { installInterrupts } from "./interrupt";
import { redirectStandardStreams } from "./output";
import { guardProcess } from "./process-guards";
import { wrapServer } from "./server";
import { catchStrayErrors } from "./stray-errors";
import { mainModule } from "./tslab";

export interface Launch {
  root: string;
  configPath: string | undefined;
  /** The code of the control thread. */
  controlWorker: string;
}

export function start({ root, configPath, controlWorker }: Launch): void {
  if (!configPath) {
    process.stderr.write(
      "Usage: node launch.cjs <connection file>   (Jupyter starts this; npm run lab starts Jupyter)\n",
    );
    process.exit(2);
  }
  process.chdir(root); // tslab refuses .ts files above its working directory, and notebooks lie in a subfolder
  guardProcess();
  redirectStandardStreams();
  wrapCompiler();
  wrapExecutor();
  const control = new ControlChannel(controlWorker);
  replaceControlSocket(control);
  wrapServer(control);
  mainModule.startKernel({ configPath, enableFindLocal: false, jsKernel: false, globalVersion: "" });
  installInterrupts();
  catchStrayErrors();
}
