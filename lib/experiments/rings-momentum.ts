import { accuracy, meanLoss } from "../evaluation";
import { softmaxCrossEntropy } from "../losses";
import { defineExperiment } from "./experiment";
import { ringsSettings, ringsTraining } from "./rings-training";
import { guarded, trainByEpoch } from "./train-by-epoch";

const crossEntropy = guarded(softmaxCrossEntropy);

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  meanBatchLoss: {
    unit: "nats",
    doc: "Mean over the epoch's samples of their batches' losses, before each step.",
  },
  lastBatchLoss: {
    unit: "nats",
    doc: "Loss of the epoch's last batch before its step, which the note prints.",
  },
  loss: { unit: "nats", doc: "Mean loss of all samples after the epoch." },
  accuracy: { unit: "1", doc: "Share of all samples that are classified right after the epoch." },
};

/**
 * Note 004's example 1: two rings of 1000 points each, standardised, a network 2-32-16-2 with ReLU, softmax and
 * cross-entropy, 30 epochs in batches of 128. Its configurations are
 *
 *     A   { learningRate: 1e-2, momentum: 0, decayEvery: 0 }
 *     B   { learningRate: 5e-3, momentum: 0.9, decayEvery: 0 }
 *     C   { learningRate: 1e-2, momentum: 0.9, decayEvery: 10 }
 *
 * The note's script seeds nothing; here data, weights and order come from three streams of the seed, in float64.
 * Source: note 004, "Training techniques", section 6, example 1.
 * @example
 * const rows = await ringsMomentum.run({ epochs: 2 }, 0)
 * rows.map(({ epoch }) => epoch) // [1, 2]
 * rows[1].accuracy > rows[0].accuracy // true
 */
export const ringsMomentum = defineExperiment({
  name: "rings-momentum",
  description:
    "Two rings by a small network: learning rate, momentum, halving rate and order of the samples.",
  settings: ringsSettings,
  columns,
  index: ["epoch"],
  async run(settings, seed, options) {
    const { training, labels } = ringsTraining(settings, seed);
    const { layer, X, T } = training;
    return trainByEpoch(
      columns,
      training,
      ({ loss: meanBatchLoss, lastBatchLoss, params }) => ({
        meanBatchLoss,
        lastBatchLoss,
        loss: meanLoss(layer, crossEntropy, params, X, T),
        accuracy: accuracy(layer, params, X, labels),
      }),
      options,
    );
  },
});
