import assert from "node:assert/strict";
import test from "node:test";
import { biasShift } from "../lib/diagnostics/bias-shift";
import { matrix, zeros } from "../lib/matrix";
import { mapEntries } from "../lib/matrix-entries";

const dW = matrix([
  [1.79, 0.44, 0.1],
  [-1.86, -0.28, -0.35],
]);
const A = matrix([
  [0.05, 0.44, 0.03, 0.46],
  [0.65, 0.28, 0.68, 0.59],
  [0.02, 0.56, 0.26, 0.42],
]);

test("the share of the rows' means is NumPy's", () => {
  // NumPy 2.4.6: Z = dW @ A; (Z.mean(1) ** 2).sum() * 4 / (Z ** 2).sum(), and the same with A - 0.5
  const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-14, `${found}`);
  near(biasShift(dW, A), 0.7830641062789118);
  const lowered = mapEntries(A, (a) => a - 0.5);
  near(biasShift(dW, lowered), 0.6286353948098918);
  // whatever the learning rate
  near(
    biasShift(
      mapEntries(dW, (g) => -0.01 * g),
      A,
    ),
    0.7830641062789118,
  );
});

test("what has no share is refused", () => {
  assert.throws(() => biasShift(dW, zeros(3, 0)), {
    message: "biasShift: A is 3×0 (it needs at least one sample)",
  });
  assert.throws(() => biasShift(zeros(2, 3), A), /the squares of dW A sum to 0/);
  assert.throws(
    () =>
      biasShift(
        mapEntries(dW, () => Number.NaN),
        A,
      ),
    /sum to NaN/,
  );
  assert.throws(() => biasShift(dW, zeros(2, 4)), /multiply/);
});
