import { addScaled } from "../diagnostics/tree";
import { accuracy, meanLoss } from "../evaluation";
import { softmaxCrossEntropy } from "../losses";
import { takeColumns } from "../matrix-entries";
import type { Params } from "../params";
import { digitOrderSettings, digitSampler, digitTraining } from "./digit-orders";
import { defineExperiment, type Row } from "./experiment";
import { wholeSetting } from "./settings";
import { Diverged, guarded } from "./train-by-epoch";

const crossEntropy = guarded(softmaxCrossEntropy);

/** Rows of the last epoch. */
const parts = 10;

const settings = {
  ...digitOrderSettings,
  epochs: wholeSetting(20, "Epochs of training.", { min: 1 }),
  testSamples: wholeSetting(1000, "Digits to test with.", { min: 1, max: 10_000 }),
};

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done: 1, 2, …, and the tenths of the last." },
  loss: { unit: "nats", doc: "Mean loss of all digits to train with; NaN once it has diverged." },
  lossOfZeros: { unit: "nats", doc: "That of the zeros among them." },
  lossOfNines: { unit: "nats", doc: "That of the nines." },
  testAccuracy: { unit: "1", doc: "Share of the digits to test with that are read right." },
};

/**
 * A small network learns digits that come in some order, by plain gradient descent: how far it gets in the same number
 * of steps, and what it forgets within the last epoch.
 * Source: note 004, "Training techniques", section 3.
 * @example
 * const small = { samples: 60, testSamples: 20, hidden: 4, batchSize: 6, epochs: 2 }
 * const rows = await sampleOrder.run({ ...small, order: "sorted" }, 0)
 * rows.map(({ epoch }) => epoch) // [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]
 */
export const sampleOrder = defineExperiment({
  name: "sample-order",
  description: "Digits by a small network, with the samples in different orders.",
  settings,
  columns,
  index: ["epoch"],
  files: ["mnist.json"],
  async run({ order, learningRate, batchSize, epochs, testSamples, ...given }, seed, options) {
    const {
      layer,
      params: start,
      X,
      T,
      labels,
      test,
      random,
      gradient,
    } = digitTraining(given, testSamples, seed);
    const sampler = digitSampler(order, labels, batchSize);
    const draws = random.stream("order");
    const ofDigit = (digit: number) => {
      const mine = [...labels.keys()].filter((j) => labels[j] === digit);
      return [takeColumns(X, mine), takeColumns(T, mine)] as const;
    };
    const [zeros, nines] = [ofDigit(0), ofDigit(9)];
    const measure = (params: Params) => ({
      loss: meanLoss(layer, crossEntropy, params, X, T),
      lossOfZeros: meanLoss(layer, crossEntropy, params, ...zeros),
      lossOfNines: meanLoss(layer, crossEntropy, params, ...nines),
      testAccuracy: accuracy(layer, params, test.X, test.labels),
    });
    const lost = {
      loss: Number.NaN,
      lossOfZeros: Number.NaN,
      lossOfNines: Number.NaN,
      testAccuracy: Number.NaN,
    };
    const rows: Row<keyof typeof columns>[] = [];
    let params: Params | undefined = start;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      options.signal?.throwIfAborted();
      const batches = sampler(epoch, draws);
      for (let k = 1; k <= batches.length; k++) {
        const before: Params | undefined = params;
        const batch = batches[k - 1];
        params = before && unlessDiverged(() => addScaled(before, -learningRate, gradient(before, batch)));
        for (const at of measuredAfter(k, batches.length, epoch === epochs)) {
          const now = params;
          const measured = now && unlessDiverged(() => measure(now));
          rows.push({ epoch: (parts * (epoch - 1) + at) / parts, ...(measured ?? lost) });
        }
      }
      options.onProgress?.(epoch / epochs);
    }
    return rows;
  },
});

/** What f gives; nothing once the training has left the finite numbers. */
function unlessDiverged<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch (error) {
    if (error instanceof Diverged) return undefined;
    throw error;
  }
}

/** The tenths of an epoch that end with its k-th batch of n: of the last epoch all, of the others the tenth one. */
function measuredAfter(k: number, n: number, last: boolean): number[] {
  const tenths = Array.from({ length: parts }, (_, i) => i + 1).filter(
    (i) => Math.round((i * n) / parts) === k,
  );
  return last ? tenths : tenths.filter((i) => i === parts);
}
