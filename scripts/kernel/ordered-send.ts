/** ZeroMQ refuses a send while another is under way, and one in about 500 is: here it waits its turn instead. */
import type { Socket } from "./tslab";

export interface Sender {
  send(frames: unknown): void;
}

const senders = new WeakMap<Socket, Sender>();

export function inOrder(socket: Socket): Sender {
  let sender = senders.get(socket);
  if (!sender) {
    let last: Promise<void> = Promise.resolve();
    sender = {
      send: (frames) => {
        last = last.then(() => socket.send(frames));
      },
    };
    senders.set(socket, sender);
  }
  return sender;
}
