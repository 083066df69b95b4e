import { relu } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { heNormal, xavierNormal } from "../initializers";
import { linearDefaults } from "../initializers/torch";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { sgd } from "../optimizers";
import { pytorchSgd } from "../optimizers/pytorch-sgd";
import { randomState } from "../random";
import { fixedOrder, shuffled, sortedBy } from "../samplers";
import { constant, type Schedule } from "../schedules";
import { piecewise } from "../schedules/piecewise";
import { stepDecay } from "../schedules/step-decay";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const samples = 2000;
const batchSize = 128;
/** The momentum that the notes begin with. */
const firstMomentum = 0.5;

/**
 * Steps of an epoch: 15 batches of 128 samples, and one of the 80 that are left.
 * @example
 * ringsBatches // 16
 */
export const ringsBatches = Math.ceil(samples / batchSize);

/** What a training on the rings can be told. */
export const ringsSettings = {
  learningRate: numberSetting(1e-2, "Learning rate α of the first epochs.", { min: 0 }),
  momentum: numberSetting(0.9, "Momentum γ; 0 for none.", { min: 0, max: 1 }),
  momentumRise: wholeSetting(
    0,
    "Epochs with the momentum 0.5, after which the given one sets in; 0 for the given one from the start.",
    { min: 0 },
  ),
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

/** Values of these settings. */
export type RingsSettings = {
  readonly [K in keyof typeof ringsSettings]: (typeof ringsSettings)[K]["default"];
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
 * Data, network and training of note 004's example 1: two rings of 1000 points each, standardised, a network 2-32-16-2
 * with ReLU, softmax and cross-entropy, in batches of 128. Data, weights and order come from three streams of the seed.
 * @returns `training`, which `train` takes; the labels; the standardisation, which takes other points of the plane to
 * the network's inputs
 * @example
 * import { completeSettings } from "./experiment"
 * const settings = completeSettings({ name: "rings", settings: ringsSettings }, { epochs: 1 })
 * const { training, labels } = ringsTraining(settings, 0)
 * [training.X.rows, training.X.cols, labels.length, training.epochs] // [2, 2000, 2000, 1]
 */
export function ringsTraining(settings: RingsSettings, seed: number) {
  const random = randomState(seed);
  const { X: points, labels } = rings(random.stream("data"), { samples, noise: 0.1 });
  const standardisation = standardise(points);
  const network = serial(
    layer(2, 32, settings.initializer),
    elementwise(relu),
    layer(32, 16, settings.initializer),
    elementwise(relu),
    layer(16, 2, "xavier"),
  );
  const samplers = {
    shuffled: () => shuffled(samples, batchSize),
    fixed: () => fixedOrder(samples, batchSize),
    sorted: () => sortedBy(labels, batchSize),
  };
  const rate = rateOf(settings);
  const momentum = momentumOf(settings);
  const training = {
    layer: network,
    loss: softmaxCrossEntropy,
    optimizer: settings.momentumForm === "notes" ? sgd(rate, { momentum }) : pytorchSgd(rate, { momentum }),
    params: network.init(random.stream("weights")),
    X: standardisation.X,
    T: oneHot(labels, 2),
    epochs: settings.epochs,
    sampler: samplers[settings.order](),
    random: random.stream("order"),
  };
  return { training, labels, standardisation };
}

function rateOf({ learningRate, decayEvery, decayFactor: factor }: RingsSettings): Schedule {
  return decayEvery === 0
    ? constant(learningRate)
    : stepDecay(learningRate, { every: decayEvery * ringsBatches, factor });
}

function momentumOf({ momentum, momentumRise }: RingsSettings): number | Schedule {
  return momentumRise === 0 ? momentum : piecewise([firstMomentum, momentum], [momentumRise * ringsBatches]);
}
