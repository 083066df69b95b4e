import { type Activation, relu, sigmoid, tanh } from "../activations";
import { type MnistSet, mnist } from "../datasets/mnist";
import { heNormal, type Initializer, lecunNormal, xavierNormal, xavierUniform } from "../initializers";
import { normalWithDeviation } from "../initializers/draw";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { oneHot, softmaxCrossEntropy } from "../losses";
import type { Precision } from "../matrix";
import { adam, sgd } from "../optimizers";
import { rmsprop } from "../optimizers/rmsprop";
import { randomState } from "../random";
import { constant, type Schedule } from "../schedules";
import { halveOnPlateau, onPlateau } from "../schedules/plateau";
import { stepDecay } from "../schedules/step-decay";
import { linearWarmUp } from "../schedules/warm-up";
import { choiceSetting, flagSetting, numberSetting, sizesOf, sizesSetting, wholeSetting } from "./settings";

const activations: Readonly<Record<string, Activation>> = { relu, tanh, sigmoid };
const initializers = {
  he: heNormal(),
  xavier: xavierNormal,
  "xavier-uniform": xavierUniform,
  lecun: lecunNormal,
  small: normalWithDeviation(() => 0.01),
} as const satisfies Readonly<Record<string, Initializer>>;

/** The settings of the experiments on MNIST. */
export const mnistSettings = {
  hidden: sizesSetting("256-128", "Hidden units, layer by layer."),
  activation: choiceSetting(["relu", "tanh", "sigmoid"], "relu", "Activation of the hidden units."),
  initializer: choiceSetting(
    Object.keys(initializers) as (keyof typeof initializers)[],
    "he",
    "Weights of the hidden layers; small: N(0, 0.01²). The output layer's are Xavier's normal ones, biases 0.",
  ),
  batchNorm: flagSetting(false, "Whether batches are normalised before each hidden activation."),
  optimizer: choiceSetting(
    ["sgd", "nesterov", "rmsprop", "adam"],
    "adam",
    "Rule of the steps; sgd has momentum too.",
  ),
  learningRate: numberSetting(1e-3, "Learning rate α before the schedule lowers it.", { min: 0 }),
  momentum: numberSetting(0.9, "Momentum γ of sgd and nesterov.", { min: 0, below: 1 }),
  schedule: choiceSetting(
    ["constant", "step", "plateau"],
    "constant",
    "step: halved every decayEvery epochs; plateau: halved once the epoch's mean training loss was not better for more than `patience` epochs.",
  ),
  decayEvery: wholeSetting(2, "Epochs, for the schedule step.", { min: 1 }),
  patience: wholeSetting(1, "Epochs, for the schedule plateau.", { min: 0 }),
  warmUp: wholeSetting(0, "Steps in which the learning rate rises to its value.", { min: 0 }),
  batchSize: wholeSetting(128, "Images in a mini-batch.", { min: 1 }),
  epochs: wholeSetting(8, "Epochs of training.", { min: 1 }),
  trainingSize: wholeSetting(60000, "Training images, chosen by the seed.", { min: 1, max: 60000 }),
  testSize: wholeSetting(10000, "Test images, the first of the file.", { min: 1, max: 10000 }),
  precision: choiceSetting(["float32", "float64"], "float32", "Of all numbers of the training."),
};

type ValueOf<S> = S extends { readonly default: infer T } ? T : never;
type Settings = { readonly [K in keyof typeof mnistSettings]: ValueOf<(typeof mnistSettings)[K]> };

let read: { train: MnistSet; test: MnistSet } | undefined;

/** The images of the indices and their digits. */
function images(set: MnistSet, indices: Int32Array, precision: Precision) {
  const labels = Int32Array.from(indices, (index) => set.labels[index]);
  return { X: set.takeBatch(indices, precision), labels, T: oneHot(labels, 10, precision) };
}

/**
 * What a training on MNIST needs: the network, its first parameters from the seed's stream "weights", training images
 * chosen by "samples", their order by "order"; test images. `observe` is to be told each epoch's mean training loss.
 * @example
 * import { completeSettings } from "./experiment"
 * const settings = completeSettings({ name: "mnist", settings: mnistSettings }, { trainingSize: 5, testSize: 3 })
 * const { options, test } = mnistTraining(settings, 0)
 * [shape(options.X), shape(test.X)] // ["784×5", "784×3"]
 */
export function mnistTraining(settings: Settings, seed: number) {
  read ??= mnist();
  const random = randomState(seed);
  const { precision, trainingSize, testSize, batchSize, epochs } = settings;
  const chosen = random.stream("samples").permutation(read.train.count).slice(0, trainingSize);
  const first = Int32Array.from({ length: testSize }, (_, i) => i);
  const training = images(read.train, chosen, precision);
  const network = mnistNetwork(settings);
  const { schedule, observe } = rates(settings, Math.ceil(trainingSize / batchSize));
  const options = {
    layer: network,
    loss: softmaxCrossEntropy,
    optimizer: optimizerOf(settings, schedule),
    params: network.init(random.stream("weights")),
    X: training.X,
    T: training.T,
    batchSize,
    epochs,
    random: random.stream("order"),
  };
  return { options, schedule, observe, test: images(read.test, first, precision) };
}

function mnistNetwork({
  hidden,
  activation,
  initializer,
  batchNorm: normalised,
  precision,
}: Settings): Layer {
  const sizes = [28 * 28, ...sizesOf(hidden)];
  const layers: Layer[] = [];
  const add = (layer: unknown) => layers.push(layer as Layer);
  for (let l = 1; l < sizes.length; l++) {
    add(dense(sizes[l - 1], sizes[l], { weights: initializers[initializer], precision }));
    if (normalised) add(batchNorm(sizes[l], { precision }));
    add(elementwise(activations[activation]));
  }
  add(dense(sizes[sizes.length - 1], 10, { weights: xavierNormal, precision }));
  return serial(...layers) as unknown as Layer;
}

function rates(
  { learningRate, schedule, decayEvery, patience, warmUp }: Settings,
  batches: number,
): { schedule: Schedule; observe(loss: number): void } {
  const plateau = onPlateau(halveOnPlateau(learningRate, { patience }));
  const plain = {
    constant: constant(learningRate),
    step: stepDecay(learningRate, { every: decayEvery * batches }),
    plateau: plateau.schedule,
  }[schedule];
  return {
    schedule: warmUp === 0 ? plain : linearWarmUp(plain, { steps: warmUp }),
    observe: (loss: number) => void plateau.observe(loss),
  };
}

function optimizerOf({ optimizer, momentum }: Settings, schedule: Schedule) {
  if (optimizer === "adam") return adam(schedule);
  if (optimizer === "rmsprop") return rmsprop(schedule);
  return sgd(schedule, { momentum, nesterov: optimizer === "nesterov" });
}
