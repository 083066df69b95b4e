// Resident memory over the epochs of an MNIST training. Needs --expose-gc.
import { setTimeout as pause } from "node:timers/promises";
import { train } from "../../../lib/training";
import type { ResidentMemory } from "../resident-memory";
import { epochs } from "../resident-memory";
import { mnistTraining } from "./networks";
import { serve } from "./serve";

const collect = global.gc as NodeJS.GCFunction;

async function measure(onEnd: () => void): Promise<ResidentMemory> {
  const atEnds: number[] = [];
  const onEpoch = () => {
    onEnd();
    atEnds.push(process.memoryUsage.rss());
  };
  const training = mnistTraining();
  // What reading the files left would otherwise be freed at some epoch's end, and hide what the training holds.
  collect();
  await pause(500); // V8 gives the buffers back on a thread of its own
  const before = process.memoryUsage.rss();
  await train({ ...training, epochs, onEpoch });
  // maxRSS is in kilobytes of 1024
  return { before, atEnds, peak: process.resourceUsage().maxRSS * 1024 };
}

serve({}, { plain: () => measure(() => {}), collected: () => measure(() => collect()) });
