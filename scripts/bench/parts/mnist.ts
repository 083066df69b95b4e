import { writeFile } from "node:fs/promises";
import path from "node:path";
import { mnist as mnistData } from "../../../lib/datasets/mnist";
import { type Comparison, comparisonTable, duration } from "../comparison";
import { inTurn, type Times } from "../in-turn";
import type { Part, Progress } from "../part";
import { startPython } from "../python";
import type { Section } from "../report";
import { type Side, startNode, withSides } from "../side";
import { withFolder } from "../with-folder";

const warmUps = 1;
const runs = 7;

/** What each reference is called, what is to be reached, and why it may be missing. */
const references = {
  tfjs: { against: "tfjs-node, `model.fit`", reach: 2, missing: "tfjs-node runs without libtensorflow" },
  loader: {
    against: "PyTorch, DataLoader with 2 workers",
    reach: 1.5,
    missing: "no Python with PyTorch found",
  },
  memory: { against: "PyTorch, data in memory", reach: 1, missing: "no Python with PyTorch found" },
};

/** What the part measured. */
export interface MnistTimes {
  /** The whole of a training of one epoch. */
  readonly oneEpoch: Times;
  /** An epoch after the first of a training. */
  readonly laterEpochs: Times;
  readonly tfjs?: Times;
  readonly loader?: Times;
  readonly memory?: Times;
}

/** One epoch of note 004's MNIST training, against TensorFlow.js and PyTorch. */
export const mnist: Part = {
  name: "mnist",
  summary: "an epoch of MNIST against tfjs-node and PyTorch",
  measure: (progress) =>
    withFolder(async (folder) => {
      const { pixels, labels } = mnistData().train;
      await writeFile(path.join(folder, "pixels.u8"), pixels);
      await writeFile(path.join(folder, "labels.u8"), labels);
      return withSides(
        [
          () => startNode("ours.ts"),
          // what libtensorflow does by itself; lib asks for fixed sums instead
          () => startNode("tfjs.ts", { ...process.env, TF_ENABLE_ONEDNN_OPTS: "1" }),
          () => startPython("torch_mnist.py", folder, "torch", "default"),
        ],
        (sides) => measure(sides, progress),
      );
    }),
};

async function measure([ours, tfjs, torch]: readonly (Side | undefined)[], progress: Progress) {
  const native = await tfjs?.ask<boolean>("native");
  const works: [name: keyof MnistTimes, side: Side | undefined, work: string][] = [
    ["oneEpoch", ours, "mnist one epoch"],
    ["tfjs", native ? tfjs : undefined, "mnist one epoch"],
    ["loader", torch, "loader"],
    ["memory", torch, "memory"],
    ["laterEpochs", ours, "mnist later epochs"],
  ];
  const contestants = works.flatMap(([name, side, work]) =>
    side ? [{ name, time: () => side.ask<number>(work) }] : [],
  );
  const times = await inTurn(warmUps, runs, contestants, progress);
  const versions = { PyTorch: references.memory.missing, ...ours?.facts, ...tfjs?.facts, ...torch?.facts };
  return { section: mnistSection(Object.fromEntries(times) as unknown as MnistTimes), versions };
}

/** The section of the report. */
export function mnistSection(times: MnistTimes): Section {
  const names = Object.keys(references) as (keyof typeof references)[];
  const compared = (work: string, ours: Times, counts: boolean): Comparison[] =>
    names.map((name) => {
      const { against, reach, missing } = references[name];
      const theirs = times[name]?.runs ?? missing;
      return { work, ours: ours.runs, against, theirs, reach: counts ? reach : undefined };
    });
  const first = names.flatMap((name) => {
    const theirs = times[name];
    return theirs ? [`${references[name].against}: ${duration(theirs.first)}`] : [];
  });
  return {
    title: "MNIST, one epoch, batches of 128, Adam",
    text:
      "Note 004's network 784-256-128-10 on the 60,000 training images, normalised as in the note, in float32. Ours is one " +
      "call of `train` with one epoch, from its call to its result: checking and storing the samples, which happens once in " +
      "a training, is in it. This counts. A later epoch of ours is the mean of the second and third of a training of three, " +
      "between two calls of `onEpoch`; it is compared with the same times of the others.",
    tables: [
      comparisonTable(compared("a training of one epoch", times.oneEpoch, true)),
      comparisonTable(compared("a later epoch", times.laterEpochs, false)),
    ],
    notes: [
      `${times.oneEpoch.runs.length} runs. The first training of a new process, which is not counted: ` +
        `${[`ours: ${duration(times.oneEpoch.first)}`, ...first].join("; ")}.`,
      "Not timed: reading the files, making the network and, except with the DataLoader, putting the normalised images into memory as each program wants them.",
      "DataLoader: as in the note, shuffled, with 2 workers, and its transform (ToTensor, Normalize) on each image; torchvision " +
        "is not used, the data set does the same operations of torch itself on the image's bytes, without making a PIL image first.",
      "Data in memory: a random permutation, and batches by indexing the normalised tensor.",
      "TensorFlow.js: the samples are a tensor before `fit` is called; libtensorflow with oneDNN, which is its own default on current processors.",
    ],
  };
}
