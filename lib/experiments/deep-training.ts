import { accuracy } from "../evaluation";
import { softmaxCrossEntropy } from "../losses";
import { adam, sgd } from "../optimizers";
import { randomState } from "../random";
import { deepNetwork, deepSettings, digits } from "./digit-networks";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { trainByEpoch } from "./train-by-epoch";

const settings = {
  ...deepSettings,
  optimizer: choiceSetting(["sgd", "adam"], "sgd", "Rule of the steps; sgd is without momentum."),
  learningRate: numberSetting(0.1, "Learning rate.", { min: 0 }),
  batchSize: wholeSetting(50, "Images in a mini-batch.", { min: 2 }),
  epochs: wholeSetting(5, "Epochs of training.", { min: 1 }),
  trainingSize: wholeSetting(2000, "Training images, chosen by the seed.", { min: 2, max: 60000 }),
  testSize: wholeSetting(1000, "Test images, the first of the file.", { min: 1, max: 10000 }),
  precision: choiceSetting(["float32", "float64"], "float32", "Of all numbers of the training."),
};

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  meanBatchLoss: {
    unit: "nats",
    doc: "Mean over the epoch's images of their batches' losses, before each step.",
  },
  testAccuracy: { unit: "1", doc: "Share of the test images that are read right after the epoch." },
};

/**
 * Training of the deep networks of deep-gradients, epoch by epoch. First weights, images and their order
 * come from three streams of the seed.
 * Source: the remedies of note 001 against vanishing gradients.
 * @example
 * const small = { depth: 2, activation: "relu", initializer: "he", trainingSize: 300, testSize: 100, epochs: 2 }
 * const rows = await deepTraining.run(small, 0)
 * rows[1].meanBatchLoss < rows[0].meanBatchLoss // true
 */
export const deepTraining = defineExperiment({
  name: "deep-training",
  description: "Digits by deep networks: what lets them learn at all.",
  settings,
  columns,
  index: ["epoch"],
  files: ["mnist.json"],
  async run(all, seed, runOptions) {
    const { optimizer, learningRate, batchSize, epochs, trainingSize, testSize, precision, ...given } = all;
    const random = randomState(seed);
    const chosen = random.stream("samples").permutation(60000).slice(0, trainingSize);
    const { X, T } = digits("train", chosen, precision);
    const first = Int32Array.from({ length: testSize }, (_, i) => i);
    const test = digits("test", first, precision);
    const layer = deepNetwork(given, precision);
    return trainByEpoch(
      columns,
      {
        layer,
        loss: softmaxCrossEntropy,
        optimizer: { sgd, adam }[optimizer](learningRate),
        params: layer.init(random.stream("weights")),
        X,
        T,
        batchSize,
        epochs,
        random: random.stream("order"),
      },
      ({ loss: meanBatchLoss, params }) => ({
        meanBatchLoss,
        testAccuracy: accuracy(layer, params, test.X, test.labels),
      }),
      runOptions,
    );
  },
});
