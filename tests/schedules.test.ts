import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { dense } from "../lib/layers";
import { meanSquaredError } from "../lib/losses";
import { matrix } from "../lib/matrix";
import { sgd } from "../lib/optimizers";
import type { Schedule } from "../lib/schedules";
import { constant } from "../lib/schedules";
import { cosine, cosineRestarts } from "../lib/schedules/cosine";
import { cyclical } from "../lib/schedules/cyclical";
import { exponentialDecay } from "../lib/schedules/exponential-decay";
import { hyperbolicDecay } from "../lib/schedules/hyperbolic-decay";
import { linearScaling } from "../lib/schedules/linear-scaling";
import { risingMomentum } from "../lib/schedules/momentum";
import { oneCycle, oneCycleMomentum } from "../lib/schedules/one-cycle";
import { piecewise } from "../lib/schedules/piecewise";
import { halveOnPlateau, onPlateau, type PlateauOptions } from "../lib/schedules/plateau";
import { learningRateRangeTest } from "../lib/schedules/range-test";
import { sequence } from "../lib/schedules/sequence";
import { stepDecay } from "../lib/schedules/step-decay";
import { cosineWarmUp, linearWarmUp } from "../lib/schedules/warm-up";
import { train } from "../lib/training";
import { assertClose } from "./support/assert-close";

const reference = JSON.parse(readFileSync("data/references/schedules.json", "utf8")) as Record<
  string,
  number[]
>;
const count = reference.metrics.length;

/** Our step t is PyTorch's epoch t − 1. */
const pairs: Record<string, Schedule> = {
  StepLR: stepDecay(0.1, { every: 25 }),
  MultiStepLR: piecewise([0.1, 0.01, 0.001, 0.0001], [40, 100, 250]),
  ExponentialLR: exponentialDecay(0.1, { factor: 0.98 }),
  LambdaLR: hyperbolicDecay(2, 19),
  CosineAnnealingLR: cosine(0.1, { steps: count, minimum: 0.001 }),
  CosineAnnealingWarmRestarts: cosineRestarts(0.1, { steps: 20, growth: 2, minimum: 0.001 }),
  "CosineAnnealingWarmRestarts, equal": cosineRestarts(0.1, { steps: 35 }),
  LinearLR: linearWarmUp(0.1, { steps: 60, from: 0.25 }),
  ChainedScheduler: linearWarmUp(cosine(0.1, { steps: count }), { steps: 40, from: 0.125 }),
  SequentialLR: sequence([constant(0.01), exponentialDecay(0.1, { factor: 0.97 })], [50]),
  "CyclicLR, triangular": cyclical({ low: 0.001, high: 0.006, stepSize: 20 }),
  "CyclicLR, triangular2": cyclical({ low: 0.001, high: 0.006, stepSize: 20, mode: "triangular2" }),
  "OneCycleLR, cos": oneCycle(0.1, { steps: count, rise: 0.25 }),
  "OneCycleLR, linear": oneCycle(0.1, { steps: count, rise: 0.25, shape: "linear" }),
  "OneCycleLR, momentum": oneCycleMomentum({ steps: count, rise: 0.25 }),
};

for (const [name, schedule] of Object.entries(pairs))
  test(`${count} steps are PyTorch's ${name}`, () => {
    const rates = reference[name].map((_, epoch) => schedule(epoch + 1));
    assert.equal(rates.length, count);
    // relative: the rates run over orders of magnitude
    const quotients = rates.map((rate, k) => rate / reference[name][k]);
    assertClose(name, matrix([quotients]), matrix([quotients.map(() => 1)]), 1e-12);
  });

const plateaus: [name: string, sign: number, options: PlateauOptions][] = [
  ["ReduceLROnPlateau", 1, { patience: 5 }],
  ["ReduceLROnPlateau, absolute", 1, { patience: 3, threshold: 0.001, absolute: true, cooldown: 8 }],
  ["ReduceLROnPlateau, max", -1, { goal: "max", patience: 0, threshold: 0, minimum: 0.002 }],
  [
    "ReduceLROnPlateau, max, absolute",
    -1,
    { goal: "max", patience: 2, threshold: 1e-4, absolute: true, minimum: 0.001 },
  ],
];

for (const [name, sign, options] of plateaus)
  test(`halving on plateaus is PyTorch's ${name}`, () => {
    const plateau = onPlateau(halveOnPlateau(0.1, options));
    const rates = reference.metrics.map((metric) => plateau.observe(sign * metric).rate);
    assert.deepEqual(rates, reference[name]);
    assert.ok(new Set(rates).size >= 3, "the rate falls more than once");
    assert.equal(plateau.schedule(1), rates.at(-1));
  });

test("a rule for plateaus changes no state, and an optimizer follows it", () => {
  const rule = halveOnPlateau(0.5, { patience: 0 });
  const start = Object.freeze(rule.init());
  const after = rule.next(Object.freeze(rule.next(start, 1)), 1);
  assert.deepEqual(start, rule.init());
  assert.equal(after.rate, 0.25);
  const plateau = onPlateau(rule);
  const optimizer = sgd(plateau.schedule);
  const one = matrix([[1]]);
  const move = () => optimizer.update(one, optimizer.init(one), one, 1).params.data[0];
  assert.equal(move(), 0.5);
  plateau.observe(1);
  plateau.observe(1);
  assert.equal(move(), 0.75);
});

test("train follows a plateau by way of onEpoch", async () => {
  // E = ½ (w x − t)² on one sample, at its minimum: no epoch is better than the first
  const plateau = onPlateau(halveOnPlateau(0.8, { patience: 1 }));
  const rates: number[] = [];
  await train({
    layer: dense(1, 1),
    loss: meanSquaredError,
    optimizer: sgd(plateau.schedule),
    params: { weights: matrix([[2]]), bias: matrix([[0]]) },
    X: matrix([[1]]),
    T: matrix([[2]]),
    batchSize: 1,
    epochs: 6,
    shuffle: false,
    onEpoch({ loss }) {
      plateau.observe(loss);
      rates.push(plateau.schedule(0));
    },
  });
  assert.deepEqual(rates, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]);
});

test("what has no counterpart in PyTorch, by its formula", () => {
  // Sutskever et al., equation 5, written with powers of two
  for (const t of [1, 249, 250, 1000, 1999, 2000]) {
    const mu = Math.min(1 - 2 ** (-1 - Math.log2(Math.floor(t / 250) + 1)), 0.9);
    assertClose("μ", matrix([[risingMomentum()(t)]]), matrix([[mu]]), 1e-15);
  }
  // Goyal et al., section 5.1: η = 0.1 kn/256
  assert.equal(linearScaling(0.1, { from: 256, to: 8192 }), 3.2);
  // from nothing at step 0 evenly to all at step n + 1
  assert.deepEqual([1, 2, 3, 4, 5].map(linearWarmUp(1, { steps: 3 })), [0.25, 0.5, 0.75, 1, 1]);
  const rise = [1, 2, 3, 4, 5, 6].map(cosineWarmUp(2, { steps: 4, from: 0 }));
  const root = Math.SQRT1_2;
  assertClose("rise", matrix([rise]), matrix([[0, 1 - root, 1, 1 + root, 2, 2]]), 1e-15);
});

test("schedules go on as stated where PyTorch turns or stops", () => {
  assert.equal(cosine(0.1, { steps: 10, minimum: 0.01 })(1000), 0.01);
  assert.equal(oneCycle(0.1, { steps: 10 })(11), oneCycle(0.1, { steps: 10 })(10));
  const end = oneCycle(0.1, { steps: 10, shape: "linear" })(99);
  assertClose("0.1/25/10⁴, in 10⁻⁷", matrix([[end * 1e7]]), matrix([[4]]), 1e-9);
});

test("the range test grows by one factor and stops where the loss runs away", () => {
  const seen: number[] = [];
  const losses = [1, 1, 0.5, 0.25, 0.75, 2, 9];
  const result = learningRateRangeTest(
    (rate) => {
      seen.push(rate);
      return losses[seen.length - 1];
    },
    { from: 1e-4, to: 1e2, steps: 7, smoothing: 0, stopAt: 7 },
  );
  const powers = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10];
  assertClose("rates", matrix([result.rates]), matrix([powers]), 1e-13);
  assert.deepEqual(result.rates, seen);
  assert.deepEqual(result.losses, [1, 1, 0.5, 0.25, 0.75, 2]); // 2 > 7 · 0.25
  assert.deepEqual(result.smoothed, result.losses);
  assertClose("suggestion", matrix([[result.suggestion]]), matrix([[1e-2]]), 1e-13);

  const smooth = learningRateRangeTest(() => 3, { steps: 5, smoothing: 0.5 });
  assertClose("a constant loss", matrix([smooth.smoothed]), matrix([[3, 3, 3, 3, 3]]), 1e-15);
  // ½ of the newest, ¼, ⅛ … of those before, over the sum of these weights
  const { smoothed } = learningRateRangeTest((rate) => rate, { from: 1, to: 4, steps: 3, smoothing: 0.5 });
  const averages = [1, (2 / 2 + 1 / 4) / 0.75, (4 / 2 + 2 / 4 + 1 / 8) / 0.875];
  assertClose("moving average", matrix([smoothed]), matrix([averages]), 1e-15);
  let n = 0;
  const ended = learningRateRangeTest(() => (n++ < 2 ? 1 : Number.NaN));
  assert.equal(ended.losses.length, 2);
  assert.throws(() => learningRateRangeTest(() => Number.POSITIVE_INFINITY), /first loss is not finite/);
});

test("settings out of range are refused", () => {
  const range = { low: 0, high: 1, stepSize: 4 };
  const refused: [() => unknown, RegExp][] = [
    [() => stepDecay(-1, { every: 1 }), /stepDecay: the learning rate is -1/],
    [() => stepDecay(1, { every: 1.5 }), /stepDecay: every is 1.5/],
    [() => stepDecay(1, { every: 1, factor: 0 }), /stepDecay: factor is 0/],
    [() => piecewise([1, 2, 3], [5, 5]), /piecewise: end 1 is 5, the one before 5/],
    [() => piecewise([1, Number.NaN], [5]), /piecewise: value 1 is NaN/],
    [() => cosine(1, { steps: 0 }), /cosine: steps is 0/],
    [() => cosineRestarts(1, { steps: 5, growth: 0.5 }), /cosineRestarts: growth is 0.5/],
    [() => linearWarmUp(1, { steps: 5, from: -1 }), /linearWarmUp: from is -1/],
    [() => linearWarmUp(-1, { steps: 5 }), /learning rate is -1/],
    [() => sequence([1, 1], [0]), /sequence: length 0 is 0/],
    [() => oneCycle(1, { steps: 3, rise: 0.3 }), /oneCycle: rise is 0.3 for 3 steps/],
    [() => oneCycle(1, { steps: 30, endDivisor: 0 }), /oneCycle: endDivisor is 0/],
    [() => oneCycleMomentum({ steps: 30, low: 0.99 }), /low is 0.99, high is 0.95/],
    [() => halveOnPlateau(1, { patience: -1 }), /halveOnPlateau: patience is -1/],
    [
      () => halveOnPlateau(1, { goal: "mim" as "min" }),
      /halveOnPlateau: goal is "mim" \(it must be "min" or/,
    ],
    [() => cyclical({ ...range, mode: "exp_range" as "triangular" }), /cyclical: mode is "exp_range" \(/],
    [() => cyclical({ ...range, mode: null as never }), /cyclical: mode is null/],
    [
      () => oneCycle(1, { steps: 9, shape: "cos" as "cosine" }),
      /oneCycle: shape is "cos" \(it must be "cosine"/,
    ],
    [() => oneCycleMomentum({ steps: 9, shape: "cos" as "cosine" }), /oneCycleMomentum: shape is "cos"/],
    [() => halveOnPlateau(1, { factor: 2 }), /halveOnPlateau: factor is 2/],
    [() => linearScaling(1, { from: 1, to: 1.5 }), /the new batch size is 1.5/],
    [() => learningRateRangeTest(() => 1, { stopAt: 1 }), /stopAt is 1/],
    [() => learningRateRangeTest(() => 1, { smoothing: 1 }), /smoothing is 1/],
  ];
  for (const [make, message] of refused) assert.throws(make, message);
});
