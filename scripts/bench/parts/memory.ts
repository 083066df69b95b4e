import type { Part } from "../part";
import { memorySection, type ResidentMemory } from "../resident-memory";
import { type Side, startNode, withSides } from "../side";

/** Resident memory over a training, left alone and with garbage collection. */
export const memory: Part = {
  name: "memory",
  summary: "resident memory over eight epochs of MNIST",
  measure: async (progress) => {
    const run = (flags: readonly string[]) =>
      withSides([() => startNode("memory.ts", process.env, flags)], ([side]) =>
        (side as Side).ask<ResidentMemory>("memory"),
      );
    progress(0, "as it runs");
    const plain = await run([]);
    progress(0.5, "with garbage collection");
    const collected = await run(["--expose-gc"]);
    return { section: memorySection(plain, collected), versions: {} };
  },
};
