import assert from "node:assert/strict";
import test from "node:test";
import { relu, sigmoid, tanh } from "../lib/activations";
import {
  curvature,
  gradientFunction,
  hessian,
  hessianVectorProduct,
  stepCurvature,
} from "../lib/diagnostics/curvature";
import { gradientNoise } from "../lib/diagnostics/gradient-noise";
import { addScaled, innerProduct } from "../lib/diagnostics/tree";
import { symmetricEigen } from "../lib/eigenvalues";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { inputCorrelation } from "../lib/linear-units/stability";
import { meanSquaredError, oneHot, softmaxCrossEntropy } from "../lib/losses";
import { matrix, zeros } from "../lib/matrix";
import { takeColumns, toPrecision } from "../lib/matrix-entries";
import { gradientNorm } from "../lib/optimizers/gradient-norm";
import { flattenParams, mapParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { denseParams, references, type SecondOrderReference } from "./support/diagnostics-references";

const near = (what: string, ours: number, expected: number, tolerance: number) =>
  assertClose(what, matrix([[ours]]), matrix([[expected]]), tolerance);

const activations = { tanh, sigmoid, relu };

function problem({ activation, parameters, X, labels }: SecondOrderReference) {
  const network = serial(dense(2, 3), elementwise(activations[activation]), dense(3, 2));
  const E = gradientFunction(network, softmaxCrossEntropy, matrix(X), oneHot(labels, 2));
  return { E, params: denseParams(parameters) as unknown as Parameters<typeof E>[0] };
}

for (const reference of references.secondOrder) {
  const { E, params } = problem(reference);
  const like = (list: number[][][]) => denseParams(list) as unknown as typeof params;

  test(`${reference.activation}: the Hessian–vector product is PyTorch's double backward`, () => {
    const ours = flattenParams(hessianVectorProduct(E, params, like(reference.direction)));
    flattenParams(like(reference.Hv)).forEach(({ path, value }, k) => {
      assertClose(path, ours[k].value, value, 1e-9);
    });
    near("gᵀHg/gᵀg", curvature(E, params), reference.curvatureOfGradient, 1e-9);
    near("vᵀHv/vᵀv", curvature(E, params, like(reference.direction)), reference.curvatureOfDirection, 1e-9);
  });

  test(`${reference.activation}: the Hessian and its eigenvalues are PyTorch's`, () => {
    const H = hessian(E, params);
    assertClose("H", H, matrix(reference.hessian), 1e-9);
    assertClose("eigenvalues", matrix([symmetricEigen(H).values]), matrix([reference.eigenvalues]), 1e-9);
    for (let i = 0; i < H.rows; i++)
      for (let j = 0; j < i; j++) assert.equal(H.data[i * H.cols + j], H.data[j * H.cols + i]);
  });

  test(`${reference.activation}: a step's predicted and measured change of the loss are PyTorch's`, () => {
    const ours = stepCurvature(E, params, addScaled(params, 1, like(reference.step)));
    near("linear", ours.linear, reference.linear, 1e-14);
    near("quadratic", ours.quadratic, reference.quadratic, 1e-9);
    near("measured", ours.measured, reference.measured, 1e-14);
    near("curvature", ours.curvature, reference.curvatureOfStep, 1e-9);
    near("descent", ours.descent, reference.descent, 1e-13);
  });
}

test("a linear unit's Hessian is the correlation matrix of its inputs, and a quadratic loss is predicted exactly", () => {
  const X = matrix([[0.5, -1, 2, 0], [1, 3, -2, 1]]); // biome-ignore format: rows
  const E = gradientFunction(dense(2, 1), meanSquaredError, X, matrix([[1, 0, 2, -1]]));
  const params = { weights: matrix([[0.3, -0.2]]), bias: matrix([[0.1]]) };
  assertClose("H", hessian(E, params), inputCorrelation(X), 1e-9);
  const after = addScaled(params, -0.2, E(params).gradients);
  const { quadratic, measured, descent } = stepCurvature(E, params, after);
  near("quadratic", quadratic, measured, 1e-9);
  near("descent", descent, 1, 1e-14);
});

test("a gradient step lowers the loss below 2/(gᵀHg/gᵀg) and raises it above, on a quadratic", () => {
  const X = matrix([[1, 2, 3]]);
  const E = gradientFunction(dense(1, 1), meanSquaredError, X, matrix([[1, 1, 2]]));
  const params = { weights: matrix([[3]]), bias: matrix([[-1]]) };
  const critical = 2 / curvature(E, params);
  const change = (share: number) => {
    const after = addScaled(params, -share * critical, E(params).gradients);
    return E(after).loss - E(params).loss;
  };
  assert.ok(change(0.999) < 0 && change(1.001) > 0);
});

test("running statistics are no part of the Hessian", () => {
  const network = serial(dense(2, 2), batchNorm(2), elementwise(tanh), dense(2, 1));
  const params = network.init(randomState(1));
  const X = matrix([[1, 2, 3, -1], [0, 1, -1, 2]]); // biome-ignore format: rows
  const H = hessian(gradientFunction(network, meanSquaredError, X, matrix([[0, 1, 0, 2]])), params);
  assert.equal(H.rows, 6 + 4 + 3);
  // the bias before a batch normalization moves nothing: its rows are zero up to the difference's error
  for (const i of [4, 5])
    for (let j = 0; j < H.cols; j++) assert.ok(Math.abs(H.data[i * H.cols + j]) < 1e-9, `entry (${i}, ${j})`);
});

test("a dropout network is the same function at every call if its generator starts anew", () => {
  const network = serial(dense(2, 3), dropout(0.5), dense(3, 1));
  const params = network.init(randomState(1));
  const E = gradientFunction(network, meanSquaredError, zeros(2, 4), matrix([[1, 2, 3, 4]]), () =>
    randomState(7),
  );
  assert.deepEqual(E(params), E(params));
});

test("what cannot be computed is named", () => {
  const { E, params } = problem(references.secondOrder[0]);
  const single = mapParams((M) => toPrecision(M, "float32"), params);
  assert.throws(
    () => hessianVectorProduct(E, single, single),
    /0.weights is float32 \(differences need float64/,
  );
  assert.throws(() => hessianVectorProduct(E, params, params, { step: 0 }), /the step is 0/);
  const nothing = addScaled(params, -1, params);
  assert.throws(() => curvature(E, params, nothing), /the direction is zero/);
  assert.equal(gradientNorm(hessianVectorProduct(E, params, nothing)), 0);
  const still = stepCurvature(E, params, params);
  assert.ok(Number.isNaN(still.curvature) && Number.isNaN(still.descent) && still.measured === 0);
});

test("gradient noise over batches is NumPy's", () => {
  const { parameters, X, labels, batches, ...expected } = references.noise;
  const network = serial(dense(2, 3), elementwise(tanh), dense(3, 2));
  const params = denseParams(parameters) as never;
  const gradientOf = (samples: number[]): Params => {
    const T = takeColumns(oneHot(labels, 2), samples);
    return gradientFunction(network, softmaxCrossEntropy, takeColumns(matrix(X), samples), T)(params)
      .gradients;
  };
  const gradients = batches.map(gradientOf);
  const full = gradientOf([0, 1, 2, 3, 4, 5]);
  const ours = gradientNoise(gradients, full);
  near("mean norm", ours.meanNorm, expected.meanNorm, 1e-14);
  near("variance", ours.variance, expected.variance, 1e-14);
  near("noise to signal", ours.noiseToSignal, expected.variance / expected.meanNorm ** 2, 1e-13);
  assertClose("cosines", matrix([[...ours.cosines]]), matrix([expected.cosines]), 1e-13);
  assert.ok(ours.bias < 1e-15, "equal batches of all samples have no bias");
  near("bias of two", gradientNoise(gradients.slice(0, 2), full).bias, expected.biasOfTwo, 1e-13);
  assert.throws(() => gradientNoise([full]), /there are 1 gradients/);
});

test("trees as vectors: inner product, sum", () => {
  const a: Params = [{ w: matrix([[1, 2]]) }, {}, { w: matrix([[3]]) }];
  const b: Params = [{ w: matrix([[4, -5]]) }, {}, { w: matrix([[6]]) }];
  assert.equal(innerProduct(a, b), 12);
  assert.deepEqual(flattenParams(addScaled(a, 2, b)).map(({ value }) => [...value.data]), [[9, -8], [15]]); // biome-ignore format: one line
  assert.throws(() => addScaled(a, 1, []), /tree/);
});
