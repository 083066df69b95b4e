import { writeFile } from "node:fs/promises";
import path from "node:path";
import { median } from "../../../lib/intervals";
import { type Comparison, comparisonTable, duration } from "../comparison";
import { inTurn, type Times } from "../in-turn";
import type { Part, Progress } from "../part";
import { startPython } from "../python";
import type { Section } from "../report";
import { type Side, startNode, withSides } from "../side";
import { ringsData } from "../sides/networks";
import { withFolder } from "../with-folder";

const warmUps = 3;
const runs = 15;
const [byDefaultName, oneName] = ["NumPy, BLAS threads: default", "NumPy, BLAS threads: 1"];
const noNumpy = "no Python with NumPy found";

/** What the part measured; no NumPy, no times of it. */
export interface RingsTimes {
  readonly ours: Times;
  readonly numpy?: { readonly default: Times; readonly one: Times };
}

/** The whole training of note 004's first experiment, against the note's own loop. */
export const rings: Part = {
  name: "rings",
  summary: "the rings experiment against the note's NumPy loop",
  measure: (progress) =>
    withFolder(async (folder) => {
      const { X, labels } = ringsData();
      await writeFile(path.join(folder, "X.f64"), X.data);
      await writeFile(path.join(folder, "labels.i32"), labels);
      const numpy = (threads: "one" | "default") => () =>
        startPython("numpy_rings.py", folder, "numpy", threads);
      return withSides([() => startNode("ours.ts"), numpy("default"), numpy("one")], (sides) =>
        measure(sides, progress),
      );
    }),
};

async function measure([ours, byDefault, one]: readonly (Side | undefined)[], progress: Progress) {
  const contestants = [
    { name: "ours", time: () => (ours as Side).ask<number>("rings") },
    ...(byDefault && one
      ? [
          { name: byDefaultName, time: () => byDefault.ask<number>("training") },
          { name: oneName, time: () => one.ask<number>("training") },
        ]
      : []),
  ];
  const times = await inTurn(warmUps, runs, contestants, progress);
  const [own, a, b] = ["ours", byDefaultName, oneName].map((name) => times.get(name) as Times);
  return {
    section: ringsSection({ ours: own, numpy: a && b && { default: a, one: b } }),
    versions: { ...(ours as Side).facts, ...(byDefault?.facts ?? { NumPy: noNumpy }) },
  };
}

/** The section of the report. */
export function ringsSection({ ours, numpy }: RingsTimes): Section {
  const work = "50 epochs of 2-32-16-2";
  const named = (name: string, times: Times, reach?: number): Comparison => ({
    work,
    ours: ours.runs,
    against: name,
    theirs: times.runs,
    reach,
  });
  const rows: Comparison[] = [];
  if (numpy === undefined) rows.push({ work, ours: ours.runs, against: "NumPy", theirs: noNumpy, reach: 2 });
  else {
    // the faster of the two is the one to be compared with
    const defaultFaster = median(numpy.default.runs) <= median(numpy.one.runs);
    rows.push(named(byDefaultName, numpy.default, defaultFaster ? 2 : undefined));
    rows.push(named(oneName, numpy.one, defaultFaster ? undefined : 2));
  }
  const first = [ours, ...(numpy ? [numpy.default, numpy.one] : [])].map((times) => duration(times.first));
  return {
    title: "The rings experiment, whole training, float64",
    text:
      "Note 004, experiment 1: 2000 points, batches of 128, softmax and cross-entropy, gradient descent, 50 epochs with a " +
      "new order of the samples in each, the loss of every batch computed. The reference does the operations of the note's " +
      "own loop in NumPy; neither side evaluates in between. Both are given the same points. What is to be reached counts " +
      "against the faster of the two numbers of BLAS threads.",
    tables: [comparisonTable(rows)],
    notes: [
      `${ours.runs.length} runs. The first training of a new process, which is not counted: ours ${first[0]}` +
        (numpy ? `, NumPy ${first[1]} and ${first[2]}.` : "."),
    ],
  };
}
