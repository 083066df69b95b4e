// Resident memory over the epochs of an MNIST training. Started with --expose-gc it collects garbage before it looks.
import { train } from "../../../lib/training";
import type { ResidentMemory } from "../resident-memory";
import { epochs } from "../resident-memory";
import { mnistTraining } from "./networks";
import { serve } from "./serve";

async function measure(): Promise<ResidentMemory> {
  const atEnds: number[] = [];
  const onEpoch = () => {
    global.gc?.();
    atEnds.push(process.memoryUsage.rss());
  };
  const training = mnistTraining();
  const before = process.memoryUsage.rss();
  await train({ ...training, epochs, onEpoch });
  // maxRSS is in kilobytes of 1024
  return { before, atEnds, peak: process.resourceUsage().maxRSS * 1024 };
}

serve({}, { memory: measure });
