import { relu, tanh } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { accuracy } from "../evaluation";
import { heNormal } from "../initializers";
import { linearDefaults } from "../initializers/torch";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { column, type Matrix } from "../matrix";
import { takeColumns } from "../matrix-entries";
import type { Optimizer } from "../optimizers";
import { flattenParams, type Params } from "../params";
import { type Random, randomState } from "../random";
import { shuffled } from "../samplers";
import { defineExperiment } from "./experiment";
import { optimizerRules } from "./optimizer-rules";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  task: choiceSetting(
    ["rings", "example"],
    "rings",
    "rings: two rings, 2-32-16-2 with ReLU, batches of 128; example: note 003's sample (1, 2) of class 1, 2-2-2 with tanh.",
  ),
  optimizer: choiceSetting(
    ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "amsgrad"],
    "sgd",
    "The rule; γ = 0.9 in both forms of momentum, all else as lib/optimizers has it by default.",
  ),
  learningRate: numberSetting(1e-2, "Learning rate of all steps.", { min: 0 }),
  epochs: wholeSetting(50, "Epochs of training; of the example, which is one sample, steps.", { min: 1 }),
  goal: numberSetting(0.1, "Loss of all samples that is to be reached, in nats.", { above: 0 }),
};

const columns = {
  epochsToGoal: {
    unit: "epochs",
    doc: "Epochs after which the loss of all samples is at the goal or below for the first time; one more than there are if never.",
  },
  earlyRises: {
    unit: "1",
    doc: "Share of the steps of the first tenth of the epochs that raise the loss of all samples; 1 for each after a divergence.",
  },
  reversals: {
    unit: "1",
    doc: "Share of the entries of all parameters whose step points against their step before, mean over the steps.",
  },
  risingEpochs: {
    unit: "epochs",
    doc: "Epochs after which the loss of all samples is higher than after the epoch before, or not finite.",
  },
  distance: { unit: "1", doc: "‖θ − θ₀‖ from the first parameters to the last." },
  finalLoss: { unit: "nats", doc: "Mean loss of all samples at the end." },
  finalAccuracy: { unit: "1", doc: "Share of all samples that are classified right at the end." },
};

/** What a task is made of. */
interface Task {
  readonly network: Layer<Params>;
  readonly params: Params;
  readonly X: Matrix;
  readonly labels: Int32Array;
  /** The batches of an epoch. */
  batches(epoch: number): readonly Int32Array[];
}

/** Data, weights and order come from three streams. */
function prepare(task: "rings" | "example", random: Random): Task {
  if (task === "example") {
    const layer = (n: number, m: number) => dense(n, m, linearDefaults(n));
    const network = serial(layer(2, 2), elementwise(tanh), layer(2, 2));
    const params = network.init(random.stream("weights"));
    return {
      network,
      params,
      X: column([1, 2]),
      labels: Int32Array.of(0),
      batches: () => [Int32Array.of(0)],
    };
  }
  const { X: points, labels } = rings(random.stream("data"), { samples: 2000, noise: 0.1 });
  const layer = (n: number, m: number) => dense(n, m, { weights: heNormal() });
  const network = serial(layer(2, 32), elementwise(relu), layer(32, 16), elementwise(relu), layer(16, 2));
  const params = network.init(random.stream("weights"));
  const order = random.stream("order");
  const sampler = shuffled(2000, 128);
  const batches = (epoch: number) => sampler(epoch, order);
  return { network, params, X: standardise(points).X, labels, batches };
}

/**
 * What an optimizer makes of a training: how soon it reaches a loss, how often it raises it at first, how often steps
 * turn round. `task: "example"` repeats the example of note 003, whose weights are drawn as nn.Linear draws them.
 * Source: note 003, "SGD vs Adam"; note 004, experiment A for the rings.
 * @example
 * const [row] = await optimizerRace.run({ task: "example", optimizer: "adam", learningRate: 0.1 }, 0)
 * row.risingEpochs // 0
 * row.epochsToGoal < (await optimizerRace.run({ task: "example", learningRate: 0.1 }, 0))[0].epochsToGoal // true
 */
export const optimizerRace = defineExperiment({
  name: "optimizer-race",
  description: "Optimizers at many learning rates, on the rings and on note 003's example.",
  settings,
  columns,
  index: [],
  async run({ task, optimizer: name, learningRate, epochs, goal }, seed, { signal, onProgress }) {
    const { network, params: start, X, labels, batches } = prepare(task, randomState(seed));
    const T = oneHot(labels, 2);
    // NaN where the training has diverged
    const lossAt = (params: Params) => {
      const { output } = network.forward(params, X);
      return output.data.every(Number.isFinite) ? softmaxCrossEntropy.forward(output, T).loss : Number.NaN;
    };
    const optimizer: Optimizer = optimizerRules[name](learningRate);
    const early = Math.ceil(epochs / 10);
    let [params, state] = [start, optimizer.init(start)];
    let [loss, step, turned, rises, earlySteps, risingEpochs] = [lossAt(start), 0, 0, 0, 0, 0];
    let epochsToGoal = epochs + 1;
    let before: Float64Array | undefined;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      signal?.throwIfAborted();
      const atStart = loss;
      for (const batch of batches(epoch)) {
        if (epoch <= early) earlySteps += 1;
        if (!Number.isFinite(loss)) {
          if (epoch <= early) rises += 1;
          continue;
        }
        const [A, target] = [takeColumns(X, batch), takeColumns(T, batch)];
        const { output, cache } = network.forward(params, A);
        if (!output.data.every(Number.isFinite)) {
          loss = Number.NaN;
          if (epoch <= early) rises += 1;
          continue;
        }
        const dOutput = softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(output, target).cache);
        const { gradients } = network.backward(params, cache, dOutput);
        step += 1;
        const next = optimizer.update(gradients, state, params, step);
        const change = difference(next.params, params);
        if (before) turned += reversedShare(before, change);
        before = change;
        ({ params, state } = next);
        if (epoch <= early) {
          const reached = lossAt(params);
          if (!(reached <= loss)) rises += 1;
          loss = reached;
        }
      }
      if (epoch > early && Number.isFinite(loss)) loss = lossAt(params);
      if (!(loss <= atStart)) risingEpochs += 1;
      if (loss <= goal && epochsToGoal > epochs) epochsToGoal = epoch;
      onProgress?.(epoch / epochs);
      await new Promise((resume) => setImmediate(resume));
    }
    const distance = Math.sqrt(difference(params, start).reduce((sum, x) => sum + x * x, 0));
    return [
      {
        epochsToGoal,
        earlyRises: rises / earlySteps,
        reversals: turned / Math.max(1, step - 1),
        risingEpochs,
        distance,
        finalLoss: loss,
        finalAccuracy: Number.isFinite(loss) ? accuracy(network, params, X, labels) : Number.NaN,
      },
    ];
  },
});

/** a − b, all entries one after the other. */
function difference(a: Params, b: Params): Float64Array {
  const others = flattenParams(b);
  return Float64Array.from(
    flattenParams(a).flatMap(({ value }, k) => Array.from(value.data, (x, i) => x - others[k].value.data[i])),
  );
}

/** The share of entries of which one is above and one below zero. */
function reversedShare(a: Float64Array, b: Float64Array): number {
  return b.reduce((count, x, i) => count + (x * a[i] < 0 ? 1 : 0), 0) / b.length;
}
