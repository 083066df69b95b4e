import { type Activation, leakyRelu, relu, sigmoid, tanh } from "../activations";
import { elu } from "../activations/elu";
import { gelu } from "../activations/gelu";
import { shifted } from "../activations/shifted";
import { mnist } from "../datasets/mnist";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { biasShift } from "../diagnostics/bias-shift";
import { type TraceStep, trace } from "../diagnostics/trace";
import { meanLoss } from "../evaluation";
import { heNormal, type Initializer, xavierNormal } from "../initializers";
import { log } from "../kernels/functions";
import type { Layer } from "../layer";
import { type DenseParams, dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { sgd } from "../optimizers";
import type { Params } from "../params";
import { type Random, randomState } from "../random";
import { train } from "../training";
import { defineExperiment, type RunOptions } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { quartered } from "./small-digits";
import { Diverged, guarded } from "./train-by-epoch";

/** Each with the initializer that its literature gives it. */
const activations: { readonly [name: string]: readonly [Activation, Initializer] } = {
  sigmoid: [sigmoid, xavierNormal],
  "centred sigmoid": [shifted(sigmoid, -0.5), xavierNormal],
  tanh: [tanh, xavierNormal],
  "raised tanh": [shifted(tanh, 1), xavierNormal],
  relu: [relu, heNormal()],
  "leaky relu": [leakyRelu(), heNormal(0.01)],
  elu: [elu(), heNormal()],
  gelu: [gelu, heNormal()],
};

const settings = {
  data: choiceSetting(
    ["rings", "digits"],
    "rings",
    "rings: 1000 points of note 004's two rings, network 2-32-16-2; digits: 500 images of MNIST at half their width and height, 196-64-32-10.",
  ),
  activation: choiceSetting(Object.keys(activations), "sigmoid", "Activation of both hidden layers."),
  learningRate: numberSetting(0.3, "Learning rate of plain gradient descent.", { above: 0 }),
  threshold: numberSetting(0.1, "Mean cross-entropy over all samples that is to be reached, in nats.", {
    above: 0,
  }),
  epochs: wholeSetting(60, "Epochs after which a run ends in any case.", { min: 1 }),
};

const columns = {
  epochsNeeded: {
    unit: "epochs",
    doc: "Epochs until the loss falls below the threshold, interpolated in its logarithm; else all of them.",
  },
  reached: { unit: "1", doc: "1 if it fell below the threshold, 0 if it did not or diverged." },
  biasShift: {
    unit: "1",
    doc: "Share of what the first full-batch step of the second layer's weights does that is common to all samples.",
  },
  zeros: { unit: "1", doc: "Share of the hidden activations that are 0 after the last finite epoch." },
  silent: {
    unit: "1",
    doc: "Share of the hidden units whose pre-activation is then negative for all samples.",
  },
};

const batchSize = 32;

/**
 * How fast a network with two hidden layers of one activation learns: epochs of plain gradient descent, in shuffled
 * batches of 32, until the mean loss over all samples is small. The sigmoid and the centred one have the same slope
 * everywhere, as have tanh and the raised one: what differs is the mean of what the next layer gets.
 * Source: note 002, "common activations"; note 004, "What is an MLP", section 3.
 * @example
 * const [{ reached, epochsNeeded }] = await activationSpeed.run({ activation: "tanh" }, 0)
 * reached // 1
 * epochsNeeded < 10 // true
 */
export const activationSpeed = defineExperiment({
  name: "activation-speed",
  description: "Epochs until a small network with this activation has learned its samples.",
  settings,
  columns,
  index: [],
  files: ["mnist.json"],
  async run({ data, activation, learningRate, threshold, epochs }, seed, options) {
    const random = randomState(seed);
    const { X, labels, sizes } = data === "rings" ? points(random) : images(random);
    const T = oneHot(labels, sizes[3]);
    const [φ, weights] = activations[activation];
    const layer = (k: number, weights: Initializer) => dense(sizes[k], sizes[k + 1], { weights });
    const hidden = (k: number) => [layer(k, weights), elementwise(φ)] as const;
    const network = serial(...hidden(0), ...hidden(1), layer(2, xavierNormal));
    const params = network.init(random.stream("weights"));
    const { output, cache } = network.forward(params, X);
    const start = softmaxCrossEntropy.forward(output, T);
    const { gradients } = network.backward(params, cache, softmaxCrossEntropy.backward(start.cache));
    const { weights: dW2 } = gradients[2] as DenseParams;
    const shift = biasShift(dW2, trace(network, params, X).steps[1].output);
    const training = { learningRate, threshold, epochs, order: random.stream("order") };
    const { last, ...found } = await epochsUntil(network, params, X, T, training, options);
    const ends = trace(network, last, X).steps.filter(
      ({ layer }) => layer.description.kind === "elementwise",
    );
    return [{ ...found, biasShift: shift, zeros: zerosOf(ends), silent: silentOf(ends) }];
  },
});

function points(random: Random) {
  const { X, labels } = rings(random.stream("data"), { samples: 1000, noise: 0.1 });
  return { X: standardise(X).X, labels, sizes: [2, 32, 16, 2] };
}

function images(random: Random) {
  const { train } = mnist();
  const chosen = random.stream("data").choice(train.count, 500, false);
  const labels = Int32Array.from(chosen, (k) => train.labels[k]);
  return { X: quartered(train.takeBatch(chosen)), labels, sizes: [196, 64, 32, 10] };
}

const numberOf = (ends: readonly TraceStep[], of: (step: TraceStep) => number) =>
  ends.reduce((sum, step) => sum + of(step), 0);

/** The share of activations that are 0. */
const zerosOf = (ends: readonly TraceStep[]) =>
  numberOf(ends, ({ output }) => Array.from(output.data).filter((a) => a === 0).length) /
  numberOf(ends, ({ output }) => output.data.length);

/** The share of units whose pre-activations are all negative. */
const silentOf = (ends: readonly TraceStep[]) =>
  numberOf(ends, ({ input: { rows, cols, data } }) => {
    let silent = 0;
    for (let i = 0; i < rows; i++)
      if (data.subarray(i * cols, (i + 1) * cols).every((z) => z < 0)) silent += 1;
    return silent;
  }) / numberOf(ends, ({ input }) => input.rows);

/** Trains until the loss over all samples is below the threshold, or for all epochs, or until it diverges. */
async function epochsUntil<P extends Params>(
  layer: Layer<P>,
  params: P,
  X: Matrix,
  T: Matrix,
  settings: { learningRate: number; threshold: number; epochs: number; order: Random },
  { signal, onProgress }: RunOptions,
): Promise<{ epochsNeeded: number; reached: number; last: P }> {
  const { learningRate, threshold, epochs, order } = settings;
  const loss = guarded(softmaxCrossEntropy);
  const done = new AbortController();
  let before = meanLoss(layer, loss, params, X, T);
  let found = { epochsNeeded: epochs, reached: 0, last: params };
  try {
    await train({
      layer,
      loss,
      optimizer: sgd(learningRate),
      params,
      X,
      T,
      epochs,
      batchSize,
      random: order,
      signal: AbortSignal.any([done.signal, ...(signal ? [signal] : [])]),
      onEpoch({ epoch, params }) {
        const now = meanLoss(layer, loss, params, X, T);
        found.last = params;
        if (now < threshold) {
          const part = (log(before) - log(threshold)) / (log(before) - log(now));
          found = { epochsNeeded: epoch - 1 + Math.max(0, part), reached: 1, last: params };
          done.abort(new Diverged("it is learned"));
        }
        before = now;
        onProgress?.(epoch / epochs);
      },
    });
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
  }
  return found;
}
