/** Every request but the execution of cells. */
import type { Sender } from "./ordered-send";
import type { Message, Server } from "./tslab";

type Reply = Record<string, unknown>;
type Answer = (server: Server, socket: Sender, message: Message, shutdown: () => void) => Reply | undefined;

/** What an entry returns is sent as the reply; tslab's own methods send theirs. */
const answers: Record<string, Answer> = {
  kernel_info_request: (server, socket, message) => void server.handleKernelInfo(socket, message),
  is_complete_request: (server, socket, message) => void server.handleIsComplete(socket, message),
  inspect_request: (server, socket, message) => void server.handleInspect(socket, message),
  complete_request: (server, socket, message) => void server.handleComplete(socket, message),
  comm_info_request: () => ({ status: "ok", comms: {} }),
  history_request: () => ({ status: "ok", history: [] }),
  interrupt_request: () => ({ status: "ok" }), // the socket thread has acted on it already
  shutdown_request: (_server, _socket, message, shutdown) => {
    shutdown();
    return { status: "ok", restart: message.content.restart === true };
  },
};

export function answerRequest(server: Server, socket: Sender, message: Message, shutdown: () => void): void {
  const type = message.header.msg_type;
  const answer = answers[type] ?? (type.endsWith("_request") ? unsupported : () => undefined);
  const content = answer(server, socket, message, shutdown);
  if (content) {
    sendReply(server, socket, message, content);
  }
}

export function sendReply(server: Server, socket: Sender, message: Message, content: Reply): void {
  const reply = message.createReply();
  reply.header.msg_type = message.header.msg_type.replace(/_request$/, "_reply");
  reply.content = content;
  reply.signAndSend(server.connInfo.key, socket);
}

const unsupported: Answer = (_server, _socket, message) => ({
  status: "error",
  ename: "NotSupported",
  evalue: `this kernel does not answer ${message.header.msg_type}`,
  traceback: [],
});
