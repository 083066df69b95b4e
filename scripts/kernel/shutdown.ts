/** Ends the kernel at once: what cells have left running (a timer, a server) is not waited for. */
import { setTimeout as sleep } from "node:timers/promises";
import { exitProcess } from "./process-guards";
import type { Server } from "./tslab";

export async function endKernel(server: Server): Promise<void> {
  await sleep(20); // for the reply to leave
  await Promise.race([server.control.close(), sleep(500)]);
  exitProcess(0);
}
