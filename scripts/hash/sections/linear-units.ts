import { largestMargin, perceptronStep, predict, scores, trainPerceptron } from "../../../lib/linear-units";
import {
  adalineGradient,
  adalineLoss,
  adalineStep,
  trainAdalineBatch,
  trainAdalineOnline,
} from "../../../lib/linear-units/adaline";
import { featureMap, polynomialFeatures, xorFeatures } from "../../../lib/linear-units/feature-map";
import { leastSquares } from "../../../lib/linear-units/least-squares";
import { nearestPoint } from "../../../lib/linear-units/nearest-point";
import { inputCorrelation, stabilityLimit } from "../../../lib/linear-units/stability";
import { tuneThreshold } from "../../../lib/linear-units/threshold";
import { finiteTargetsOf, score, targetsOf } from "../../../lib/linear-units/unit";
import type { Matrix } from "../../../lib/matrix";
import { randomState } from "../../../lib/random";
import { shuffled } from "../../../lib/samplers";
import { draw, labels, matrixOf, precisions } from "../inputs";
import type { Note } from "../recorder";

/** Two classes of points, apart along the first feature. */
function twoClasses(): { X: Matrix; t: Int32Array } {
  const t = labels(60, 2, "classes");
  const { data } = draw(3, 60, "X");
  return {
    X: matrixOf(
      3,
      60,
      data.map((x, k) => (k < 60 ? x + 6 * t[k] - 3 : x)),
    ),
    t,
  };
}

/** The perceptron, ADALINE and what belongs to them, on separable and on other data. */
export function linearUnitsSection(note: Note): void {
  const { X, t } = twoClasses();
  const other = labels(60, 2, "other classes");
  const perceptron = trainPerceptron(X, t, { learningRate: 0.1 });
  note("perceptron", [
    perceptron,
    trainPerceptron(X, other, { epochs: 20, weights: draw(3, 1, "w"), bias: 0.3 }),
  ]);
  note("scores", [scores(perceptron, X), predict(perceptron, X), predict(perceptron, X, 0.5)]);
  note("largest margin", largestMargin(X, t));
  note("ADALINE, batch", trainAdalineBatch(X, t, { learningRate: 0.05, epochs: 50 }));
  note("ADALINE, diverging", trainAdalineBatch(X, t, { learningRate: 10, epochs: 2000, path: "epochs" }));
  const online = { learningRate: 0.01, epochs: 10 };
  note("ADALINE, online", trainAdalineOnline(X, t, online));
  const random = randomState(9);
  note("ADALINE, shuffled", trainAdalineOnline(X, other, { ...online, sampler: shuffled(60, 7), random }));
  note("loss", adalineLoss(perceptron, X, other));
  const sample = draw(3, 1, "sample");
  note("single steps", [
    perceptronStep(perceptron, sample, 0, 0.3),
    perceptronStep(perceptron, sample, 1, 0.3),
    adalineStep(perceptron, sample, -1, 0.3),
    adalineGradient(perceptron, X, other),
  ]);
  note("least squares", [leastSquares(X, t), leastSquares(draw(5, 3, "few"), [1, 2, 3])]);
  note("stability", [inputCorrelation(X), stabilityLimit(X)]);
  for (const metric of ["accuracy", "balancedAccuracy", "f1"] as const)
    note(
      `threshold by ${metric}`,
      tuneThreshold(
        draw(1, 60, "scores").data.map((x) => Math.round(9 * x) / 9),
        other,
        metric,
      ),
    );
  for (const precision of precisions) {
    const points = draw(3, 20, "points", precision);
    note(`polynomials, ${precision}`, polynomialFeatures(3, 4).apply(points));
    note(`products, ${precision}`, polynomialFeatures(3, 3, { interactionOnly: true }).apply(points));
    const distance = featureMap(3, { "r²": (x) => x[0] * x[0] + x[1] * x[1] + x[2] * x[2] });
    note(`features, ${precision}`, [
      distance.apply(points),
      xorFeatures.apply(draw(2, 20, "pairs", precision)),
    ]);
  }
  const points = Array.from({ length: 30 }, (_, j) => draw(4, 1, `point ${j}`).data.map((x) => x + 1));
  note("nearest point", nearestPoint(points));
  note("targets", [
    targetsOf("hash", "t", X, t),
    finiteTargetsOf("hash", "t", X, t),
    score([1, 0.1, 3], 0.2, X, 7),
  ]);
}
