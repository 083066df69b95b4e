import { relu } from "../activations";
import { innerProduct } from "../diagnostics/tree";
import { accuracy, meanLoss } from "../evaluation";
import { lecunNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { type Optimizer, sgd } from "../optimizers";
import { flattenParams, isStatistic, type Params, zerosLike } from "../params";
import { randomState } from "../random";
import { blockSettings, deepBlock, kindOf } from "./block-network";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { smallDigits } from "./small-digits";
import { guarded, trainByEpoch } from "./train-by-epoch";

const settings = {
  ...blockSettings,
  depth: wholeSetting(50, "Blocks.", { min: 1, max: 200 }),
  width: wholeSetting(32, "Units of each layer.", { min: 2, max: 1000 }),
  trained: choiceSetting(
    ["all", "early", "late"],
    "all",
    "Layers that learn: all, the first half of the blocks with the layer before them, or the second half with the output layer.",
  ),
  learningRate: numberSetting(0.01, "Learning rate of plain gradient descent, in shuffled batches of 50.", {
    above: 0,
  }),
  samples: wholeSetting(1000, "Images to train with.", { min: 50 }),
  tested: wholeSetting(500, "Images to test with.", { min: 1 }),
  epochs: wholeSetting(20, "Epochs of training.", { min: 1 }),
};

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  loss: { unit: "nats", doc: "Mean loss of all training images after the epoch." },
  testAccuracy: { unit: "1", doc: "Share of the test images that are then read right." },
  plateau: {
    unit: "steps",
    doc: "Steps until the mean loss of the last ten batches was below 0.9 ln 10; all steps so far while it never was.",
  },
  straightness: {
    unit: "1",
    doc: "|θ − θ₀|² over the sum of the squares of all steps so far: near 1 on a random walk, the number of steps on a straight line.",
  },
};

const batchSize = 50;
/** 0.9 of what uniform probabilities over ten classes cost. */
const leaving = 0.9 * Math.LN10;

/**
 * Gradient descent on digits by networks of any depth: images 14×14, z⁰ = W⁰x, blocks as in block-network, [batch
 * normalization,] ReLU, and an output layer for softmax and cross-entropy.
 * Source: note 000, on the training of deep networks without residual connections.
 * @example
 * const rows = await depthTraining.run({ depth: 1, samples: 200, tested: 100, epochs: 2, learningRate: 0.1 }, 0)
 * rows.map(({ epoch }) => epoch) // [1, 2]
 * rows[1].loss < rows[0].loss // true
 */
export const depthTraining = defineExperiment({
  name: "depth-training",
  description:
    "Digits by networks of 1 to 50 blocks, plain, normalized, residual: plateau, path and accuracy.",
  settings,
  columns,
  index: ["epoch"],
  files: ["mnist.json"],
  async run({ kind, branchScale, depth, width, trained, ...rest }, seed, options) {
    const { learningRate, samples, tested, epochs } = rest;
    const random = randomState(seed);
    const { train, test } = smallDigits(random.stream("data"), samples, tested);
    const deepKind = kindOf(kind, branchScale);
    const learns = (l: number) => trained === "all" || (trained === "early") === l < depth / 2;
    const part = (layer: unknown, l: number) => (learns(l) ? (layer as Layer) : frozen(layer as Layer));
    const network = serial(
      part(dense(196, width, { weights: lecunNormal }), 0),
      ...Array.from({ length: depth }, (_, l) => part(deepBlock(width, deepKind), l)),
      ...(deepKind.normalized ? [part(batchNorm(width), depth)] : []),
      elementwise(relu) as unknown as Layer,
      part(dense(width, 10, { weights: lecunNormal }), depth),
    );
    const start = network.init(random.stream("weights"));
    const path = { squares: 0 };
    const losses: number[] = [];
    const T = oneHot(train.labels, 10);
    const training = {
      layer: network,
      loss: {
        ...softmaxCrossEntropy,
        forward(...[prediction, target]: Parameters<typeof softmaxCrossEntropy.forward>) {
          const result = softmaxCrossEntropy.forward(prediction, target);
          losses.push(result.loss);
          return result;
        },
      },
      optimizer: measured(learningRate, path),
      params: start,
      X: train.X,
      T,
      epochs,
      batchSize,
      random: random.stream("order"),
    };
    return trainByEpoch(
      columns,
      training,
      ({ params }) => ({
        loss: meanLoss(network, guarded(softmaxCrossEntropy), params, train.X, T),
        testAccuracy: accuracy(network, params, test.X, test.labels),
        plateau: stepsUntil(losses),
        straightness: squaredDistance(params, start) / path.squares,
      }),
      options,
    );
  },
});

/** The layer with gradients of 0: it computes, and does not learn. */
function frozen(layer: Layer): Layer {
  return {
    ...layer,
    backward(params, cache, dOutput) {
      const step = layer.backward(params, cache, dOutput);
      return {
        gradients: zerosLike(params),
        get dInput() {
          return step.dInput;
        },
      };
    },
  };
}

/** Plain gradient descent that adds up the squared lengths of its steps. */
function measured(learningRate: number, path: { squares: number }): Optimizer {
  const descent = sgd(learningRate) as Optimizer;
  return {
    ...descent,
    update(gradients, state, params, step) {
      path.squares += learningRate * learningRate * innerProduct(gradients, gradients);
      return descent.update(gradients, state, params, step);
    },
  };
}

function stepsUntil(losses: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < losses.length; k++) {
    sum += losses[k] - (k >= 10 ? losses[k - 10] : 0);
    if (k >= 9 && sum / 10 < leaving) return k + 1;
  }
  return losses.length;
}

/** |a − b|² over all parameters; running statistics are none. */
function squaredDistance(a: Params, b: Params): number {
  const others = flattenParams(b);
  return flattenParams(a).reduce((total, { path, value }, k) => {
    if (isStatistic(path)) return total;
    let sum = 0;
    for (let i = 0; i < value.data.length; i++) {
      const d = value.data[i] - others[k].value.data[i];
      sum += d * d;
    }
    return total + sum;
  }, 0);
}
