import { checkLabels } from "../check-data";
import { type Matrix, shape } from "../matrix";

/** What a threshold is to maximise. */
export type ThresholdMetric = "accuracy" | "balancedAccuracy" | "f1";

/** What a threshold θ does on labelled scores: class 1 where the score is ≥ θ. */
export interface ThresholdPoint {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Share of right answers. */
  readonly accuracy: number;
  /** Mean of the shares of right answers among the 1s and among the 0s. */
  readonly balancedAccuracy: number;
  /** 2TP/(2TP + FP + FN), the harmonic mean of precision and recall; 0 without a true positive. */
  readonly f1: number;
}

/** The best threshold and all that were compared. */
export interface TunedThreshold extends ThresholdPoint {
  /** By growing threshold, from −∞ (all 1) through the midpoints between neighbouring scores to ∞ (all 0). */
  readonly curve: readonly ThresholdPoint[];
}

/**
 * The threshold θ of the rule "class 1 where the score is ≥ θ" that does best on labelled scores, best taken on data
 * that were not trained on. All rules that differ on the scores are compared: θ = −∞, the midpoint between every two
 * neighbouring distinct scores, ∞; equal scores always fall on one side. Of several best ones it takes the midpoint
 * with the widest gap between its two scores, of equally wide the lowest, and ±∞ only where no midpoint is as good.
 * @param scores m numbers, a list or a 1×m matrix, e.g. of `scores`, or the outputs of a network with one output
 * @param labels 0 or 1 for each
 * @throws if their numbers differ, a score is not finite, a label is neither 0 nor 1, or one class is missing
 * Source: note on the perceptron and ADALINE, section 5.
 * @example
 * tuneThreshold([0.1, 0.4, 0.8], [0, 0, 1]).threshold // ≈ 0.6
 * tuneThreshold([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1], "f1").f1 // 0.8
 * tuneThreshold([0.1, 0.4, 0.8], [0, 0, 1]).curve.map(({ accuracy }) => accuracy) // ≈ [0.333, 0.667, 1, 0.667]
 * tuneThreshold([0.1, 0.4], [1, 1]) // throws /every label is 1/
 */
export function tuneThreshold(
  scores: Matrix | ArrayLike<number>,
  labels: ArrayLike<number>,
  metric: ThresholdMetric = "accuracy",
): TunedThreshold {
  const values = scoresOf(scores, labels);
  const order = values.map((_, j) => j).sort((j, k) => values[j] - values[k] || j - k);
  const positives = order.filter((j) => labels[j] === 1).length;
  const negatives = values.length - positives;
  if (positives === 0 || negatives === 0)
    throw new Error(`tuneThreshold: every label is ${labels[0]} (a threshold needs samples of both classes)`);

  const curve: ThresholdPoint[] = [];
  let [below1, below0] = [0, 0]; // samples of class 1 and 0 with a score below the threshold
  for (let k = 0; k <= order.length; k++) {
    const [left, right] = [values[order[k - 1]], values[order[k]]];
    if (k === 0 || k === order.length || left !== right)
      curve.push(pointOf(between(left, right), positives - below1, negatives - below0, below0, below1));
    if (k < order.length) labels[order[k]] === 1 ? below1++ : below0++;
  }
  const distinct = [...new Set(order.map((j) => values[j]))];
  /** The gap around curve[k]; the ends have none. */
  const gap = (k: number) => (k === 0 || k === distinct.length ? -1 : distinct[k] - distinct[k - 1]);
  let best = 0;
  curve.forEach((point, k) => {
    const better = point[metric] - curve[best][metric];
    if (better > 0 || (better === 0 && gap(k) > gap(best))) best = k;
  });
  return { ...curve[best], curve };
}

/** The middle between two neighbouring scores, never the left one itself; ±∞ at the ends. */
function between(left: number | undefined, right: number | undefined): number {
  if (left === undefined) return Number.NEGATIVE_INFINITY;
  if (right === undefined) return Number.POSITIVE_INFINITY;
  const middle = left + (right - left) / 2;
  return middle > left ? middle : right;
}

function pointOf(threshold: number, tp: number, fp: number, tn: number, fn: number): ThresholdPoint {
  return {
    threshold,
    truePositives: tp,
    falsePositives: fp,
    trueNegatives: tn,
    falseNegatives: fn,
    accuracy: (tp + tn) / (tp + fp + tn + fn),
    balancedAccuracy: (tp / (tp + fn) + tn / (tn + fp)) / 2,
    f1: (2 * tp) / (2 * tp + fp + fn),
  };
}

function scoresOf(scores: Matrix | ArrayLike<number>, labels: ArrayLike<number>): number[] {
  const isMatrix = "rows" in scores;
  if (isMatrix && scores.rows !== 1)
    throw new Error(`tuneThreshold: the scores are ${shape(scores)} (one score a sample: 1×m)`);
  const values = Array.from(isMatrix ? scores.data : scores);
  if (values.length !== labels.length || values.length === 0)
    throw new Error(
      `tuneThreshold: there are ${values.length} scores and ${labels.length} labels (one label for each score, at least one)`,
    );
  values.forEach((value, j) => {
    if (!Number.isFinite(value))
      throw new Error(`tuneThreshold: scores[${j}] is ${value} (every score must be finite)`);
  });
  checkLabels("tuneThreshold", "labels", labels, [0, 1]);
  return values;
}
