import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { column, matrix, multiply, type Precision, subtract } from "../lib/matrix";
import { adam, type Optimizer, sgd } from "../lib/optimizers";
import { adagrad } from "../lib/optimizers/adagrad";
import { adamw } from "../lib/optimizers/adamw";
import { amsgrad } from "../lib/optimizers/amsgrad";
import { clipByNorm, clipByValue, transformGradients } from "../lib/optimizers/gradient-clipping";
import { pytorchSgd } from "../lib/optimizers/pytorch-sgd";
import { rmsprop } from "../lib/optimizers/rmsprop";
import { hyperbolicDecay } from "../lib/schedules/hyperbolic-decay";
import { piecewise } from "../lib/schedules/piecewise";
import { assertClose } from "./support/assert-close";

type Rows = number[][];
const reference = JSON.parse(readFileSync("data/references/optimizers.json", "utf8")) as {
  start: [Rows, Rows];
  gradients: [Rows, Rows][];
  float64: Record<string, Record<string, [Rows, Rows]>>;
  float32: Record<string, Record<string, [Rows, Rows]>>;
  sutskever: { H: Rows; c: number[]; points: Rows; thetas: Rows };
};

const onlyWeights = (path: string) => path === "weights";
const pytorchNorm = clipByNorm(2, { epsilon: 1e-6 });

/** The optimizers of data/references/optimizers.py; more than one where two forms must give the same path. */
const cases: Record<string, Optimizer[]> = {
  sgd: [sgd(0.01)],
  "sgd, weight decay": [sgd(0.01, { weightDecay: 0.1 })],
  "sgd, weight decay of the weights": [sgd(0.01, { weightDecay: 0.1, decays: onlyWeights })],
  "sgd, clipped by value": [transformGradients(sgd(0.01), clipByValue(0.5))],
  "sgd, clipped by norm": [transformGradients(sgd(0.01), pytorchNorm)],
  momentum: [pytorchSgd(0.01), sgd(0.01, { momentum: 0.9 })],
  "momentum, weight decay": [
    pytorchSgd(0.01, { weightDecay: 0.1 }),
    sgd(0.01, { momentum: 0.9, weightDecay: 0.1 }),
  ],
  "momentum, dampening": [pytorchSgd(0.01, { dampening: 0.3 })],
  "momentum, dampening and weight decay": [pytorchSgd(0.01, { dampening: 0.3, weightDecay: 0.1 })],
  "momentum, changing": [pytorchSgd(hyperbolicDecay(0.02, 1), { momentum: piecewise([0.5, 0.9], [20]) })],
  "momentum, clipped by norm": [transformGradients(pytorchSgd(0.01), pytorchNorm)],
  nesterov: [pytorchSgd(0.01, { nesterov: true }), sgd(0.01, { momentum: 0.9, nesterov: true })],
  "nesterov, weight decay": [
    pytorchSgd(0.01, { nesterov: true, weightDecay: 0.1 }),
    sgd(0.01, { momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
  ],
  rmsprop: [rmsprop(0.02)],
  "rmsprop, weight decay": [rmsprop(0.02, { rho: 0.9, weightDecay: 0.1 })],
  adagrad: [adagrad(0.1)],
  "adagrad, weight decay": [adagrad(0.1, { weightDecay: 0.1, initialSum: 0.5 })],
  "adagrad, rate decay": [adagrad(hyperbolicDecay(0.1 / 0.05, 1 / 0.05 - 1))],
  adam: [adam(0.02)],
  "adam, weight decay": [adam(0.02, { weightDecay: 0.1 })],
  "adam, small betas": [adam(0.02, { beta1: 0.3, beta2: 0.6, epsilon: 1e-3 })],
  "adam, beta1 = 0": [adam(0.02, { beta1: 0, beta2: 0.99 })],
  "adam, changing rate": [adam(hyperbolicDecay(0.1, 4))],
  "adam, clipped by value": [transformGradients(adam(0.02), clipByValue(0.5))],
  amsgrad: [amsgrad(0.02)],
  "amsgrad, weight decay": [amsgrad(0.02, { weightDecay: 0.1 })],
  adamw: [adamw(0.02)],
  "adamw, weight decay": [adamw(0.02, { weightDecay: 0.5 })],
  "adamw, weight decay of the weights": [adamw(0.02, { weightDecay: 0.5, decays: onlyWeights })],
  "adamw, amsgrad": [adamw(0.02, { weightDecay: 0.5, amsgrad: true })],
};

test("every recorded path has its optimizer", () => {
  for (const precision of ["float64", "float32"] as const)
    assert.deepEqual(Object.keys(reference[precision]).sort(), Object.keys(cases).sort());
});

const tolerances: [Precision, number][] = [
  ["float64", 1e-14],
  ["float32", 3e-6],
];
let worst: Record<string, number> = {};

for (const [precision, tolerance] of tolerances)
  for (const [name, optimizers] of Object.entries(cases))
    test(`50 steps are PyTorch's: ${name}, ${precision}`, () => {
      const named = ([weights, bias]: [Rows, Rows]) => ({
        weights: matrix(weights, precision),
        bias: matrix(bias, precision),
      });
      for (const optimizer of optimizers) {
        let params = named(reference.start);
        let state = optimizer.init(params);
        const kept = reference[precision][name];
        reference.gradients.forEach((gradient, index) => {
          const step = index + 1;
          ({ params, state } = optimizer.update(named(gradient), state, params, step));
          if (!kept[step]) return;
          const expected = named(kept[step]);
          for (const key of ["weights", "bias"] as const) {
            assertClose(`${key} after step ${step}`, params[key], expected[key], tolerance);
            params[key].data.forEach((x, k) => {
              const error = Math.abs(x - expected[key].data[k]) / Math.max(1, Math.abs(x));
              worst = { ...worst, [precision]: Math.max(worst[precision] ?? 0, error) };
            });
          }
        });
        assert.ok(kept[50]);
      }
    });

test("the largest differences from PyTorch", (t) => t.diagnostic(JSON.stringify(worst)));

test("Nesterov momentum is Sutskever's at the points θ + γ v where he takes the gradient, α and γ changing", () => {
  const { H, c, points, thetas } = reference.sutskever;
  const gamma = piecewise([0.5, 0.9], [10]);
  const optimizer = sgd(hyperbolicDecay(0.2, 3), { momentum: gamma, nesterov: true });
  let point = column(points[0]);
  let state = optimizer.init(point);
  for (let step = 1; step <= 50; step++) {
    assertClose(`point of step ${step}`, point, column(points[step - 1]), 1e-14);
    const v = state.velocity?.[0] ?? assert.fail("no velocity");
    const theta = point.data.map((x, k) => x - gamma(step) * v.data[k]);
    assertClose(`θ before step ${step}`, column([...theta]), column(thetas[step - 1]), 1e-14);
    const gradient = subtract(multiply(matrix(H), point), column(c));
    ({ params: point, state } = optimizer.update(gradient, state, point, step));
  }
});
