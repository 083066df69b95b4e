import { sigmoid, tanh } from "../../../lib/activations";
import {
  type Loss,
  meanSquaredError,
  oneHot,
  perceptronCriterion,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../../../lib/losses";
import { columnSoftmax, logProbability } from "../../../lib/losses/column-softmax";
import { hinge, squaredHinge } from "../../../lib/losses/hinge";
import { withLabels } from "../../../lib/losses/labels";
import { multiclassHinge } from "../../../lib/losses/multiclass-hinge";
import { activationMeanSquaredError, softmaxMeanSquaredError } from "../../../lib/losses/output-activation";
import { oneHotColumns } from "../../../lib/losses/targets";
import { weightedSigmoidBinaryCrossEntropy } from "../../../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../../../lib/losses/weighted-softmax-cross-entropy";
import type { Matrix, Precision } from "../../../lib/matrix";
import { draw, labels, matrixOf, precisions, uniforms } from "../inputs";
import type { Note } from "../recorder";

const rows = 5;

/** Targets of m samples for each kind of loss. */
const targets = {
  numbers: (m: number, precision: Precision) => draw(rows, m, "targets", precision),
  classes: (m: number, precision: Precision) => oneHot(labels(m, rows, "classes"), rows, precision),
  labels: (m: number, precision: Precision) => matrixOf(1, m, labels(m, rows, "classes"), precision),
  halves: (m: number, precision: Precision) =>
    matrixOf(
      rows,
      m,
      labels(rows * m, 3, "bits").map((x) => x / 2),
      precision,
    ),
  signs: (m: number, precision: Precision) =>
    matrixOf(
      rows,
      m,
      labels(rows * m, 2, "bits").map((x) => 2 * x - 1),
      precision,
    ),
};

const weights = [0.5, 1, 2, 0.1, 3];

const losses: readonly [Loss, keyof typeof targets][] = [
  [meanSquaredError, "numbers"],
  [activationMeanSquaredError(sigmoid), "numbers"],
  [activationMeanSquaredError(tanh), "numbers"],
  [softmaxMeanSquaredError, "classes"],
  [softmaxCrossEntropy, "classes"],
  [withLabels(softmaxCrossEntropy), "labels"],
  [weightedSoftmaxCrossEntropy(weights), "classes"],
  [weightedSoftmaxCrossEntropy(weights, { normalization: "weights" }), "classes"],
  [sigmoidBinaryCrossEntropy, "halves"],
  [weightedSigmoidBinaryCrossEntropy({ weights, positiveWeights: [3, 1, 0.5, 2, 1] }), "halves"],
  [perceptronCriterion, "signs"],
  [hinge, "signs"],
  [squaredHinge, "signs"],
  [multiclassHinge, "classes"],
] as [Loss, keyof typeof targets][];

/** Every loss and its gradient, on usual predictions, on large ones, on ±1000 and at the kinks. */
export function lossesSection(note: Note): void {
  for (const precision of precisions)
    for (const m of [1, 3, 4000])
      for (const [name, prediction] of Object.entries(predictions(m, precision)))
        for (const [loss, kind] of losses) {
          const { loss: value, cache } = loss.forward(prediction, targets[kind](m, precision));
          note(`${loss.name} of ${m} samples, ${name}, ${precision}`, [
            value,
            loss.backward(cache),
            loss.kinks,
          ]);
        }
  const Z = draw(rows, 40, "logits");
  const softmax = columnSoftmax(Z);
  note("softmax by column", softmax);
  note(
    "log probabilities",
    Z.data.map((_, k) => logProbability(Z, softmax, k)),
  );
  note("one-hot", [oneHot([2, 0, 1], 3), oneHotColumns("hash", [2, 0, 1], 3, "float32")]);
}

function predictions(m: number, precision: Precision): Record<string, Matrix> {
  const drawn = draw(rows, m, "predictions", precision);
  return {
    usual: drawn,
    large: matrixOf(
      rows,
      m,
      drawn.data.map((x) => 100 * x),
      precision,
    ),
    "±1000": matrixOf(
      rows,
      m,
      uniforms("signs", rows * m).map((x) => (x < 0 ? -1000 : 1000)),
      precision,
    ),
    whole: matrixOf(rows, m, drawn.data.map(Math.round), precision),
  };
}
