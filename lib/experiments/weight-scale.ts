import { relu, softmax } from "../activations";
import { accuracy, meanLoss } from "../evaluation";
import { heNormal, type Initializer, xavierNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { layerNorm } from "../layers/layer-norm";
import { softmaxCrossEntropy } from "../losses";
import type { Matrix, Precision } from "../matrix";
import { scale } from "../matrix";
import { takeColumns } from "../matrix-entries";
import { randomState } from "../random";
import { train } from "../training";
import { completeSettings, defineExperiment } from "./experiment";
import { mnistSettings, mnistTraining } from "./mnist-training";
import { choiceSetting, numberSetting, sizesOf, sizesSetting, wholeSetting } from "./settings";
import { Diverged, guarded } from "./train-by-epoch";

const precision: Precision = "float32";
/** Images on which the network is watched before its first step. */
const watched = 500;

const settings = {
  normalization: choiceSetting(
    ["none", "batch", "layer"],
    "none",
    "What stands between each hidden layer's sums and its ReLU.",
  ),
  factor: numberSetting(1, "Factor on the first weights of the hidden layers, which are He's.", { above: 0 }),
  outputFactor: numberSetting(1, "Factor on the first weights of the output layer, which are Xavier's.", {
    above: 0,
  }),
  hidden: sizesSetting("64x6", "Hidden units, layer by layer."),
  learningRate: numberSetting(0.1, "Learning rate η of plain gradient descent.", { min: 0 }),
  batchSize: wholeSetting(50, "Images in a mini-batch.", { min: 2 }),
  epochs: wholeSetting(3, "Epochs of training.", { min: 1 }),
  trainingSize: wholeSetting(2000, "Training images, chosen by the seed.", { min: watched, max: 60000 }),
  testSize: wholeSetting(1000, "Test images, the first of the file.", { min: 1, max: 10000 }),
};

const columns = {
  firstLoss: { unit: "nats", doc: "Mean loss of the first 500 training images before the first step." },
  saturated: {
    unit: "1",
    doc: "Share of them whose largest probability is then above 0.9.",
  },
  earlyLoss: {
    unit: "nats",
    doc: "Mean of the batches' losses in the first epoch; NaN if it diverged in it.",
  },
  testLoss: { unit: "nats", doc: "Mean loss of the test images at the end; NaN if it diverged." },
  testAccuracy: {
    unit: "1",
    doc: "Share of the test images that are read right at the end; NaN if it diverged.",
  },
};

/**
 * What a factor on the first weights does to a training on MNIST, with and without normalization: ReLU, biases 0, plain
 * gradient descent. The draws are those of mnist-mlp, and the same for every factor.
 * Source: note 004, "Training techniques", section 1, on normalization and on the output layer.
 * @example
 * const small = { hidden: "16", trainingSize: 500, testSize: 100, epochs: 1 }
 * const [{ firstLoss }] = await weightScale.run({ ...small, outputFactor: 1e-6 }, 0)
 * firstLoss // ≈ 2.302585
 */
export const weightScale = defineExperiment({
  name: "weight-scale",
  description: "Digits by a deep network whose first weights are too small or too large, with normalization.",
  settings,
  columns,
  index: [],
  files: ["mnist.json"],
  async run({ normalization, factor, outputFactor, hidden, ...given }, seed, { signal, onProgress }) {
    const images = { ...given, hidden, optimizer: "sgd", momentum: 0, precision };
    const ofImages = completeSettings({ name: "weight-scale", settings: mnistSettings }, images);
    const { options, test } = mnistTraining(ofImages, seed);
    const layer = networkOf(normalization, sizesOf(hidden), times(heNormal(), factor), outputFactor);
    const start = layer.init(randomState(seed).stream("weights"));
    const probe = [options.X, options.T].map((M) =>
      takeColumns(
        M,
        Array.from({ length: watched }, (_, k) => k),
      ),
    );
    const { output } = layer.forward(start, probe[0]);
    const firstLoss = softmaxCrossEntropy.forward(output, probe[1]).loss;
    const row = { firstLoss, saturated: shareAbove(softmax(output), 0.9) };
    let earlyLoss = Number.NaN;
    try {
      const { params } = await train({
        ...options,
        layer,
        params: start,
        loss: guarded(softmaxCrossEntropy),
        signal,
        onBatch: ({ epoch, batch, batches }) => onProgress?.((epoch - 1 + batch / batches) / given.epochs),
        onEpoch: ({ epoch, loss }) => {
          if (epoch === 1) earlyLoss = loss;
        },
      });
      // guarded too: the last step may have left the finite numbers
      const testLoss = meanLoss(layer, guarded(softmaxCrossEntropy), params, test.X, test.T);
      return [{ ...row, earlyLoss, testLoss, testAccuracy: accuracy(layer, params, test.X, test.labels) }];
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      return [{ ...row, earlyLoss, testLoss: Number.NaN, testAccuracy: Number.NaN }];
    }
  },
});

const times =
  (initializer: Initializer, factor: number): Initializer =>
  (...draw) =>
    scale(initializer(...draw), factor);

function networkOf(normalization: string, sizes: number[], hidden: Initializer, outputFactor: number): Layer {
  const layers: Layer[] = [];
  const add = (layer: unknown) => layers.push(layer as Layer);
  let inputs = 28 * 28;
  for (const units of sizes) {
    add(dense(inputs, units, { weights: hidden, precision }));
    if (normalization === "batch") add(batchNorm(units, { precision }));
    if (normalization === "layer") add(layerNorm(units, { precision }));
    add(elementwise(relu));
    inputs = units;
  }
  add(dense(inputs, 10, { weights: times(xavierNormal, outputFactor), precision }));
  return serial(...layers) as unknown as Layer;
}

/** The share of columns with an entry above the bound. */
function shareAbove({ rows, cols, data }: Matrix, bound: number): number {
  let above = 0;
  for (let j = 0; j < cols; j++)
    if (Array.from({ length: rows }, (_, i) => data[i * cols + j]).some((p) => p > bound)) above += 1;
  return above / cols;
}
