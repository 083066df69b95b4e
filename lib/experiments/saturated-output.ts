import { sigmoid, tanh } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { constantMatrix, xavierUniform } from "../initializers";
import { dense, elementwise, serial } from "../layers";
import { type Loss, sigmoidBinaryCrossEntropy } from "../losses";
import { activationMeanSquaredError } from "../losses/output-activation";
import { fromData, type Matrix, matrix } from "../matrix";
import { sgd } from "../optimizers";
import { randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { Diverged, guarded } from "./train-by-epoch";

const samples = 200;
const batchSize = 20;
/** A run is solved once this share of the samples is classified right. */
const goal = 0.99;

const losses: { readonly [name: string]: Loss } = {
  "cross-entropy": sigmoidBinaryCrossEntropy,
  "squared error": activationMeanSquaredError(sigmoid),
};

const settings = {
  loss: choiceSetting(
    ["cross-entropy", "squared error"],
    "cross-entropy",
    "Of the sigmoid's output a: −[t log a + (1 − t) log(1 − a)], or ½(a − t)².",
  ),
  saturation: numberSetting(
    0,
    "First bias b of the output unit: with a large one a is near σ(b) for all samples, wrong for half of them.",
  ),
  learningRate: numberSetting(1, "Learning rate η of plain gradient descent.", { above: 0 }),
  mostEpochs: wholeSetting(2000, "Epochs after which a run is given up.", { min: 1 }),
};

const columns = {
  epochs: {
    unit: "epochs",
    doc: "Epochs until 99 % of the samples were right; mostEpochs if it was not solved.",
  },
  solved: { unit: "1", doc: "1 if it was solved, else 0." },
  accuracy: { unit: "1", doc: "Share of all samples that are classified right at the end." },
  error: { unit: "1", doc: "Mean of |a − t| over all samples at the end." },
};

/** That a run has reached its goal, which ends the training. */
class Solved extends Error {}

/**
 * How long a sigmoid output takes to learn from a start that is saturated, with cross-entropy and with squared error:
 * two rings of 100 points each, standardised, a network 2-16-1 with tanh, batches of 20 in shuffled order, plain
 * gradient descent. Data, weights and order come from three streams of the seed.
 * Source: note 004, "Backpropagation", sections 2, 4 and 11, which say that squared error learns slowly there.
 * @example
 * const [row] = await saturatedOutput.run({}, 0)
 * row.solved // 1
 * row.epochs < (await saturatedOutput.run({ loss: "squared error" }, 0))[0].epochs // true
 */
export const saturatedOutput = defineExperiment({
  name: "saturated-output",
  description: "Two rings by a sigmoid output that starts saturated: cross-entropy against squared error.",
  settings,
  columns,
  index: [],
  async run({ loss, saturation, learningRate, mostEpochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { X: points, labels } = rings(random.stream("data"), { samples, noise: 0.1 });
    const { X } = standardise(points);
    const network = serial(
      dense(2, 16, { weights: xavierUniform }),
      elementwise(tanh),
      dense(16, 1, { weights: xavierUniform, bias: constantMatrix(matrix([[saturation]])) }),
    );
    let params = network.init(random.stream("weights"));
    let epochs = 0;
    const accuracyNow = () => accuracyOf(network.forward(params, X).output, labels);
    try {
      if (accuracyNow() < goal)
        await train({
          layer: network,
          loss: guarded(losses[loss]),
          optimizer: sgd(learningRate),
          params,
          X,
          T: fromData(1, samples, Float64Array.from(labels)),
          batchSize,
          epochs: mostEpochs,
          random: random.stream("order"),
          signal,
          onEpoch(report) {
            ({ params } = report);
            epochs = report.epoch;
            onProgress?.(epochs / mostEpochs);
            if (accuracyNow() >= goal) throw new Solved();
          },
        });
    } catch (error) {
      if (!(error instanceof Solved || error instanceof Diverged)) throw error;
    }
    const accuracy = accuracyNow();
    const solved = accuracy >= goal ? 1 : 0;
    const a = sigmoid.apply(network.forward(params, X).output).data;
    const error = labels.reduce((sum, t, j) => sum + Math.abs(a[j] - t), 0) / samples;
    return [{ epochs: solved ? epochs : mostEpochs, solved, accuracy, error }];
  },
});

/** The share of columns in which the score z > 0 just if the label is 1. */
function accuracyOf(Z: Matrix, labels: Int32Array): number {
  return labels.reduce((right, t, j) => right + (Z.data[j] > 0 === (t === 1) ? 1 : 0), 0) / labels.length;
}
