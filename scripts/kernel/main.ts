/**
 * The notebooks' kernel: tslab's own server, with those methods wrapped whose answers Jupyter's tools cannot use.
 * tslab reports a failure on stderr only, so that a notebook that throws passes nbmake; here a failure is an error.
 */
import { wrapExecutor } from "./executor";
import { installInterrupts } from "./interrupt";
import { redirectStandardStreams } from "./output";
import { guardProcess } from "./process-guards";
import { wrapServer } from "./server";
import { keepSourceMaps } from "./source-maps";
import { catchStrayErrors } from "./stray-errors";
import { mainModule } from "./tslab";

export function start(root: string, configPath: string | undefined): void {
  if (!configPath) {
    process.stderr.write(
      "Usage: node launch.cjs <connection file>   (Jupyter starts this; npm run lab starts Jupyter)\n",
    );
    process.exit(2);
  }
  process.chdir(root); // tslab refuses .ts files above its working directory, and notebooks lie in a subfolder
  guardProcess();
  redirectStandardStreams();
  keepSourceMaps();
  wrapExecutor();
  wrapServer();
  mainModule.startKernel({ configPath, enableFindLocal: false, jsKernel: false, globalVersion: "" });
  installInterrupts();
  catchStrayErrors();
}
