import { accuracy, meanLoss } from "../evaluation";
import { softmaxCrossEntropy } from "../losses";
import { defineExperiment } from "./experiment";
import { mnistSettings, mnistTraining } from "./mnist-training";
import { guarded, trainByEpoch } from "./train-by-epoch";

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  meanBatchLoss: {
    unit: "nats",
    doc: "Mean over the epoch's images of their batches' losses, before each step.",
  },
  testLoss: { unit: "nats", doc: "Mean loss of the test images after the epoch." },
  testAccuracy: { unit: "1", doc: "Share of the test images that are read right after the epoch." },
  rate: { unit: "1", doc: "Learning rate of the epoch's last step." },
};

/**
 * A network of dense layers on MNIST, epoch by epoch: what note 004 compares in its second example, with few images and
 * epochs where many runs are wanted.
 * Source: note 004, "Training techniques", section 6, example 2.
 * @example
 * const small = { hidden: "16", trainingSize: 500, testSize: 100, epochs: 2 }
 * const rows = await mnistMlp.run(small, 0)
 * rows[1].meanBatchLoss < rows[0].meanBatchLoss // true
 */
export const mnistMlp = defineExperiment({
  name: "mnist-mlp",
  description: "Digits by dense layers: initializer, activation, optimizer, learning rate and its schedule.",
  settings: mnistSettings,
  columns,
  index: ["epoch"],
  files: ["mnist.json"],
  async run(settings, seed, runOptions) {
    const { options, schedule, observe, test } = mnistTraining(settings, seed);
    const { layer, X, batchSize } = options;
    const batches = Math.ceil(X.cols / batchSize);
    return trainByEpoch(
      columns,
      options,
      ({ epoch, loss: meanBatchLoss, params }) => {
        const rate = schedule(epoch * batches);
        observe(meanBatchLoss);
        return {
          meanBatchLoss,
          testLoss: meanLoss(layer, guarded(softmaxCrossEntropy), params, test.X, test.T),
          testAccuracy: accuracy(layer, params, test.X, test.labels),
          rate,
        };
      },
      runOptions,
    );
  },
});
