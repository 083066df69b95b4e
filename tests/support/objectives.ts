import { type Activation, identity, leakyRelu, relu, sigmoid, step, tanh } from "../../lib/activations";
import { elu } from "../../lib/activations/elu";
import { gelu } from "../../lib/activations/gelu";
import { softplus } from "../../lib/activations/softplus";
import {
  type Loss,
  meanSquaredError,
  oneHot,
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
import { fromData, type Matrix, matrix } from "../../lib/matrix";
import { mapEntries } from "../../lib/matrix-entries";
import type { Random } from "../../lib/random";

/** Every activation, with parameters that are not the default ones. */
export const everyActivation: readonly Activation[] = [
  identity,
  step,
  sigmoid,
  tanh,
  relu,
  leakyRelu(0.2),
  elu(),
  elu(0.7),
  gelu,
  softplus(),
  softplus(3),
];

/** A matrix of normal numbers. */
export const normals = (random: Random, rows: number, cols: number): Matrix =>
  fromData(rows, cols, random.normals(rows * cols));

type Targets = (random: Random, rows: number, cols: number) => Matrix;

const signs: Targets = (random, rows, cols) =>
  mapEntries(normals(random, rows, cols), (z) => (z > 0 ? 1 : -1));
const zerosAndOnes: Targets = (random, rows, cols) =>
  mapEntries(normals(random, rows, cols), (z) => (z > 0 ? 1 : 0));
const classes: Targets = (random, rows, cols) => oneHot(random.integers(0, rows, cols), rows);
/** Columns that are distributions without zeros. */
const distributions: Targets = (random, rows, cols) => {
  const columns = Array.from({ length: cols }, () => {
    const drawn = [...random.uniforms(rows)].map((u) => u + 0.1);
    const total = drawn.reduce((a, b) => a + b, 0);
    return drawn.map((u) => u / total);
  });
  return matrix(Array.from({ length: rows }, (_, i) => columns.map((column) => column[i])));
};
const labels: Targets = (random, rows, cols) => matrix([[...random.integers(0, rows, cols)]]);
const weights = (random: Random, rows: number) => [...random.uniforms(rows)].map((u) => 0.5 + u);

/** A loss for so many rows, with targets that it allows. */
export interface ObjectiveKind {
  readonly name: string;
  /** The least number of rows. */
  readonly rows: number;
  loss(random: Random, rows: number): Loss;
  readonly targets: Targets;
}

const kind = (
  name: string,
  loss: Loss | ObjectiveKind["loss"],
  targets: Targets,
  rows = 1,
): ObjectiveKind => ({
  name,
  rows,
  loss: typeof loss === "function" ? loss : () => loss,
  targets,
});

/** Every loss. */
export const everyLoss: readonly ObjectiveKind[] = [
  kind("mean squared error", meanSquaredError, normals),
  kind("mean squared error after sigmoid", activationMeanSquaredError(sigmoid), zerosAndOnes),
  kind("mean squared error after tanh", activationMeanSquaredError(tanh), normals),
  kind("mean squared error after softmax", softmaxMeanSquaredError, classes, 2),
  kind("softmax cross-entropy", softmaxCrossEntropy, classes),
  kind("softmax cross-entropy with distributions", softmaxCrossEntropy, distributions),
  kind("softmax cross-entropy with labels", withLabels(softmaxCrossEntropy), labels, 2),
  kind(
    "softmax cross-entropy with class weights",
    (random, rows) => weightedSoftmaxCrossEntropy(weights(random, rows)),
    classes,
  ),
  kind(
    "softmax cross-entropy divided by class weights",
    (random, rows) => weightedSoftmaxCrossEntropy(weights(random, rows), { normalization: "weights" }),
    distributions,
  ),
  kind("binary cross-entropy", sigmoidBinaryCrossEntropy, zerosAndOnes),
  kind(
    "binary cross-entropy with weights",
    (random, rows) =>
      weightedSigmoidBinaryCrossEntropy({
        weights: weights(random, rows),
        positiveWeights: weights(random, rows),
      }),
    zerosAndOnes,
  ),
  kind("perceptron criterion", perceptronCriterion, signs),
  kind("hinge", hinge, signs),
  kind("squared hinge", squaredHinge, signs),
  kind("multi-class hinge", multiclassHinge, classes, 2),
];
