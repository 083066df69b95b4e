import { relu } from "../activations";
import { heNormal, xavierNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { takeColumns } from "../matrix-entries";
import type { Params } from "../params";
import { type Random, randomState } from "../random";
import { fixedOrder, type Sampler, shuffled, sortedBy } from "../samplers";
import { drifting } from "../samplers/drifting";
import { stratified } from "../samplers/stratified";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { smallDigits } from "./small-digits";
import { guarded } from "./train-by-epoch";

const crossEntropy = guarded(softmaxCrossEntropy);

/** How far a digit strays from its place among the sorted ones, in epochs. */
const spread = 0.1;

/** What a training on digits in some order can be told. */
export const digitOrderSettings = {
  order: choiceSetting(
    ["shuffled", "fixed", "sorted", "drifting", "stratified"],
    "shuffled",
    "shuffled: anew in each epoch; fixed: mixed once, the same in each epoch; sorted: by digit, 0 first; drifting: sorted, each place moved by a normal number of 0.1 epochs; stratified: each batch with the digits' shares.",
  ),
  learningRate: numberSetting(0.1, "Learning rate η of plain gradient descent.", { min: 0 }),
  hidden: wholeSetting(32, "Hidden units with ReLU; 0 for a softmax layer alone.", { min: 0, max: 1000 }),
  batchSize: wholeSetting(20, "Digits in a mini-batch.", { min: 1 }),
  samples: wholeSetting(1000, "Digits to train with.", { min: 10, max: 50_000 }),
};

/** The orders of a training. */
export type DigitOrder = (typeof digitOrderSettings)["order"]["default"];

/** Values of these settings. */
export type DigitOrderSettings = {
  readonly [K in keyof typeof digitOrderSettings]: (typeof digitOrderSettings)[K]["default"];
};

/**
 * A sampler by the name of its order.
 * @param labels the class of each sample, in an order that is random
 * @example
 * const [first, second] = digitSampler("sorted", [1, 0, 1, 0], 2)(1, randomState(0))
 * [[...first], [...second]] // [[1, 3], [0, 2]]
 */
export function digitSampler(order: DigitOrder, labels: ArrayLike<number>, batchSize: number): Sampler {
  switch (order) {
    case "shuffled":
      return shuffled(labels.length, batchSize);
    case "fixed":
      return fixedOrder(labels.length, batchSize);
    case "sorted":
      return sortedBy(labels, batchSize);
    case "drifting":
      return drifting(labels, batchSize, spread);
    case "stratified":
      return stratified(labels, batchSize);
  }
}

/** Digits, a network that is to read them, and one step of its training. */
export interface DigitTraining {
  readonly layer: Layer;
  readonly params: Params;
  readonly X: Matrix;
  readonly T: Matrix;
  readonly labels: Int32Array;
  readonly test: { readonly X: Matrix; readonly labels: Int32Array };
  readonly random: Random;
  /** ∂E/∂θ of the mean loss of these samples; all unless given. Throws Diverged where a score is not finite. */
  gradient(params: Params, batch?: Int32Array): Params;
}

/**
 * Digits of 14×14 pixels, different ones to train and to test with, and a network of 196 inputs and 10 outputs. Images
 * and weights come from two streams of the seed, so they are the same for every order; `random` is that seed's.
 * @example
 * const { X, params } = digitTraining({ hidden: 4, samples: 30 }, 10, 0)
 * [X.rows, X.cols, params.length] // [196, 30, 3]
 */
export function digitTraining(
  { hidden, samples }: Pick<DigitOrderSettings, "hidden" | "samples">,
  tested: number,
  seed: number,
): DigitTraining {
  const random = randomState(seed);
  const { train, test } = smallDigits(random.stream("images"), samples, tested);
  const { X, labels } = train;
  const T = oneHot(labels, 10);
  const output = dense(hidden || X.rows, 10, { weights: xavierNormal });
  const network =
    hidden === 0
      ? serial(output)
      : serial(dense(X.rows, hidden, { weights: heNormal() }), elementwise(relu), output);
  const layer = network as unknown as Layer;
  return {
    layer,
    params: layer.init(random.stream("weights")),
    X,
    T,
    labels,
    test,
    random,
    gradient(params, batch) {
      const [A, targets] = batch ? [takeColumns(X, batch), takeColumns(T, batch)] : [X, T];
      const { output: Z, cache } = layer.forward(params, A);
      const { cache: ofLoss } = crossEntropy.forward(Z, targets);
      return layer.backward(params, cache, crossEntropy.backward(ofLoss)).gradients;
    },
  };
}
