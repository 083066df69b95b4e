import { leakyRelu, relu } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { trace } from "../diagnostics/trace";
import { accuracy } from "../evaluation";
import { heNormal } from "../initializers";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { full } from "../matrix-entries";
import { sgd } from "../optimizers";
import { randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { Diverged, guarded } from "./train-by-epoch";

const activations = { relu: relu, "leaky relu": leakyRelu() };

const settings = {
  activation: choiceSetting(
    ["relu", "leaky relu"],
    "relu",
    "Activation of both hidden layers; leaky: α = 0.01.",
  ),
  bias: numberSetting(-4, "First biases of the first hidden layer: far below 0 its units are silent.", {}),
  learningRate: numberSetting(0.3, "Learning rate of plain gradient descent.", { min: 0 }),
  epochs: wholeSetting(60, "Epochs of training.", { min: 0 }),
};

const columns = {
  awakeBefore: {
    unit: "1",
    doc: "Share of the first hidden layer's units whose pre-activation is positive for some sample, before training.",
  },
  awake: { unit: "1", doc: "The same after training; NaN if it diverged." },
  accuracy: { unit: "1", doc: "Share of the samples that are then classified right; NaN if it diverged." },
};

/**
 * Whether training wakes units that are silent for every sample: 1000 points of note 004's two rings, a network
 * 2-32-16-2 whose first biases are far below 0, plain gradient descent in shuffled batches of 32.
 * Source: note 004, "What is an MLP", section 3, on dying ReLUs.
 * @example
 * const [{ awakeBefore, awake }] = await silentUnits.run({ bias: -100, epochs: 2 }, 0)
 * [awakeBefore, awake] // [0, 0]
 */
export const silentUnits = defineExperiment({
  name: "silent-units",
  description: "Hidden units that answer to no sample at first: whether training wakes them.",
  settings,
  columns,
  index: [],
  async run({ activation, bias, learningRate, epochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { X: points, labels } = rings(random.stream("data"), { samples: 1000, noise: 0.1 });
    const { X } = standardise(points);
    const φ = activations[activation];
    const low = { weights: heNormal(), bias: () => full(32, 1, bias) };
    const network = serial(
      dense(2, 32, low),
      elementwise(φ),
      dense(32, 16, { weights: heNormal() }),
      elementwise(φ),
      dense(16, 2),
    );
    const start = network.init(random.stream("weights"));
    const awakeWith = (params: typeof start) => shareAwake(trace(network, params, X).steps[0].output);
    const awakeBefore = awakeWith(start);
    try {
      const { params } = await train({
        layer: network,
        loss: guarded(softmaxCrossEntropy),
        optimizer: sgd(learningRate),
        params: start,
        X,
        T: oneHot(labels, 2),
        epochs,
        batchSize: 32,
        random: random.stream("order"),
        signal,
        onEpoch: ({ epoch }) => onProgress?.(epoch / epochs),
      });
      const right = accuracy(network, params, X, labels);
      return [{ awakeBefore, awake: awakeWith(params), accuracy: right }];
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      return [{ awakeBefore, awake: Number.NaN, accuracy: Number.NaN }];
    }
  },
});

/** The share of rows with a positive entry. */
function shareAwake({ rows, cols, data }: Matrix): number {
  let awake = 0;
  for (let i = 0; i < rows; i++) if (data.subarray(i * cols, (i + 1) * cols).some((z) => z > 0)) awake += 1;
  return awake / rows;
}
