import type { Section } from "./report";
import { spread } from "./statistics";

/** Epochs of the training. */
export const epochs = 8;

/** The first epoch that counts: memory has then been used as it will be. */
const from = 3;

/** Bytes that a process held. */
export interface ResidentMemory {
  /** With the samples, before the training. */
  readonly before: number;
  /** At the end of each epoch. */
  readonly atEnds: readonly number[];
  /** The most at any time. */
  readonly peak: number;
}

const toReach = 0.05;

/** The section of the report: a training left alone, and one with a full garbage collection at the end of each epoch. */
export function memorySection(plain: ResidentMemory, collected: ResidentMemory): Section {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const rows = [
    ["as it runs", plain] as const,
    ["garbage collected at each epoch's end", collected] as const,
  ].map(([name, memory]) => {
    const share = spread(memory.atEnds.slice(from - 1));
    return [
      name,
      megabytes(memory.before),
      ...memory.atEnds.map(megabytes),
      `${(100 * share).toFixed(1)} %`,
      `≤ ${100 * toReach} %`,
      share <= toReach ? "yes" : "no",
      megabytes(memory.peak),
    ];
  });
  const columns = plain.atEnds.map((_, k) => `Epoch ${k + 1}`);
  return {
    title: `Resident memory over MNIST epochs ${from} to ${epochs}`,
    text:
      "The MNIST training above, in a process of its own for each row; resident memory (RSS) at the end of each epoch. The spread " +
      `is (largest − smallest)/smallest over the epochs ${from} to ${epochs}. The peak is the largest resident memory of the process, as the ` +
      "operating system counted it. A MB is 10⁶ bytes.",
    tables: [{ head: ["Training", "Before it", ...columns, "Spread", "To reach", "Reached", "Peak"], rows }],
    notes: [
      "The process holds the 60,000 normalised images as float32 columns, 188 MB, and `train` stores a second copy of them, sample " +
        "by sample, in the core's memory. What reading the files left is collected before the training.",
    ],
  };
}
