import { relu } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { accuracy, meanLoss } from "../evaluation";
import { heNormal, xavierNormal } from "../initializers";
import { linearDefaults } from "../initializers/torch";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { sgd } from "../optimizers";
import { pytorchSgd } from "../optimizers/pytorch-sgd";
import { randomState } from "../random";
import { fixedOrder, shuffled, sortedBy } from "../samplers";
import { constant } from "../schedules";
import { stepDecay } from "../schedules/step-decay";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { guarded, trainByEpoch } from "./train-by-epoch";

const samples = 2000;
const batchSize = 128;
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

const settings = {
  learningRate: numberSetting(1e-2, "Learning rate α of the first epochs.", { min: 0 }),
  momentum: numberSetting(0.9, "Momentum γ; 0 for none.", { min: 0, below: 1 }),
  momentumForm: choiceSetting(
    ["notes", "pytorch"],
    "notes",
    "notes: v ← γ v − α ∇E, θ ← θ + v; pytorch: b ← γ b + ∇E, θ ← θ − α b. The same until α changes.",
  ),
  decayEvery: wholeSetting(10, "Epochs after which the learning rate falls; 0 for never.", { min: 0 }),
  decayFactor: numberSetting(0.5, "What it is then multiplied by.", { above: 0, max: 1 }),
  order: choiceSetting(
    ["shuffled", "fixed", "sorted"],
    "shuffled",
    "shuffled: anew in each epoch; fixed: mixed once, the same in each epoch; sorted: the inner ring first, as the note's script stores them.",
  ),
  initializer: choiceSetting(
    ["he", "xavier", "pytorch"],
    "he",
    "Weights of the hidden layers: N(0, 2/fanIn), N(0, 2/(fanIn + fanOut)), or what nn.Linear starts from.",
  ),
  epochs: wholeSetting(30, "Epochs of training.", { min: 1 }),
};

const initializers = {
  he: heNormal(),
  xavier: xavierNormal,
  pytorch: linearDefaults(1).weights,
};

/** What nn.Linear starts its biases from stays in all layers, as in the note's script. */
const layer = (inputs: number, outputs: number, weights: keyof typeof initializers) =>
  dense(inputs, outputs, { weights: initializers[weights], bias: linearDefaults(inputs).bias });

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
  settings,
  columns,
  index: ["epoch"],
  async run({ learningRate, momentum, momentumForm, decayEvery, decayFactor, ...rest }, seed, options) {
    const random = randomState(seed);
    const { X: points, labels } = rings(random.stream("data"), { samples, noise: 0.1 });
    const { X } = standardise(points);
    const T = oneHot(labels, 2);
    const network = serial(
      layer(2, 32, rest.initializer),
      elementwise(relu),
      layer(32, 16, rest.initializer),
      elementwise(relu),
      layer(16, 2, "xavier"),
    );
    const batches = Math.ceil(samples / batchSize);
    const schedule =
      decayEvery === 0
        ? constant(learningRate)
        : stepDecay(learningRate, { every: decayEvery * batches, factor: decayFactor });
    const samplers = {
      shuffled: () => shuffled(samples, batchSize),
      fixed: () => fixedOrder(samples, batchSize),
      sorted: () => sortedBy(labels, batchSize),
    };
    const training = {
      layer: network,
      loss: softmaxCrossEntropy,
      optimizer: momentumForm === "notes" ? sgd(schedule, { momentum }) : pytorchSgd(schedule, { momentum }),
      params: network.init(random.stream("weights")),
      X,
      T,
      epochs: rest.epochs,
      sampler: samplers[rest.order](),
      random: random.stream("order"),
    };
    return trainByEpoch(
      columns,
      training,
      ({ loss: meanBatchLoss, lastBatchLoss, params }) => ({
        meanBatchLoss,
        lastBatchLoss,
        loss: meanLoss(network, crossEntropy, params, X, T),
        accuracy: accuracy(network, params, X, labels),
      }),
      options,
    );
  },
});
