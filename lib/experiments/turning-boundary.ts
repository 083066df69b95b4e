import { cos, sin } from "../kernels/functions";
import { dense } from "../layers";
import { sigmoidBinaryCrossEntropy } from "../losses";
import { fromData, type Matrix, zeros } from "../matrix";
import { takeColumns } from "../matrix-entries";
import { sgd } from "../optimizers";
import { type Random, randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

/** Samples that the future has for each of the past. */
const ahead = 0.25;

const settings = {
  turn: numberSetting(90, "Degrees by which the boundary turns over the past.", { min: 0, max: 360 }),
  order: choiceSetting(
    ["shuffled", "time"],
    "shuffled",
    "Of the samples in training; shuffled: anew in each epoch; time: as they came, the same in each epoch.",
  ),
  past: wholeSetting(1000, "Samples that are known.", { min: 20 }),
  learningRate: numberSetting(0.1, "Learning rate η of plain gradient descent.", { min: 0 }),
  batchSize: wholeSetting(20, "Samples in a mini-batch.", { min: 1 }),
  epochs: wholeSetting(10, "Epochs of training.", { min: 1 }),
};

const columns = {
  shuffledSplit: { unit: "1", doc: "Accuracy on a random fifth of the past, trained on the rest." },
  timeSplit: { unit: "1", doc: "Accuracy on the last fifth of the past, trained on what was before." },
  future: { unit: "1", doc: "Accuracy on what comes after the past, trained on all of the past." },
};

/**
 * A stream whose boundary turns: points of N(0, I) at the times 0, 1, …, class 1 on one side of a line through 0 with
 * probability 0.95, on the other with 0.05; over the past the line turns by an angle, and goes on at that speed through
 * a future a quarter as long. A sigmoid unit learns from 0. Which part of the past, held out, foretells how it will do?
 * Source: note 004, "Training techniques", section 3: order in time, drift of the distribution.
 * @example
 * const [{ shuffledSplit, timeSplit, future }] = await turningBoundary.run({}, 0)
 * shuffledSplit - future > timeSplit - future // true
 */
export const turningBoundary = defineExperiment({
  name: "turning-boundary",
  description: "A stream whose classes drift: what a validation says of the future.",
  settings,
  columns,
  index: [],
  async run({ turn, order, past, learningRate, batchSize, epochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const total = past + Math.round(ahead * past);
    const { X, T } = stream(random.stream("data"), total, turn / past);
    const known = Array.from({ length: past }, (_, j) => j);
    const held = Math.round(past / 5);
    const mixed = random.stream("split").permutation(past);
    const inTime = (indices: Int32Array) => [...indices].sort((j, k) => j - k);
    const splits = {
      shuffledSplit: [inTime(mixed.slice(held)), inTime(mixed.slice(0, held))],
      timeSplit: [known.slice(0, past - held), known.slice(past - held)],
      future: [known, Array.from({ length: total - past }, (_, j) => past + j)],
    };
    const scores: { [name: string]: number } = {};
    for (const [k, [name, [learned, judged]]] of Object.entries(splits).entries()) {
      const { params } = await train({
        layer: dense(2, 1),
        loss: sigmoidBinaryCrossEntropy,
        optimizer: sgd(learningRate),
        params: { weights: zeros(1, 2), bias: zeros(1, 1) },
        X: takeColumns(X, learned),
        T: takeColumns(T, learned),
        batchSize,
        shuffle: order === "shuffled",
        random: random.stream(`order of ${name}`),
        epochs,
        signal,
      });
      const { output } = dense(2, 1).forward(params, takeColumns(X, judged));
      scores[name] = judged.filter((j, i) => output.data[i] > 0 === (T.data[j] === 1)).length / judged.length;
      onProgress?.((k + 1) / 3);
    }
    return [{ shuffledSplit: scores.shuffledSplit, timeSplit: scores.timeSplit, future: scores.future }];
  },
});

/** Points and classes; the line's normal stands at `speed` degrees times the time. */
function stream(random: Random, total: number, speed: number): { X: Matrix; T: Matrix } {
  const X = fromData(2, total, random.normals(2 * total));
  const chances = random.uniforms(total);
  const T = zeros(1, total);
  for (let t = 0; t < total; t++) {
    const angle = (speed * t * Math.PI) / 180;
    const side = cos(angle) * X.data[t] + sin(angle) * X.data[total + t];
    T.data[t] = chances[t] < (side > 0 ? 0.95 : 0.05) ? 1 : 0;
  }
  return { X, T };
}
