// What a thread of the pool runs: one run of an experiment for each task.
import type { Row, Settings } from "../../lib/experiments/experiment";
import { experimentsOf } from "./registry";

export interface Task {
  /** The file that exports the experiment. */
  file: string;
  name: string;
  settings: Settings;
  seed: number;
  /** The channel on which it tells how far it is, and what it calls itself there. */
  channel: string;
  key: string;
}

export interface Progress {
  key: string;
  share: number;
}

/** The rows of one run; the numeric core has this one thread (BACKPROP_THREADS, which the pool sets). */
export async function work({ file, name, settings, seed, channel, key }: Task): Promise<Row[]> {
  const experiment = experimentsOf(file).find((one) => one.name === name);
  if (experiment === undefined) throw new Error(`${file} exports no experiment "${name}"`);
  const progress = new BroadcastChannel(channel);
  let told = 0;
  const onProgress = (share: number) => {
    if (Date.now() - told < 250) return;
    told = Date.now();
    progress.postMessage({ key, share } satisfies Progress);
  };
  try {
    return await experiment.run(settings, seed, { onProgress });
  } finally {
    progress.close();
  }
}
