import { log } from "../kernels/functions";
import { dense } from "../layers";
import { weightedSigmoidBinaryCrossEntropy } from "../losses/weighted-sigmoid-cross-entropy";
import { fromData, type Matrix, zeros } from "../matrix";
import { sgd } from "../optimizers";
import { type Random, randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { numberSetting, wholeSetting } from "./settings";

const testSamples = 20_000;

const settings = {
  positiveWeight: numberSetting(1, "Factor p on the losses of class 1; 19 makes 5 % weigh as much as 95 %.", {
    above: 0,
  }),
  threshold: numberSetting(0.5, "Probability from which on the answer is 1.", { above: 0, below: 1 }),
  share: numberSetting(0.05, "Share π of class 1.", { above: 0, below: 1 }),
  distance: numberSetting(2, "Distance d of the classes' means, in standard deviations.", { min: 0 }),
  samples: wholeSetting(2000, "Samples to learn from.", { min: 20 }),
  epochs: wholeSetting(300, "Steps of gradient descent, each over all samples.", { min: 1 }),
};

const columns = {
  recall: { unit: "1", doc: "Share of the test samples of class 1 that are found." },
  precision: { unit: "1", doc: "Share of class 1 among those taken for it; NaN if there are none." },
  accuracy: { unit: "1", doc: "Share of the test samples that are right." },
  weight1: { unit: "1", doc: "First weight learned." },
  weight2: { unit: "1", doc: "Second weight learned." },
  bias: { unit: "1", doc: "Bias learned." },
};

/**
 * A rare class by a sigmoid unit: normal points with covariance I, those of class 0 around 0, those of class 1 around
 * d (1, 1)/√2, the share π of them in class 1; cross-entropy with the weight p on class 1, gradient descent from 0 with
 * η = 1 and momentum 0.9. The best unit is known: w = d (1, 1)/√2, b = log(p π/(1 − π)) − d²/2. Recall and precision are counted on
 * 20,000 samples of their own.
 * @example
 * const [plain] = await classWeights.run({}, 0)
 * const [weighted] = await classWeights.run({ positiveWeight: 19 }, 0)
 * weighted.recall > plain.recall // true
 * weighted.precision < plain.precision // true
 */
export const classWeights = defineExperiment({
  name: "class-weights",
  description: "A rare class by a sigmoid unit: the weight of its losses, or the threshold of the answer.",
  settings,
  columns,
  index: [],
  async run({ positiveWeight, threshold, share, distance, samples, epochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const training = twoNormals(random.stream("training"), samples, share, distance);
    const test = twoNormals(random.stream("test"), testSamples, share, distance);
    const unit = dense(2, 1);
    const { params } = await train({
      layer: unit,
      loss: weightedSigmoidBinaryCrossEntropy({ positiveWeights: [positiveWeight] }),
      optimizer: sgd(1, { momentum: 0.9 }),
      params: { weights: zeros(1, 2), bias: zeros(1, 1) },
      ...training,
      batchSize: samples,
      shuffle: false,
      epochs,
      signal,
      onEpoch: ({ epoch }) => onProgress?.(epoch / epochs),
    });
    const scores = unit.forward(params, test.X).output.data;
    const least = log(threshold / (1 - threshold));
    let [found, taken, right] = [0, 0, 0];
    for (let j = 0; j < testSamples; j++) {
      const [t, answer] = [test.T.data[j], scores[j] >= least ? 1 : 0];
      taken += answer;
      found += answer * t;
      right += answer === t ? 1 : 0;
    }
    const [weight1, weight2] = params.weights.data;
    const recall = found / positives(testSamples, share);
    const bias = params.bias.data[0];
    return [{ recall, precision: found / taken, accuracy: right / testSamples, weight1, weight2, bias }];
  },
});

const positives = (samples: number, share: number) => Math.max(1, Math.round(share * samples));

/** Normal points, those of class 1 first; all x₁, then all x₂. */
function twoNormals(
  random: Random,
  samples: number,
  share: number,
  distance: number,
): { X: Matrix; T: Matrix } {
  const X = fromData(2, samples, random.normals(2 * samples));
  const T = zeros(1, samples);
  for (let j = 0; j < positives(samples, share); j++) {
    T.data[j] = 1;
    X.data[j] += distance / Math.SQRT2;
    X.data[samples + j] += distance / Math.SQRT2;
  }
  return { X, T };
}
