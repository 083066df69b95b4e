/** Wraps the methods of tslab's server that speak the Jupyter protocol. */
import { failureOf } from "./errors";
import { abort, execute } from "./execute";
import { messageClass } from "./message-class";
import { inOrder, type Sender } from "./ordered-send";
import { answerRequest, sendReply } from "./requests";
import { ShellQueue } from "./shell-queue";
import { endKernel } from "./shutdown";
import { terminal } from "./standard-streams";
import { ThreadSocket, type ThreadSockets } from "./thread-sockets";
import { jupyterModule, type Message, type Server, type Socket, tslabVersion, typescript } from "./tslab";

const queue = new ShellQueue();
let running: Message | undefined;

let onShutdown: () => void;

export function wrapServer(sockets: ThreadSockets): void {
  onShutdown = () => void endKernel(sockets);
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
    if (socket instanceof ThreadSocket) {
      return socket.bind(address, key);
    }
    socket.linger = 0;
    await sockets.iopub.bound; // who hears from the kernel must not miss its outputs
    await socket.bind(address);
  };
  server.handleShellMessage = handleShellMessage;
}

async function handleShellMessage(this: Server, channel: Socket, ...frames: Buffer[]): Promise<void> {
  const socket = inOrder(channel);
  let message: Message;
  try {
    message = messageClass().fromRaw(this.connInfo.key, frames);
  } catch (error) {
    terminal(`kernel: a message was ignored: ${(error as Error).message}\n`);
    return;
  }
  if (message.header.msg_type === "execute_request") {
    queue.add(async (aborted) => {
      running = message;
      await answer(this, socket, message, () =>
        aborted ? abort(this, socket, message) : execute(this, socket, message, queue),
      );
      running = undefined;
    });
    return;
  }
  await answer(this, socket, message, () => answerRequest(this, socket, message, onShutdown));
  if (running) {
    this.publishStatus("busy", running); // a completion that is done must not make a running cell look idle
  }
}

async function answer(
  server: Server,
  socket: Sender,
  message: Message,
  handler: () => void | Promise<void>,
): Promise<void> {
  server.publishStatus("busy", message);
  try {
    await handler();
  } catch (error) {
    sendReply(server, socket, message, { status: "error", ...failureOf(error) });
  } finally {
    server.publishStatus("idle", message);
  }
}
