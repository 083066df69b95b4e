import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { setosaVersicolor } from "../lib/datasets/iris";
import { xor } from "../lib/datasets/logic-gates";
import { standardise } from "../lib/datasets/standardise";
import { predict, scores } from "../lib/linear-units";
import {
  type AdalineRun,
  adalineGradient,
  adalineLoss,
  adalineStep,
  trainAdalineBatch,
  trainAdalineOnline,
} from "../lib/linear-units/adaline";
import { xorFeatures } from "../lib/linear-units/feature-map";
import { leastSquares } from "../lib/linear-units/least-squares";
import { inputCorrelation, stabilityLimit } from "../lib/linear-units/stability";
import { column, fromData, type Matrix, matrix, toArrays, zeros } from "../lib/matrix";
import { takeColumns } from "../lib/matrix-entries";
import { randomState } from "../lib/random";
import { fixedOrder, shuffled } from "../lib/samplers";

interface RunReference {
  rate: number;
  losses: number[];
  path: number[][];
}
interface LimitReference {
  eigenvalues: number[];
  limit: number;
  conditionNumber: number;
}
interface FloorReference {
  weights: number[];
  bias: number;
  loss: number;
}
const reference: {
  batch: Record<"raw" | "standardised", RunReference>;
  online: Record<"fixed" | "shuffled", RunReference>;
  limits: Record<"raw" | "standardised" | "rawUCI" | "standardisedUCI" | "xorFeatures", LimitReference>;
  atTheLimit: Record<"0.99" | "1.01", { first: number; last: number }>;
  floors: Record<string, FloorReference>;
  xor: Record<"batch" | "online", RunReference & { every: number }>;
} = JSON.parse(readFileSync("data/references/linear-units.json", "utf8"));

const { X, labels, signs } = setosaVersicolor();
const standard = standardise(X, { epsilon: 0 }).X;

function near(ours: number, expected: number, tolerance: number, name: string): void {
  const difference = Math.abs(ours - expected) / Math.max(1, Math.abs(expected));
  assert.ok(
    difference <= tolerance,
    `${name}: ours ${ours}, reference ${expected}, difference ${difference}`,
  );
}

/** The run's points after every so many epochs are NumPy's. */
function assertRun(run: AdalineRun, expected: RunReference, tolerance: number, every = 1): void {
  expected.losses.forEach((loss, k) => {
    near(run.losses[k * every], loss, tolerance, `loss ${k * every}`);
  });
  expected.path.forEach((point, k) => {
    const epoch = (k + 1) * every;
    const ours = run.path.filter((at) => at.epoch === epoch).pop();
    assert.ok(ours);
    [...ours.weights, ours.bias].forEach((value, i) => {
      near(value, point[i], tolerance, `epoch ${epoch}, entry ${i}`);
    });
  });
  const last = run.path[run.path.length - 1];
  assert.deepEqual([Array.from(run.weights.data), run.bias], [last.weights, last.bias]);
  assert.equal(run.diverged, false);
}

test("the note's step: from zeros with η = 0.1, (1, 1) with target 1 gives w = (0.1, 0.1), b = 0.1", () => {
  for (const train of [trainAdalineBatch, trainAdalineOnline]) {
    const run = train(column([1, 1]), [1], { learningRate: 0.1, epochs: 1 });
    assert.deepEqual([...run.weights.data, run.bias], [0.1, 0.1, 0.1]);
    assert.deepEqual(
      run.path.map(({ epoch, sample }) => [epoch, sample]),
      [[0, -1], [1, 0]], // biome-ignore format: pairs
    );
    assert.equal(run.losses[0], 0.5);
    near(run.losses[1], 0.5 * 0.7 * 0.7, 1e-15, "loss after it: z = 0.3");
  }
});

test("batch training on Iris takes NumPy's path, raw and standardised", () => {
  const epochs = reference.batch.raw.path.length;
  const raw = trainAdalineBatch(X, signs, { learningRate: reference.batch.raw.rate, epochs });
  assertRun(raw, reference.batch.raw, 1e-13);
  assert.equal(raw.path.length, epochs + 1);
  const run = trainAdalineBatch(standard, signs, { learningRate: reference.batch.standardised.rate, epochs });
  assertRun(run, reference.batch.standardised, 1e-14);
  assert.deepEqual(predict(run, standard), labels);
});

test("online training takes NumPy's path, in fixed and in shuffled order", () => {
  const epochs = reference.online.fixed.path.length;
  const settings = { learningRate: 0.01, epochs };
  const fixed = trainAdalineOnline(standard, signs, settings);
  assertRun(fixed, reference.online.fixed, 1e-13);
  assert.equal(fixed.path.length, 100 * epochs + 1);
  assert.deepEqual(
    fixed.path.slice(1, 101).map(({ sample }) => sample),
    Array.from({ length: 100 }, (_, j) => j),
  );
  const random = randomState(1);
  const run = trainAdalineOnline(standard, signs, { ...settings, sampler: shuffled(100, 1), random });
  assertRun(run, reference.online.shuffled, 1e-13);
});

test("one batch of all samples is batch training; one path point an epoch, if that is asked for", () => {
  const settings = { learningRate: 0.5, epochs: 4 };
  const batch = trainAdalineBatch(standard, signs, settings);
  assert.deepEqual(
    trainAdalineOnline(standard, signs, { ...settings, sampler: fixedOrder(100, 100) }),
    batch,
  );
  assert.deepEqual(trainAdalineBatch(standard, signs, { ...settings, path: "epochs" }), batch);
  const online = trainAdalineOnline(standard, signs, { learningRate: 0.01, epochs: 3, path: "epochs" });
  assert.deepEqual(
    online.path.map(({ epoch, sample }) => [epoch, sample]),
    [[0, -1], [1, -1], [2, -1], [3, -1]], // biome-ignore format: pairs
  );
});

test("on x1, x2, x1 x2 ADALINE learns XOR as NumPy does, towards (1, 1, −2) and 0", () => {
  const Phi = xorFeatures.apply(xor().X);
  for (const [name, train] of [
    ["batch", trainAdalineBatch],
    ["online", trainAdalineOnline],
  ] as const) {
    // biome-ignore format: pairs
    const expected = reference.xor[name];
    const run = train(Phi, xor().T, { learningRate: expected.rate, epochs: 400, path: "epochs" });
    assertRun(run, expected, 1e-13, expected.every);
    [...run.weights.data, run.bias].forEach((value, i) => {
      near(value, [1, 1, -2, 0][i], 2e-5, `${name}, entry ${i}`);
    });
    assert.deepEqual(predict(run, Phi, 0.5), xor().labels);
  }
  const constructed = { weights: column([1, 1, -2]), bias: 0 };
  assert.deepEqual([...scores(constructed, Phi)], [0, 1, 1, 0]);
  assert.equal(adalineLoss(constructed, Phi, xor().labels), 0);
});

const inputs: Record<keyof typeof reference.limits, Matrix> = {
  raw: X,
  standardised: standard,
  rawUCI: uci(),
  standardisedUCI: standardise(uci(), { epsilon: 0 }).X,
  xorFeatures: xorFeatures.apply(xor().X),
};

/** UCI's petal length of flower 38 is 1.5 with 3.1 sepal width; of these two features only the 1.5 shows. */
function uci(): Matrix {
  const data = X.data.slice();
  data[100 + 37] = 1.5;
  return fromData(2, 100, data);
}

for (const [name, expected] of Object.entries(reference.limits))
  test(`the stability limit is NumPy's: ${name}`, () => {
    const ours = stabilityLimit(inputs[name as keyof typeof inputs]);
    expected.eigenvalues.forEach((value, k) => {
      near(ours.eigenvalues[k], value, 1e-14, `eigenvalue ${k}`);
    });
    near(ours.limit, expected.limit, 1e-14, "limit");
    near(ours.conditionNumber, expected.conditionNumber, 1e-9, "condition number");
    const [largest, smallest] = [
      expected.eigenvalues[0],
      expected.eigenvalues[expected.eigenvalues.length - 1],
    ];
    near(ours.best, 2 / (largest + smallest), 1e-14, "best");
  });

test("raw Iris: 2/λmax = 0.04939; at 0.99 of it the loss falls, at 1.01 it grows as in NumPy", () => {
  const { limit } = stabilityLimit(X);
  assert.equal((limit / 2).toFixed(5), "0.02469");
  assert.equal((stabilityLimit(standard).limit / 2).toFixed(4), "0.5517");
  const lossAt = (share: number) =>
    trainAdalineBatch(X, signs, { learningRate: share * limit, epochs: 2000, path: "epochs" }).losses[2000];
  near(lossAt(0.99), reference.atTheLimit["0.99"].last, 1e-10, "0.99");
  const above = reference.atTheLimit["1.01"].last;
  assert.ok(above > 1e30 && Math.abs(lossAt(1.01) / above - 1) < 1e-9, `${lossAt(1.01)}, NumPy ${above}`);
});

test("each correction multiplies its sample's error by 1 − η‖(x, 1)‖²; below `online` by less than 1", () => {
  const { online } = stabilityLimit(X);
  const longest = Math.max(
    ...Array.from({ length: 100 }, (_, j) => 1 + X.data[j] ** 2 + X.data[100 + j] ** 2),
  );
  near(online, 2 / longest, 1e-15, "online");
  const sample = column([5, 3]);
  const errorAfter = (learningRate: number) =>
    1 - scores(trainAdalineOnline(sample, [1], { learningRate, epochs: 1 }), sample)[0];
  near(errorAfter(0.01), 1 - 0.01 * 35, 1e-15, "error");
});

test("a run that leaves float64 stops, says so, and keeps what was finite", () => {
  const run = trainAdalineBatch(X, signs, { learningRate: 1, epochs: 1000 });
  assert.ok(run.diverged);
  assert.ok(run.losses.length > 10 && run.losses.length < 1000);
  assert.ok([...run.losses, ...run.weights.data, run.bias].every(Number.isFinite));
  const losses = trainAdalineOnline(X, signs, { learningRate: 1, epochs: 1000 });
  assert.ok(losses.diverged && losses.path.every((point) => point.weights.every(Number.isFinite)));
});

test("the least-squares unit is NumPy's, of equally good ones the shortest", () => {
  const t = Array.from(labels);
  const { T } = xor();
  const Phi = xorFeatures.apply(xor().X);
  const first = fromData(1, 100, X.data.slice(0, 100));
  const repeated = matrix([toArrays(first)[0], toArrays(first)[0]]);
  const combined = toArrays(X)[0].map((x1, j) => x1 + 5.3 * X.data[100 + j]);
  const dependent = matrix([...toArrays(X), combined]);
  const cases: [string, Matrix, Matrix | number[]][] = [
    ["iris", X, signs],
    ["irisStandardised", standard, signs],
    ["irisLabels", X, t],
    ["xor", xor().X, T],
    ["xorFeatures", Phi, T],
    ["dependentFeature", dependent, t],
    ["repeatedFeature", repeated, t],
  ];
  for (const [name, inputs, targets] of cases) {
    const ours = leastSquares(inputs, targets);
    const expected = reference.floors[name];
    ours.weights.data.forEach((value, i) => {
      near(value, expected.weights[i], 1e-11, `${name}, weight ${i}`);
    });
    near(ours.bias, expected.bias, 1e-11, `${name}, bias`);
    near(ours.loss, expected.loss, 1e-14, `${name}, loss`);
  }
  near(leastSquares(xor().X, T).loss, 1 / 8, 1e-15, "XOR's linear floor");
  for (const singular of [repeated, dependent])
    assert.equal(stabilityLimit(singular).conditionNumber, Number.POSITIVE_INFINITY);
});

test("training approaches the least-squares unit", () => {
  const { limit, best } = stabilityLimit(standard);
  assert.ok(best < limit);
  const run = trainAdalineBatch(standard, signs, { learningRate: best, epochs: 300 });
  const floor = leastSquares(standard, signs);
  near(run.losses[300], floor.loss, 1e-14, "loss");
  run.weights.data.forEach((value, i) => {
    near(value, floor.weights.data[i], 1e-13, `weight ${i}`);
  });
});

test("the input correlation is the loss's Hessian: a second difference of E along each axis", () => {
  const R = inputCorrelation(standard);
  const E = (w: number[], bias: number) => adalineLoss({ weights: column(w), bias }, standard, signs);
  const second = (i: number) => {
    const at = (h: number) => E([i === 0 ? h : 0, i === 1 ? h : 0], i === 2 ? h : 0);
    return at(1) - 2 * at(0) + at(-1);
  };
  for (let i = 0; i < 3; i++) near(second(i), R.data[i * 3 + i], 1e-14, `entry ${i}`);
});

test("wrong arguments are named", () => {
  const bad = matrix([[1, Number.NaN]]);
  const good = matrix([[1, 2]]);
  const settings = { learningRate: 0.1 };
  assert.throws(() => trainAdalineBatch(bad, [0, 1], settings), /trainAdalineBatch: X\[0,1\].* is NaN/);
  assert.throws(() => trainAdalineOnline(good, [0], settings), /X is 1×2, t has 1 entries/);
  assert.throws(() => trainAdalineBatch(good, [0, Number.POSITIVE_INFINITY], settings), /t\[1\] is Infinity/);
  assert.throws(() => trainAdalineBatch(good, [0, 1], { learningRate: -1 }), /learning rate is -1/);
  assert.throws(() => trainAdalineBatch(good, [0, 1], { ...settings, epochs: 0.5 }), /epochs is 0.5/);
  assert.throws(() => trainAdalineBatch(matrix([[]]), [], settings), /it needs at least one column/);
  assert.throws(
    () => trainAdalineOnline(good, [0, 1], { ...settings, weights: column([1, 2]) }),
    /X is 1×2, the weights are 2×1/,
  );
  assert.throws(
    () => trainAdalineOnline(good, [0, 1], { ...settings, sampler: shuffled(2, 1) }),
    /there is no random to draw from \(give random\)/,
  );
  assert.throws(() => predict({ weights: column([1]), bias: 0 }, good, Number.NaN), /the threshold is NaN/);
});

test("the gradient over all flowers leads along NumPy's batch path, step by step", () => {
  const { rate, path } = reference.batch.raw;
  let unit = { weights: zeros(2, 1), bias: 0 };
  for (const point of path) {
    const { weights, bias } = adalineGradient(unit, X, signs);
    const next = unit.weights.data.map((w, i) => w - rate * weights.data[i]);
    unit = { weights: column([...next]), bias: unit.bias - rate * bias };
    [...unit.weights.data, unit.bias].forEach((value, i) => {
      near(value, point[i], 1e-13, `entry ${i}`);
    });
  }
});

test("single steps through the flowers make NumPy's first online epoch", () => {
  const { rate, path } = reference.online.fixed;
  let unit = { weights: zeros(2, 1), bias: 0 };
  for (let j = 0; j < 100; j++) unit = adalineStep(unit, takeColumns(standard, [j]), signs.data[j], rate);
  [...unit.weights.data, unit.bias].forEach((value, i) => {
    near(value, path[0][i], 1e-13, `entry ${i}`);
  });
  assert.throws(() => adalineStep(unit, standard, 1, rate), /X is 2×100, t has 1 entries/);
  assert.throws(() => adalineStep(unit, column([1, 2]), 1, 0), /the learning rate is 0/);
});
