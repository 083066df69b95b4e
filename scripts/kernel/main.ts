/**
 * The notebooks' kernel: tslab's own server, with those methods wrapped whose answers Jupyter's tools cannot use.
 * tslab reports a failure on stderr only, so that a notebook that throws passes nbmake; here a failure is an error.
 */
import "./standard-streams";

import { wrapCompiler } from "./compiler";
import { interruptCell, wrapExecutor } from "./executor";
import { installInterrupts, listenForInterrupts } from "./interrupt";
import { sendStreamsToCells, showBetweenCells } from "./output";
import { guardProcess } from "./process-guards";
import { wrapServer } from "./server";
import { endKernel } from "./shutdown";
import { terminal } from "./standard-streams";
import { catchStrayErrors } from "./stray-errors";
import { replaceSockets, startSocketThread } from "./thread-sockets";
import { mainModule } from "./tslab";

export interface Launch {
  root: string;
  configPath: string | undefined;
  /** The code of socket-thread.ts. */
  socketThread: string;
}

export function start({ root, configPath, socketThread }: Launch): void {
  if (!configPath) {
    terminal(
      "Usage: node launch.cjs <connection file>   (Jupyter starts this; npm run lab starts Jupyter)\n",
    );
    process.exit(2);
  }
  process.chdir(root); // tslab refuses .ts files above its working directory, and notebooks lie in a subfolder
  sendStreamsToCells();
  const sockets = startSocketThread(socketThread);
  replaceSockets(sockets);
  guardProcess();
  wrapCompiler();
  installInterrupts();
  wrapExecutor();
  wrapServer(sockets);
  mainModule.startKernel({ configPath, enableFindLocal: false, jsKernel: false, globalVersion: "" });
  listenForInterrupts(sockets.thread, interruptCell);
  catchStrayErrors((failure) => {
    if (!showBetweenCells(failure)) {
      terminal(`The kernel could not start.\n${failure.traceback.join("\n")}\n`);
      void endKernel(sockets, 1);
    }
  });
}
