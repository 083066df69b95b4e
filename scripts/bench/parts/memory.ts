import type { Part } from "../part";
import { memorySection, type ResidentMemory } from "../resident-memory";
import { type Side, startNode, withSides } from "../side";

/** Resident memory over a training, left alone and with garbage collection. */
export const memory: Part = {
  name: "memory",
  summary: "resident memory over eight epochs of MNIST",
  measure: async (progress) => {
    const run = (work: string) =>
      withSides([() => startNode("memory.ts", process.env, ["--expose-gc"])], ([side]) =>
        (side as Side).ask<ResidentMemory>(work),
      );
    progress(0, "as it runs");
    const plain = await run("plain");
    progress(0.5, "with garbage collection");
    const collected = await run("collected");
    return { section: memorySection(plain, collected), versions: {} };
  },
};
