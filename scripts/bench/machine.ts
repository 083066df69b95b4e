import os from "node:os";
import type { Versions } from "./report";

/** The machine, the day, and how busy the machine was before. */
export function machine(): Versions {
  const processors = os.cpus();
  return {
    Date: new Date().toISOString().slice(0, 10),
    Processor: `${processors[0].model.trim()}, ${processors.length} cores visible`,
    Memory: `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
    "Operating system": `${os.type()} ${os.release()}, ${os.arch()}`,
    "Load before": `${os.loadavg()[0].toFixed(2)} processes on average over a minute`,
  };
}
