import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leakyRelu, relu, sigmoid, tanh } from "../../lib/activations";
import { elu } from "../../lib/activations/elu";
import { gelu } from "../../lib/activations/gelu";
import { softplus } from "../../lib/activations/softplus";
import {
  type Loss,
  meanSquaredError,
  perceptronCriterion,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../../lib/losses";
import { hinge, squaredHinge } from "../../lib/losses/hinge";
import { withLabels } from "../../lib/losses/labels";
import { multiclassHinge } from "../../lib/losses/multiclass-hinge";
import { activationMeanSquaredError, softmaxMeanSquaredError } from "../../lib/losses/output-activation";
import { weightedSigmoidBinaryCrossEntropy } from "../../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../../lib/losses/weighted-softmax-cross-entropy";

/** One record of data/references/losses.json or torch-losses.json. */
export interface LossReference {
  loss: string;
  settings?: {
    weights: number[];
    positiveWeights?: number[];
    normalization?: "samples" | "weights";
  };
  prediction: number[][];
  target: number[][];
  value: number;
  gradient: number[][];
}

/** By mpmath, extremes too. */
export const mpmathCases = casesOf("losses");
/** By PyTorch. */
export const torchCases = casesOf("torch-losses");

function casesOf(name: string): LossReference[] {
  return JSON.parse(readFileSync(join(__dirname, `../../data/references/${name}.json`), "utf8")).cases;
}

const plain: Loss[] = [
  meanSquaredError,
  softmaxCrossEntropy,
  withLabels(softmaxCrossEntropy),
  sigmoidBinaryCrossEntropy,
  perceptronCriterion,
  hinge,
  squaredHinge,
  multiclassHinge,
  softmaxMeanSquaredError,
  ...[sigmoid, tanh, relu, leakyRelu(0.2), elu(0.3), gelu, softplus(2)].map(activationMeanSquaredError),
];

/** The loss of a record. */
export function lossOf({ loss: name, settings }: LossReference): Loss {
  if (!settings) return plain.find((loss) => loss.name === name) as Loss;
  const { weights, normalization, positiveWeights } = settings;
  return [
    weightedSoftmaxCrossEntropy(weights, { normalization }),
    withLabels(weightedSoftmaxCrossEntropy(weights, { normalization })),
    weightedSigmoidBinaryCrossEntropy({ weights, positiveWeights }),
  ].find((loss) => loss.name === name) as Loss;
}

/** The names of all losses in lib. */
export const lossNames = [
  ...plain.map(({ name }) => name),
  "weightedSoftmaxCrossEntropy",
  "weightedSigmoidBinaryCrossEntropy",
];
