import { tanh } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { accuracy } from "../evaluation";
import { uniformInit } from "../initializers";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { adam } from "../optimizers";
import { type Random, randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { numberSetting, wholeSetting } from "./settings";
import { guarded } from "./train-by-epoch";

const settings = {
  width: wholeSetting(4, "Hidden units, with tanh.", { min: 1, max: 1000 }),
  samples: wholeSetting(600, "Points on the two rings.", { min: 2 }),
  learningRate: numberSetting(0.03, "Learning rate of Adam.", { above: 0, max: 1 }),
  epochs: wholeSetting(100, "Epochs of each training, in shuffled batches of 30.", { min: 1 }),
};

const columns = {
  onInputs: { unit: "1", doc: "Accuracy of logistic regression on the inputs." },
  onRandomFeatures: {
    unit: "1",
    doc: "Accuracy of logistic regression on the hidden activations of the untrained network.",
  },
  onLearnedFeatures: {
    unit: "1",
    doc: "The same on those of the trained network, with output weights learned anew.",
  },
  ofNetwork: { unit: "1", doc: "Accuracy of the trained network itself." },
};

/**
 * Whether a hidden layer learns features: logistic regression on the inputs of note 004's rings, on the activations of a
 * random hidden layer with weights and biases in ±2, and on those of a hidden layer that was trained as part of a network.
 * Source: note 004, "What is an MLP", section 6: the hidden layers learn features, the output layer puts them together.
 * @example
 * const [{ onInputs, onLearnedFeatures }] = await learnedFeatures.run({ width: 8 }, 0)
 * [onInputs < 0.7, onLearnedFeatures > 0.9] // [true, true]
 */
export const learnedFeatures = defineExperiment({
  name: "learned-features",
  description: "Logistic regression on inputs, on random features, and on those that a network has learned.",
  settings,
  columns,
  index: [],
  async run({ width, samples, learningRate, epochs }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { X: points, labels } = rings(random.stream("data"), { samples, noise: 0.1 });
    const { X } = standardise(points);
    const first = uniformInit(-2, 2);
    const below = serial(dense(2, width, { weights: first, bias: first }), elementwise(tanh));
    const network = serial(below, dense(width, 2));
    const training = {
      loss: guarded(softmaxCrossEntropy),
      optimizer: adam(learningRate),
      T: oneHot(labels, 2),
      batchSize: 30,
      epochs,
      signal,
    };
    let done = 0;
    const onEpoch = () => {
      done += 1;
      onProgress?.(done / (4 * epochs));
    };
    const start = network.init(random.stream("weights"));
    const order = random.stream("order");
    const { params } = await train({ ...training, layer: network, params: start, X, random: order, onEpoch });
    /** The accuracy of a fresh output layer on these features, which stay as they are. */
    const regression = async (features: Matrix, stream: Random) => {
      const layer = dense(features.rows, 2);
      const fresh = { layer, params: layer.init(stream), X: features, random: stream };
      const result = await train({ ...training, ...fresh, onEpoch });
      return accuracy(layer, result.params, features, labels);
    };
    const features = (weights: typeof start) => below.forward(weights[0], X).output;
    return [
      {
        onInputs: await regression(X, random.stream("inputs")),
        onRandomFeatures: await regression(features(start), random.stream("random features")),
        onLearnedFeatures: await regression(features(params), random.stream("learned features")),
        ofNetwork: accuracy(network, params, X, labels),
      },
    ];
  },
});
