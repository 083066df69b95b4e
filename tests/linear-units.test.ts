import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { setosaVersicolor } from "../lib/datasets/iris";
import { and, nand, or, xor } from "../lib/datasets/logic-gates";
import {
  type LargestMargin,
  largestMargin,
  type PerceptronRun,
  perceptronStep,
  predict,
  trainPerceptron,
} from "../lib/linear-units";
import { nearestPoint } from "../lib/linear-units/nearest-point";
import { column, matrix, zeros } from "../lib/matrix";

interface MarginReference {
  support: number[];
  direction: number[];
  margin: number;
  radius: number;
  bound: number;
}
interface RunReference {
  errors: number[];
  mistakes: number;
  path: { epoch: number; sample: number; weights: number[]; bias: number }[];
  largestMargin: MarginReference;
}
const reference: {
  iris: RunReference;
  gates: Record<string, RunReference>;
  clouds: (MarginReference & { X: number[][]; labels: number[] })[];
  xor: { errors: number[] };
} = JSON.parse(readFileSync("data/references/perceptron.json", "utf8"));

function near(ours: number, expected: number, tolerance: number, name: string): void {
  const difference = Math.abs(ours - expected);
  assert.ok(
    difference <= tolerance,
    `${name}: ours ${ours}, reference ${expected}, difference ${difference}`,
  );
}

function assertRun(run: PerceptronRun, expected: RunReference, tolerance: number): void {
  assert.deepEqual(
    run.epochs.map(({ errors }) => errors),
    expected.errors,
  );
  assert.equal(run.mistakes, expected.mistakes);
  assert.equal(run.path.length, expected.path.length + 1);
  expected.path.forEach((point, k) => {
    const ours = run.path[k + 1];
    assert.deepEqual([ours.epoch, ours.sample], [point.epoch, point.sample]);
    ours.weights.forEach((w, i) => {
      near(w, point.weights[i], tolerance, `correction ${k}, weight ${i}`);
    });
    near(ours.bias, point.bias, tolerance, `correction ${k}, bias`);
  });
  assert.deepEqual(run.path[run.path.length - 1].weights, Array.from(run.weights.data));
}

function assertMargin(ours: LargestMargin, expected: MarginReference): void {
  assert.deepEqual(ours.support, expected.support);
  [...ours.weights.data, ours.bias].forEach((value, i) => {
    near(value, expected.direction[i], 1e-12, `direction ${i}`);
  });
  near(ours.margin, expected.margin, 1e-12, "margin");
  near(ours.radius, expected.radius, 1e-14, "radius");
  near(ours.bound / expected.bound, 1, 1e-11, "bound");
}

test("on Iris the perceptron makes the mistakes that NumPy counts: 2, 2, 3, 2, 1, 0", () => {
  const { X, labels } = setosaVersicolor();
  const run = trainPerceptron(X, labels, { learningRate: 0.1 });
  assert.deepEqual(
    run.epochs.map(({ errors }) => errors),
    [2, 2, 3, 2, 1, 0],
  );
  assert.ok(run.converged);
  assertRun(run, reference.iris, 1e-15);
  assert.deepEqual(predict(run, X), labels);
});

test("a float32 matrix and labels as a 1×m matrix are as good", () => {
  const { T, X } = and();
  const run = trainPerceptron({ ...X, data: Float32Array.from(X.data) }, T);
  assertRun(run, reference.gates.and, 0);
});

for (const [name, gate] of Object.entries({ and, or, nand }))
  test(`${name} is learnt on NumPy's path, and has NumPy's largest margin`, () => {
    const { X, T, labels } = gate();
    const run = trainPerceptron(X, T);
    assertRun(run, reference.gates[name], 0);
    assert.deepEqual(predict(run, X), labels);
    const margin = largestMargin(X, T);
    assertMargin(margin, reference.gates[name].largestMargin);
    assert.ok(run.mistakes <= margin.bound);
  });

test("the note's weights (1, 1), −1.5 compute and, and need no correction", () => {
  const unit = { weights: column([1, 1]), bias: -1.5 };
  assert.deepEqual([...predict(unit, and().X)], [0, 0, 0, 1]);
  const run = trainPerceptron(and().X, and().T, unit);
  assert.deepEqual([run.mistakes, run.converged, run.epochs.length], [0, true, 1]);
});

test("xor is never learnt and has no margin", () => {
  const run = trainPerceptron(xor().X, xor().T, { epochs: 10 });
  assert.deepEqual(
    run.epochs.map(({ errors }) => errors),
    reference.xor.errors,
  );
  assert.equal(run.converged, false);
  assert.throws(
    () => largestMargin(xor().X, xor().labels),
    /the classes cannot be separated by a hyperplane/,
  );
});

test("Iris: R = 8.52174, γ = 0.431685, bound 389.69", () => {
  const { X, labels, signs } = setosaVersicolor();
  const margin = largestMargin(X, labels);
  assertMargin(margin, reference.iris.largestMargin);
  assert.equal(margin.radius.toFixed(5), "8.52174");
  assert.equal(margin.margin.toFixed(6), "0.431685");
  assert.equal(margin.bound.toFixed(2), "389.69");
  assert.deepEqual(largestMargin(X, signs), margin);
});

for (const cloud of reference.clouds)
  test(`largest margin of ${cloud.labels.length} random points in ${cloud.X.length} dimensions`, () => {
    assertMargin(largestMargin(matrix(cloud.X), cloud.labels), cloud);
  });

test("the nearest point may be a given one, on an edge, or the origin", () => {
  assert.deepEqual(
    [
      ...nearestPoint([
        [1, 1],
        [2, 3],
      ]).point,
    ],
    [1, 1],
  );
  assert.deepEqual(
    [
      ...nearestPoint([
        [1, -5],
        [1, 5],
        [4, 0],
      ]).point,
    ],
    [1, 0],
  );
  const inside = nearestPoint([
    [1, 0],
    [-1, 1],
    [-1, -1],
    [5, 5],
  ]).point;
  near(Math.hypot(...inside), 0, 1e-15, "distance");
  assert.deepEqual(
    [
      ...nearestPoint([
        [2, 2],
        [2, 2],
        [2, 2],
      ]).point,
    ],
    [2, 2],
  );
});

test("wrong arguments are named", () => {
  const X = matrix([
    [1, 2, 3],
    [4, Number.NaN, 6],
  ]);
  const good = zeros(2, 3);
  assert.throws(() => trainPerceptron(X, [0, 1, 0]), /trainPerceptron: X\[1,1\] \(row 1, column 1\) is NaN/);
  assert.throws(() => largestMargin(X, [0, 1, 0]), /largestMargin: X\[1,1\] \(row 1, column 1\) is NaN/);
  assert.throws(() => trainPerceptron(good, [0, 1]), /X is 2×3, t has 2 entries \(one for every column/);
  assert.throws(() => trainPerceptron(good, zeros(3, 1)), /X is 2×3, t is 3×1/);
  assert.throws(() => trainPerceptron(good, [0, 1, 2]), /t\[2\] is 2 \(allowed are 0 and 1\)/);
  assert.throws(
    () => trainPerceptron(good, [0, 1, 0], { weights: zeros(1, 2) }),
    /X is 2×3, the weights are 1×2/,
  );
  assert.throws(() => trainPerceptron(good, [0, 1, 0], { learningRate: 0 }), /the learning rate is 0/);
  assert.throws(() => trainPerceptron(good, [0, 1, 0], { bias: Number.NaN }), /the bias is NaN/);
  assert.throws(() => largestMargin(good, [0, 1, -1]), /both 0 and −1 occur/);
  assert.throws(() => largestMargin(good, [0, 1, 3]), /labels\[2\] is 3 \(allowed are -1, 0 and 1\)/);
  assert.throws(() => predict({ weights: column([1]), bias: 0 }, good), /X is 2×3, the weights are 1×1/);
});

test("single steps lead along the path that NumPy found, and leave right answers alone", () => {
  const { X } = and();
  const { path } = reference.gates.and;
  let unit = { weights: zeros(2, 1), bias: 0 };
  for (const { sample, weights, bias } of path) {
    const x = column([X.data[sample], X.data[4 + sample]]);
    const t = sample === 3 ? 1 : 0;
    unit = perceptronStep(unit, x, t);
    assert.deepEqual([...unit.weights.data, unit.bias], [...weights, bias]);
  }
  assert.deepEqual(perceptronStep(unit, column([1, 1]), 1), unit);
  assert.deepEqual(perceptronStep(unit, column([0, 0]), 0), unit);
  assert.throws(() => perceptronStep(unit, column([1, 1]), -1), /t\[0\] is -1 \(allowed are 0 and 1\)/);
  assert.throws(() => perceptronStep(unit, X, 1), /X is 2×4, t has 1 entries/);
});
