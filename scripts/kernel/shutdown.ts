/** Ends the kernel at once: what cells have left running (a timer, a server) is not waited for. */
import { setTimeout as sleep } from "node:timers/promises";
import { exitProcess } from "./process-guards";
import type { ThreadSockets } from "./thread-sockets";

export async function endKernel(sockets: ThreadSockets, exitCode = 0): Promise<void> {
  await sleep(20); // for the reply to leave
  await Promise.race([sockets.close(), sleep(500)]);
  exitProcess(exitCode);
}
