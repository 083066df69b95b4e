import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { xor } from "../lib/datasets/logic-gates";
import { featureMap, polynomialFeatures, xorFeatures } from "../lib/linear-units/feature-map";
import { tuneThreshold } from "../lib/linear-units/threshold";
import { matrix, toArrays, zeros } from "../lib/matrix";
import { assertClose } from "./support/assert-close";

interface RuleReference {
  counts: number[];
  accuracy: number;
  balancedAccuracy: number;
  f1: number;
}
const reference: {
  thresholds: { scores: number[]; labels: number[]; rules: RuleReference[] }[];
  polynomials: { degree: number; interactionOnly: boolean; X: number[][]; values: number[][] }[];
} = JSON.parse(readFileSync("data/references/linear-units.json", "utf8"));

const metrics = ["accuracy", "balancedAccuracy", "f1"] as const;

for (const { scores, labels, rules } of reference.thresholds)
  test(`thresholds on ${scores.length} scores: counts and metrics of every rule are NumPy's, and the best is found`, () => {
    const { curve } = tuneThreshold(scores, labels);
    assert.equal(curve.length, rules.length);
    curve.forEach((point, k) => {
      const { truePositives, falsePositives, trueNegatives, falseNegatives } = point;
      assert.deepEqual([truePositives, falsePositives, trueNegatives, falseNegatives], rules[k].counts);
      for (const metric of metrics)
        assert.ok(Math.abs(point[metric] - rules[k][metric]) < 1e-15, `${metric} of rule ${k}`);
      // the threshold stands for the rule: it counts the same when it is applied
      const positive = scores.filter((score) => score >= point.threshold).length;
      assert.equal(positive, truePositives + falsePositives);
    });
    for (const metric of metrics) {
      const best = tuneThreshold(scores, labels, metric);
      const most = Math.max(...rules.map((rule) => rule[metric]));
      assert.ok(Math.abs(best[metric] - most) < 1e-15, `${metric}: ours ${best[metric]}, NumPy ${most}`);
    }
  });

test("the threshold of separable scores is in the middle of the gap", () => {
  assert.equal(tuneThreshold([3, 1, 0, 6], [1, 0, 0, 1]).threshold, 2);
  assert.equal(tuneThreshold(matrix([[3, 1, 0, 6]]), [1, 0, 0, 1], "f1").threshold, 2);
});

test("of equally good thresholds it takes the widest gap, then the lowest, and an end only where it must", () => {
  const rightOf = (scores: number[], labels: number[]) =>
    tuneThreshold(scores, labels).curve.map((p) => 4 * p.accuracy);
  assert.deepEqual(rightOf([0, 1, 5, 6], [0, 1, 0, 1]), [2, 3, 2, 3, 2]);
  assert.equal(tuneThreshold([0, 1, 5, 6], [0, 1, 0, 1]).threshold, 0.5);
  assert.equal(tuneThreshold([0, 1, 5, 8], [0, 1, 0, 1]).threshold, 6.5);
  assert.deepEqual(rightOf([0, 1, 5, 6], [1, 0, 1, 0]), [2, 1, 2, 1, 2]);
  assert.equal(tuneThreshold([0, 1, 5, 6], [1, 0, 1, 0]).threshold, 3);
});

test("where everything else is worse, the end is taken", () => {
  assert.equal(tuneThreshold([0, 1, 2], [1, 1, 0]).threshold, Number.NEGATIVE_INFINITY);
  assert.equal(tuneThreshold([0, 1, 2], [1, 0, 0]).threshold, Number.POSITIVE_INFINITY);
});

test("neighbouring floats have a threshold that parts them", () => {
  const next = 1 + 2 ** -52;
  const { threshold, accuracy } = tuneThreshold([1, next], [0, 1]);
  assert.equal(accuracy, 1);
  assert.ok(threshold > 1 && threshold <= next);
});

test("wrong scores and labels are named", () => {
  assert.throws(() => tuneThreshold([1, 2], [0]), /there are 2 scores and 1 labels/);
  assert.throws(() => tuneThreshold([], []), /at least one/);
  assert.throws(() => tuneThreshold(zeros(2, 1), [0, 1]), /the scores are 2×1 \(one score a sample: 1×m\)/);
  assert.throws(() => tuneThreshold([1, Number.NaN], [0, 1]), /scores\[1\] is NaN/);
  assert.throws(() => tuneThreshold([1, 2], [0, 2]), /labels\[1\] is 2 \(allowed are 0 and 1\)/);
  assert.throws(() => tuneThreshold([1, 2], [0, 0]), /every label is 0/);
});

for (const { degree, interactionOnly, X, values } of reference.polynomials)
  test(`polynomial features of ${X.length} inputs, degree ${degree}${interactionOnly ? ", interactions only" : ""}, are NumPy's`, () => {
    const map = polynomialFeatures(X.length, degree, { interactionOnly });
    assert.equal(map.features.length, values.length);
    assertClose("features", map.apply(matrix(X)), matrix(values), 1e-15);
  });

test("names say the powers; a map keeps the precision", () => {
  assert.deepEqual(polynomialFeatures(2, 3).features, [
    "x1", "x2", "x1^2", "x1 x2", "x2^2", "x1^3", "x1^2 x2", "x1 x2^2", "x2^3",
  ]); // biome-ignore format: by degree
  assert.ok(xorFeatures.apply(zeros(2, 1, "float32")).data instanceof Float32Array);
  assert.deepEqual(xorFeatures.features, ["x1", "x2", "x1 x2"]);
  assert.deepEqual(toArrays(xorFeatures.apply(xor().X))[2], [0, 0, 0, 1]);
});

test("wrong maps are named", () => {
  assert.throws(() => polynomialFeatures(0, 2), /inputs is 0/);
  assert.throws(() => polynomialFeatures(2, 1.5), /degree is 1.5/);
  assert.throws(() => featureMap(1, {}), /at least one feature/);
  assert.throws(() => xorFeatures.apply(zeros(3, 1)), /X is 3×1, the feature map takes samples of 2 entries/);
  const inverse = featureMap(1, { "1/x1": ([x]) => 1 / x });
  assert.throws(() => inverse.apply(zeros(1, 1)), /1\/x1 of column 0 is Infinity/);
});
