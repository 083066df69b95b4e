import { leakyRelu, relu, tanh } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { heNormal, xavierNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { type Loss, oneHot, softmaxCrossEntropy } from "../losses";
import { softmaxMeanSquaredError } from "../losses/output-activation";
import { adam, type Optimizer, sgd } from "../optimizers";
import { randomState } from "../random";
import { fixedOrder, shuffled, sortedBy } from "../samplers";
import { linearWarmUp } from "../schedules/warm-up";
import { raceSchedules } from "./digit-schedules";
import { choiceSetting, numberSetting, sizesOf, sizesSetting, wholeSetting } from "./settings";

const [trainingSize, testSize, noise] = [1000, 500, 0.2];
const activations = { relu, "leaky relu": leakyRelu(), tanh };
const weights = { he: heNormal(), xavier: xavierNormal };
const losses: Record<string, Loss> = {
  "cross-entropy": softmaxCrossEntropy,
  "squared error": softmaxMeanSquaredError,
};

/** What a training of the experiment symptoms can be told. */
export const symptomsSettings = {
  labelShift: wholeSetting(0, "Points by which the labels lag behind; the last ones come first.", {
    min: 0,
    max: trainingSize - 1,
  }),
  order: choiceSetting(
    ["shuffled", "fixed", "sorted"],
    "shuffled",
    "shuffled: anew in each epoch; fixed: mixed once, the same in each epoch; sorted: class 0 first.",
  ),
  hidden: sizesSetting("32-16", "Hidden units, layer by layer."),
  activation: choiceSetting(["relu", "leaky relu", "tanh"], "relu", "Of the hidden units; leaky: α = 0.01."),
  initializer: choiceSetting(
    ["he", "xavier"],
    "he",
    "Of the hidden units' weights; the output's are Xavier's.",
  ),
  lossFunction: choiceSetting(["cross-entropy", "squared error"], "cross-entropy", "Behind the softmax."),
  optimizer: choiceSetting(["sgd", "adam"], "sgd", "Rule of the steps."),
  momentum: numberSetting(0, "Momentum γ of sgd: v ← γ v − α ∇E, θ ← θ + v.", { min: 0, below: 1 }),
  learningRate: numberSetting(0.1, "Learning rate α, the largest of the schedule.", { min: 0 }),
  schedule: choiceSetting(
    ["constant", "step", "cosine", "plateau"],
    "constant",
    "The schedules of raceSchedules, over all steps; plateau watches the training loss.",
  ),
  warmUp: wholeSetting(0, "Steps in which the rate rises in a straight line to the schedule's.", { min: 0 }),
  batchSize: wholeSetting(32, "Points in a mini-batch.", { min: 1 }),
  epochs: wholeSetting(30, "Epochs of training.", { min: 1 }),
};

/** Values of these settings. */
export type SymptomsSettings = {
  readonly [K in keyof typeof symptomsSettings]: (typeof symptomsSettings)[K]["default"];
};

/**
 * Data, network and training of the experiment symptoms: 1000 points of two rings with noise 0.2, standardised; the
 * labels given to them; a network with softmax. Data, test points, weights and order come from four streams of the seed.
 * @returns `training`, which `train` takes, the number of its `batches` in an epoch, the `labels` as given, `test` points with their own labels, and `observe`,
 * which tells the schedule the training loss of an epoch
 * @example
 * import { completeSettings } from "./experiment"
 * const settings = completeSettings({ name: "symptoms", settings: symptomsSettings }, { labelShift: 1 })
 * const { training, labels } = symptomsTraining(settings, 0)
 * [training.X.cols, training.T.data[labels[1] * 1000 + 1]] // [1000, 1]
 */
export function symptomsTraining(settings: SymptomsSettings, seed: number) {
  const { labelShift, learningRate, momentum, batchSize, epochs, warmUp } = settings;
  const random = randomState(seed);
  const own = rings(random.stream("data"), { samples: trainingSize, noise });
  const test = rings(random.stream("test"), { samples: testSize, noise });
  const { X, apply } = standardise(own.X);
  const labels = own.labels.map((_, j) => own.labels[(j + trainingSize - labelShift) % trainingSize]);
  const samplers = {
    shuffled: () => shuffled(trainingSize, batchSize),
    fixed: () => fixedOrder(trainingSize, batchSize),
    sorted: () => sortedBy(labels, batchSize),
  };
  const batches = Math.ceil(trainingSize / batchSize);
  const steps = epochs * batches;
  const { schedule: plain, observe } = raceSchedules(settings.schedule, learningRate, steps);
  const schedule = warmUp === 0 ? plain : linearWarmUp(plain, { steps: warmUp });
  const layer = network(settings);
  const training = {
    layer,
    loss: losses[settings.lossFunction],
    optimizer: (settings.optimizer === "adam" ? adam(schedule) : sgd(schedule, { momentum })) as Optimizer,
    params: layer.init(random.stream("weights")),
    X,
    T: oneHot(labels, 2),
    epochs,
    sampler: samplers[settings.order](),
    random: random.stream("order"),
  };
  return { training, batches, labels, test: { X: apply(test.X), labels: test.labels }, observe };
}

/** Hidden layers with their activation, and an output of two classes. */
function network({ hidden, activation, initializer }: SymptomsSettings): Layer {
  const sizes = [2, ...sizesOf(hidden)];
  const layers = sizes
    .slice(1)
    .flatMap((size, l) => [
      dense(sizes[l], size, { weights: weights[initializer] }),
      elementwise(activations[activation]),
    ]);
  const output = dense(sizes[sizes.length - 1], 2, { weights: xavierNormal });
  return serial(...([...layers, output] as unknown as Layer[])) as unknown as Layer;
}
