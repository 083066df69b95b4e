import assert from "node:assert/strict";
import test from "node:test";
import { matrix, zeros } from "../lib/matrix";
import { sgd } from "../lib/optimizers";
import { clipByNorm, clipByValue, transformGradients } from "../lib/optimizers/gradient-clipping";
import { gradientNorm } from "../lib/optimizers/gradient-norm";
import { mapParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

test("clipping by norm keeps the direction and shortens to the bound, what is short stays", () => {
  const random = randomState(4);
  const gradients = { a: matrix([[...random.normals(5)]]), b: matrix([[...random.normals(3)]], "float64") };
  const clipped = clipByNorm(0.5).apply(gradients);
  assertClose("norm", matrix([[gradientNorm(clipped)]]), matrix([[0.5]]), 1e-15);
  const quotient = gradients.a.data[0] / clipped.a.data[0];
  assert.ok(quotient > 1);
  mapParams(
    (A, B) => {
      assertClose("direction", A, matrix([[...B.data].map((x) => x * quotient)]), 1e-14);
      return A;
    },
    gradients,
    clipped,
  );
  assert.equal(clipByNorm(100).apply(gradients), gradients);
  assert.deepEqual(clipByValue(0.5).apply(matrix([[3, 0.1]])), matrix([[0.5, 0.1]])); // another direction
});

test("norms neither overflow nor vanish", () => {
  for (const size of [1e-320, 1e-200, 1, 1e200, 3e307]) {
    const exact = size * Math.sqrt(2);
    assertClose("norm", matrix([[gradientNorm(matrix([[size, -size]])) / exact]]), matrix([[1]]), 1e-3);
  }
  assert.equal(gradientNorm([zeros(2, 2), {}]), 0);
  assert.equal(gradientNorm(matrix([[Number.NaN, 1]])), Number.NaN);
});

test("transforms run in their order before the optimizer", () => {
  const [w, g] = [matrix([[0, 0]]), matrix([[3, 30]])];
  const move = (...transforms: Parameters<typeof transformGradients>[1][]) => {
    const optimizer = transformGradients(sgd(1), ...transforms);
    return optimizer.update(g, optimizer.init(w), w, 1).params;
  };
  assertClose("(3, 4)/5", move(clipByValue(4), clipByNorm(1)), matrix([[-0.6, -0.8]]), 1e-15);
  const norm = Math.sqrt(909);
  assertClose("(3, 30)/√909", move(clipByNorm(1), clipByValue(4)), matrix([[-3 / norm, -30 / norm]]), 1e-15);
});

test("bounds out of range and gradients that are not finite are refused", () => {
  assert.throws(() => clipByNorm(Number.NaN), /clipByNorm: the bound is NaN/);
  assert.throws(() => clipByNorm(1, { epsilon: -1 }), /clipByNorm: epsilon is -1/);
  assert.throws(() => clipByValue(Number.POSITIVE_INFINITY), /clipByValue: the bound is Infinity/);
  const gradients: Params = [
    { bias: matrix([[1]]) },
    {
      weights: matrix([
        [0, 1],
        [1 / 0, 0],
      ]),
    },
  ];
  assert.throws(() => clipByNorm(1).apply(gradients), /1.weights\[1,0\] of the gradients is Infinity/);
  assert.throws(() => clipByNorm(1).apply(matrix([[1.5e308, 1.5e308]])), /longer than the largest float64/);
});
