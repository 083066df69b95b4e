import { relu, tanh } from "../activations";
import { accuracy, meanLoss } from "../evaluation";
import { heNormal, xavierNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { takeColumns } from "../matrix-entries";
import { adam, sgd } from "../optimizers";
import { randomState } from "../random";
import { linearWarmUp } from "../schedules/warm-up";
import { raceSchedules, scheduleNames } from "./digit-schedules";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, sizesOf, sizesSetting, wholeSetting } from "./settings";
import { type SmallDigits, smallDigits } from "./small-digits";
import { guarded, trainByEpoch } from "./train-by-epoch";

const settings = {
  hidden: sizesSetting("32", "Hidden units, layer by layer."),
  activation: choiceSetting(
    ["relu", "tanh"],
    "relu",
    "Of the hidden units: ReLU from He's weights, tanh from Xavier's.",
  ),
  optimizer: choiceSetting(["sgd", "adam"], "sgd", "Rule of the steps."),
  momentum: numberSetting(0, "Momentum γ of sgd.", { min: 0, below: 1 }),
  learningRate: numberSetting(0.1, "Learning rate α, the largest of the schedule.", { min: 0 }),
  schedule: choiceSetting(scheduleNames, "constant", "The schedules of raceSchedules, over all steps."),
  warmUp: wholeSetting(0, "Steps in which the rate rises in a straight line to the schedule's.", { min: 0 }),
  batchSize: wholeSetting(16, "Images in a mini-batch.", { min: 1 }),
  epochs: wholeSetting(14, "Epochs of training.", { min: 1 }),
  every: wholeSetting(1, "Epochs from one row to the next; the last epoch has one in any case.", { min: 1 }),
  trainingSize: wholeSetting(512, "Images to train with.", { min: 1, max: 10_000 }),
  heldOutSize: wholeSetting(250, "Images that the schedule plateau watches.", { min: 1, max: 10_000 }),
  testSize: wholeSetting(500, "Images to test with.", { min: 1, max: 10_000 }),
};

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  trainingLoss: { unit: "nats", doc: "Mean loss of all images to train with, after the epoch." },
  heldOutLoss: { unit: "nats", doc: "Mean loss of the held-out images." },
  testLoss: { unit: "nats", doc: "Mean loss of the images to test with." },
  testAccuracy: { unit: "1", doc: "Share of them that are read right." },
  rate: { unit: "1", doc: "Learning rate of the epoch's last step." },
};

/**
 * A small network learns small digits (14×14), at any rate, with any schedule, warm-up and batch size.
 * Source: note 004, "Training techniques", section 2.
 * @example
 * const small = { hidden: "8", trainingSize: 100, heldOutSize: 20, testSize: 20, epochs: 2 }
 * const rows = await digitRates.run(small, 0)
 * rows[1].trainingLoss < rows[0].trainingLoss // true
 * const last = await digitRates.run({ ...small, every: 2 }, 0)
 * last[0].trainingLoss === rows[1].trainingLoss // true
 */
export const digitRates = defineExperiment({
  name: "digit-rates",
  description: "Small digits by a small network: learning rates, their schedules, warm-up, batch sizes.",
  settings,
  columns,
  index: ["epoch"],
  files: ["mnist.json"],
  async run(given, seed, runOptions) {
    const { learningRate, warmUp, batchSize, epochs, every, trainingSize, heldOutSize, testSize } = given;
    const random = randomState(seed);
    const { train, test: unseen } = smallDigits(random.stream("data"), trainingSize, heldOutSize + testSize);
    const part = (from: number, size: number) =>
      takeSamples(
        unseen,
        Int32Array.from({ length: size }, (_, k) => from + k),
      );
    const [heldOut, test] = [part(0, heldOutSize), part(heldOutSize, testSize)];
    const T = oneHot(train.labels, 10);

    const layer = network(given);
    const loss = guarded(softmaxCrossEntropy);
    const steps = epochs * Math.ceil(trainingSize / batchSize);
    const { schedule: plain, observe } = raceSchedules(given.schedule, learningRate, steps);
    const schedule = warmUp === 0 ? plain : linearWarmUp(plain, { steps: warmUp });
    let step = 0;
    const training = {
      layer,
      loss: softmaxCrossEntropy,
      optimizer: given.optimizer === "adam" ? adam(schedule) : sgd(schedule, { momentum: given.momentum }),
      params: layer.init(random.stream("weights")),
      X: train.X,
      T,
      batchSize,
      epochs,
      random: random.stream("order"),
    };
    const rows = await trainByEpoch(
      columns,
      training,
      ({ params }) => {
        step += Math.ceil(trainingSize / batchSize);
        const lossOf = ({ X, labels }: SmallDigits) => meanLoss(layer, loss, params, X, oneHot(labels, 10));
        const row = {
          trainingLoss: lossOf(train),
          heldOutLoss: lossOf(heldOut),
          testLoss: lossOf(test),
          testAccuracy: accuracy(layer, params, test.X, test.labels),
          rate: schedule(step),
        };
        observe(row.heldOutLoss);
        return row;
      },
      runOptions,
    );
    return rows.filter(({ epoch }) => epoch % every === 0 || epoch === epochs);
  },
});

function network({ hidden, activation }: { hidden: string; activation: "relu" | "tanh" }): Layer {
  const sizes = [14 * 14, ...sizesOf(hidden)];
  const weights = activation === "relu" ? heNormal() : xavierNormal;
  const layers = sizes
    .slice(1)
    .flatMap((size, l) => [
      dense(sizes[l], size, { weights }),
      elementwise(activation === "relu" ? relu : tanh),
    ]);
  const output = dense(sizes[sizes.length - 1], 10, { weights: xavierNormal });
  return serial(...([...layers, output] as unknown as Layer[])) as unknown as Layer;
}

function takeSamples({ X, labels }: SmallDigits, indices: Int32Array): SmallDigits {
  return { X: takeColumns(X, indices), labels: Int32Array.from(indices, (k) => labels[k]) };
}
