/** The numbers that A4's checks hold against: those of PyTorch, digit for digit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { type BatchNormNumbers, threeFeatures, twoSamples } from "../lib/assignment/cases/batch-norm-numbers";
import { aroundTanh, type ResidualNumbers, withProjection } from "../lib/assignment/cases/residual-numbers";
import { batchNorm } from "../lib/layers/batch-norm";
import { type Matrix, toArrays } from "../lib/matrix";
import { isMatrix, mapParams, type Params } from "../lib/params";

const { cases } = JSON.parse(
  readFileSync(path.join(__dirname, "../data/references/normalization.json"), "utf8"),
);
const caseOf = (name: string) => cases.find((one: { name: string }) => one.name === name);

/** A tree of matrices as JSON has it. */
function plain(tree: Params): unknown {
  if (isMatrix(tree)) return toArrays(tree);
  if (Array.isArray(tree)) return tree.map(plain);
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, plain(value)]));
}

const batchNorms: readonly (readonly [BatchNormNumbers, string])[] = [
  [threeFeatures, "batch normalization"],
  [twoSamples, "batch normalization of two samples"],
];

for (const [numbers, name] of batchNorms)
  test(`${name}: PyTorch's numbers`, () => {
    const { parameters, X, R, training, observed, inference } = caseOf(name);
    const { gain, shift } = training.gradients;
    const { runningMean, runningVariance } = observed;
    assert.deepEqual(plain(numbers.params), parameters);
    assert.deepEqual(
      [numbers.A, numbers.dY, numbers.output, numbers.dInput, numbers.inferred].map(toArrays),
      [X, R, training.output, training.dX, inference.output],
    );
    assert.deepEqual(plain(numbers.gradients), { gain, shift });
    assert.deepEqual(plain(numbers.moved), { runningMean, runningVariance });
  });

for (const [numbers, name] of batchNorms)
  test(`${name}: the cache is that of a forward with PyTorch's output`, () => {
    const { params, A, cache, epsilon } = numbers;
    const own = { ...batchNorm(A.rows, { epsilon }).forward(params, A).cache };
    mapParams(
      (right: Matrix, kept: Matrix) => {
        right.data.forEach((x, k) => {
          assert.ok(
            Math.abs(x - kept.data[k]) <= 1e-14 * Math.max(1, Math.abs(x)),
            `${kept.data[k]}, not ${x}`,
          );
        });
        return right;
      },
      own,
      { ...cache },
    );
  });

const residuals: readonly (readonly [ResidualNumbers, string])[] = [
  [aroundTanh, "a residual layer"],
  [withProjection, "a residual layer with a projection"],
];

for (const [numbers, name] of residuals)
  test(`${name}: PyTorch's numbers`, () => {
    const { parameters, X, R, training } = caseOf(name);
    assert.deepEqual(plain(numbers.params), parameters);
    assert.deepEqual(plain(numbers.gradients), training.gradients);
    assert.deepEqual([numbers.A, numbers.dY, numbers.output, numbers.dInput].map(toArrays), [
      X,
      R,
      training.output,
      training.dX,
    ]);
  });
