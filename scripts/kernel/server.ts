/** Wraps the methods of tslab's server that speak the Jupyter protocol. */
import type { ControlChannel } from "./control-channel";
import { abort, execute } from "./execute";
import { messageClass } from "./message-class";
import { answerRequest } from "./requests";
import { ShellQueue } from "./shell-queue";
import { jupyterModule, type Message, type Server, type Socket, tslabVersion, typescript } from "./tslab";

const queue = new ShellQueue();
let running: Message | undefined;

export function wrapServer(control: ControlChannel): void {
  const handler = jupyterModule.JupyterHandlerImpl.prototype;
  const kernelInfo = handler.handleKernel;
  handler.handleKernel = function () {
    const info = kernelInfo.call(this);
    return {
      status: "ok",
      ...info,
      implementation_version: tslabVersion,
      language_info: { ...(info.language_info as object), version: typescript.version },
      banner: `TypeScript ${typescript.version}, tslab ${tslabVersion}, Node ${process.version}`,
      help_links: [],
    };
  };
  const server = jupyterModule.ZmqServer.prototype;
  server.bindSocket = async function (socket, port) {
    const { transport, ip, key } = this.connInfo;
    const address = transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
    if (socket === (control as unknown)) {
      return control.listen(address, key);
    }
    if (socket === this.iopub) {
      socket.sendHighWaterMark = 0; // otherwise ZeroMQ drops outputs when a cell prints faster than they are read
    }
    socket.linger = 0;
    await socket.bind(address);
  };
  server.handleShellMessage = handleShellMessage;
}

async function handleShellMessage(this: Server, socket: Socket, ...frames: Buffer[]): Promise<void> {
  let message: Message;
  try {
    message = messageClass().fromRaw(this.connInfo.key, frames);
  } catch (error) {
    process.stderr.write(`kernel: a message was ignored: ${(error as Error).message}\n`);
    return;
  }
  if (message.header.msg_type === "execute_request") {
    queue.add(async (aborted) => {
      running = message;
      await answer(this, message, () =>
        aborted ? abort(this, socket, message) : execute(this, socket, message, queue),
      );
      running = undefined;
    });
    return;
  }
  await answer(this, message, () => answerRequest(this, socket, message));
  if (running) {
    this.publishStatus("busy", running); // a completion that is done must not make a running cell look idle
  }
}

async function answer(server: Server, message: Message, handler: () => void | Promise<void>): Promise<void> {
  server.publishStatus("busy", message);
  try {
    await handler();
  } finally {
    server.publishStatus("idle", message);
  }
}
