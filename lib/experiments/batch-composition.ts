import { addScaled } from "../diagnostics/tree";
import { meanLoss } from "../evaluation";
import { exp, log } from "../kernels/functions";
import { dense } from "../layers";
import { sigmoidBinaryCrossEntropy } from "../losses";
import { column, fromData, matrix, zeros } from "../matrix";
import { takeColumns } from "../matrix-entries";
import { gradientNorm as norm } from "../optimizers/gradient-norm";
import { randomState } from "../random";
import { type Sampler, shuffled, sortedBy } from "../samplers";
import { bucketed } from "../samplers/bucketed";
import { stratified } from "../samplers/stratified";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  order: choiceSetting(
    ["shuffled", "stratified", "bucketed", "by length"],
    "shuffled",
    "shuffled: anew in each epoch; stratified: each batch with the classes' shares; bucketed: ten buckets of similar length, shuffled within; by length: sorted, the same in each epoch.",
  ),
  share: numberSetting(0.05, "Share π of class 1.", { above: 0, below: 1 }),
  samples: wholeSetting(400, "Samples to learn from.", { min: 20 }),
  batchSize: wholeSetting(20, "Samples in a mini-batch.", { min: 1 }),
  learningRate: numberSetting(0.3, "Learning rate η of plain gradient descent.", { min: 0 }),
  epochs: wholeSetting(30, "Epochs, each in an order of its own.", { min: 5 }),
};

const columns = {
  shareVariance: { unit: "1", doc: "Mean over the batches of (share of class 1 in the batch − π)²." },
  withoutRare: { unit: "1", doc: "Share of the batches without a sample of class 1." },
  startVariance: {
    unit: "1",
    doc: "Mean over the batches of ‖gₖ − G‖² at w = 0, b = 0, where training starts.",
  },
  bestVariance: {
    unit: "1",
    doc: "The same at the unit that is right: w = (√2, √2), b = log(π/(1 − π)) − 2.",
  },
  padding: { unit: "1", doc: "Share of padding if each sequence is filled up to the longest of its batch." },
  loss: { unit: "nats", doc: "Mean loss of all samples after training, over the last five epochs' ends." },
};

const buckets = 10;

/**
 * What batches are made of, and what a unit learns from them: normal points with covariance I around 0 and, the share π
 * in class 1, around (√2, √2), each with a sequence's length 1 + ⌊exp(3 + u/2)⌋ with u = 0.8 x₁ + 0.6 n, so that
 * length and input are related. A sigmoid unit learns the classes from 0 by plain gradient descent.
 * Source: note 004, "Training techniques", section 3: stratified sampling and buckets of equal length.
 * @example
 * const [mixed] = await batchComposition.run({}, 0)
 * const [dealt] = await batchComposition.run({ order: "stratified" }, 0)
 * [mixed.withoutRare > 0.2, dealt.withoutRare, dealt.shareVariance] // [true, 0, 0]
 */
export const batchComposition = defineExperiment({
  name: "batch-composition",
  description: "A rare class and sequences of different length: what is in a batch, and what it costs.",
  settings,
  columns,
  index: [],
  async run({ order, share, samples, batchSize, learningRate, epochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { X, T, labels, lengths } = sequences(random.stream("data"), samples, share);
    const samplers: { readonly [name in typeof order]: () => Sampler } = {
      shuffled: () => shuffled(samples, batchSize),
      stratified: () => stratified(labels, batchSize),
      bucketed: () => bucketed(lengths, batchSize, buckets),
      "by length": () => sortedBy(lengths, batchSize),
    };
    const sampler = samplers[order]();
    const draws = random.stream("order");
    const unit = dense(2, 1);
    const gradient = (params: { weights: typeof X; bias: typeof X }, batch?: Int32Array) => {
      const [A, targets] = batch ? [takeColumns(X, batch), takeColumns(T, batch)] : [X, T];
      const { output, cache } = unit.forward(params, A);
      const { cache: ofLoss } = sigmoidBinaryCrossEntropy.forward(output, targets);
      return unit.backward(params, cache, sigmoidBinaryCrossEntropy.backward(ofLoss)).gradients;
    };
    const pi = labels.reduce((sum, label) => sum + label, 0) / samples;
    const start = { weights: zeros(1, 2), bias: zeros(1, 1) };
    const best = { weights: matrix([[Math.SQRT2, Math.SQRT2]]), bias: column([log(pi / (1 - pi)) - 2]) };
    const [fromStart, fromBest] = [start, best].map((point) => {
      const full = gradient(point);
      return (batch: Int32Array) => {
        const distance = norm(addScaled(gradient(point, batch), -1, full));
        return distance * distance;
      };
    });
    let params = start;
    let [count, shareVariance, withoutRare, startVariance, bestVariance] = [0, 0, 0, 0, 0];
    let [filled, padded, loss] = [0, 0, 0];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      signal?.throwIfAborted();
      for (const batch of sampler(epoch, draws)) {
        const rare = batch.reduce((sum, j) => sum + labels[j], 0);
        const longest = batch.reduce((most, j) => Math.max(most, lengths[j]), 0);
        count += 1;
        const off = rare / batch.length - pi;
        shareVariance += off * off;
        withoutRare += rare === 0 ? 1 : 0;
        startVariance += fromStart(batch);
        bestVariance += fromBest(batch);
        filled += longest * batch.length;
        padded += longest * batch.length - batch.reduce((sum, j) => sum + lengths[j], 0);
        params = addScaled(params, -learningRate, gradient(params, batch));
      }
      if (epoch > epochs - 5) loss += meanLoss(unit, sigmoidBinaryCrossEntropy, params, X, T) / 5;
      onProgress?.(epoch / epochs);
    }
    return [
      {
        shareVariance: shareVariance / count,
        withoutRare: withoutRare / count,
        startVariance: startVariance / count,
        bestVariance: bestVariance / count,
        padding: padded / filled,
        loss,
      },
    ];
  },
});

/** The points, those of class 1 first, with their lengths. */
function sequences(random: ReturnType<typeof randomState>, samples: number, share: number) {
  const X = fromData(2, samples, random.normals(2 * samples));
  const noise = random.normals(samples);
  const labels = Int32Array.from({ length: samples }, (_, j) => (j < Math.round(share * samples) ? 1 : 0));
  for (let k = 0; k < X.data.length; k++) X.data[k] += labels[k % samples] * Math.SQRT2;
  const lengths = Float64Array.from(
    noise,
    (n, j) => 1 + Math.floor(exp(3 + (0.8 * X.data[j] + 0.6 * n) / 2)),
  );
  return { X, T: fromData(1, samples, Float64Array.from(labels)), labels, lengths };
}
