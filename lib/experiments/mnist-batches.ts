import { softmaxCrossEntropy } from "../losses";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { mnistSettings, mnistTraining } from "./mnist-training";
import { Diverged, guarded } from "./train-by-epoch";

const columns = {
  step: { unit: "1", doc: "Steps of the optimizer, counted from 1 through all epochs." },
  loss: { unit: "nats", doc: "Mean loss of the step's batch, before the step; NaN once it has diverged." },
};

/**
 * How a training on MNIST begins, batch by batch: the networks of mnist-mlp, with the same settings and draws.
 * Source: note 004, "Training techniques", section 6, example 2, which asks how steady the beginning is.
 * @example
 * const rows = await mnistBatches.run({ hidden: "16", trainingSize: 300, batchSize: 100, epochs: 1 }, 0)
 * rows.map(({ step }) => step) // [1, 2, 3]
 */
export const mnistBatches = defineExperiment({
  name: "mnist-batches",
  description: "Digits by dense layers: the loss of every batch.",
  settings: mnistSettings,
  columns,
  index: ["step"],
  files: ["mnist.json"],
  async run(settings, seed, { signal, onProgress }) {
    const { options, observe } = mnistTraining(settings, seed);
    const steps = settings.epochs * Math.ceil(settings.trainingSize / settings.batchSize);
    const losses: number[] = [];
    try {
      await train({
        ...options,
        loss: guarded(softmaxCrossEntropy),
        signal,
        onBatch({ loss }) {
          losses.push(loss);
          onProgress?.(losses.length / steps);
        },
        onEpoch: ({ loss }) => observe(loss),
      });
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
    }
    return Array.from({ length: steps }, (_, k) => ({ step: k + 1, loss: losses[k] ?? Number.NaN }));
  },
});
