import assert from "node:assert/strict";
import test from "node:test";
import { logSoftmax, relu, sigmoid, softmax, tanh } from "../lib/activations";
import { elementwise } from "../lib/layers";
import { type Loss, meanSquaredError, sigmoidBinaryCrossEntropy, softmaxCrossEntropy } from "../lib/losses";
import { columnSoftmax, logProbability } from "../lib/losses/column-softmax";
import { hinge, squaredHinge } from "../lib/losses/hinge";
import { multiclassHinge } from "../lib/losses/multiclass-hinge";
import { activationMeanSquaredError, softmaxMeanSquaredError } from "../lib/losses/output-activation";
import { weightedSigmoidBinaryCrossEntropy } from "../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../lib/losses/weighted-softmax-cross-entropy";
import { fromData, type Matrix, matrix, toArrays, zeros } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { randomState } from "../lib/random";

const inf = Number.POSITIVE_INFINITY;
const normals = (rows: number, cols: number, scale = 1): Matrix =>
  fromData(
    rows,
    cols,
    randomState(6)
      .normals(rows * cols)
      .map((z: number) => scale * z),
  );
const gradientOf = (loss: Loss, Z: Matrix, T: Matrix) => loss.backward(loss.forward(Z, T).cache);

test("the probabilities that forward keeps have the bits of softmax, log-softmax and sigmoid", () => {
  const extremes = matrix([
    [1000, -1000, inf, -inf, 0, -0, 40],
    [0, -1000.5, inf, -inf, 0, 0, -40],
    [-1000, 5, 0, -inf, -inf, 0, 3],
  ]);
  for (const Z of [normals(10, 40, 8), extremes])
    for (const precision of ["float64", "float32"] as const) {
      const logits = toPrecision(Z, precision);
      const ofColumns = columnSoftmax(logits);
      assert.deepEqual(ofColumns.probabilities, softmax(logits));
      const logarithms = Array.from(logits.data.keys(), (k) => logProbability(logits, ofColumns, k));
      assert.deepEqual(logarithms, Array.from(logSoftmax(logits).data));
      const T = zeros(logits.rows, logits.cols, precision);
      const { cache } = sigmoidBinaryCrossEntropy.forward(logits, T);
      assert.deepEqual((cache as { probabilities: Matrix }).probabilities, sigmoid.apply(logits));
    }
});

test("mean squared error with an output activation is the loss behind the layer, bit for bit", () => {
  const [Z, T] = [normals(3, 5, 2), normals(3, 5)];
  for (const activation of [sigmoid, tanh, relu]) {
    const layer = elementwise(activation);
    const { output, cache } = layer.forward({}, Z);
    const behind = meanSquaredError.forward(output, T);
    const loss = activationMeanSquaredError(activation);
    assert.equal(loss.forward(Z, T).loss, behind.loss);
    assert.deepEqual(
      gradientOf(loss, Z, T),
      layer.backward({}, cache, meanSquaredError.backward(behind.cache)).dInput,
    );
    assert.deepEqual(loss.kinks, activation.kinks);
  }
});

test("weights of 1 change nothing, a weight of 2 counts a sample twice, scaled weights cancel in their mean", () => {
  const Z = normals(3, 4, 2);
  const T = matrix([[1, 0, 0, 0.5], [0, 1, 0, 0.5], [0, 0, 1, 0]]); // biome-ignore format: by rows
  const pairs: [Loss, Loss, Matrix][] = [
    [weightedSoftmaxCrossEntropy([1, 1, 1]), softmaxCrossEntropy, T],
    [weightedSoftmaxCrossEntropy([1, 1, 1], { normalization: "weights" }), softmaxCrossEntropy, T],
    [weightedSigmoidBinaryCrossEntropy(), sigmoidBinaryCrossEntropy, T],
    [weightedSigmoidBinaryCrossEntropy({ weights: [1, 1, 1], positiveWeights: [1, 1, 1] }), sigmoidBinaryCrossEntropy, T],
    [weightedSoftmaxCrossEntropy([2, 6, 10], { normalization: "weights" }), weightedSoftmaxCrossEntropy([1, 3, 5], { normalization: "weights" }), T],
  ]; // biome-ignore format: one pair a line
  for (const [weighted, plain, target] of pairs) {
    const difference = weighted.forward(Z, target).loss - plain.forward(Z, target).loss;
    assert.ok(Math.abs(difference) <= 1e-15, `${weighted.name}: ${difference}`);
    gradientOf(weighted, Z, target).data.forEach((d, k) => {
      assert.ok(Math.abs(d - gradientOf(plain, Z, target).data[k]) <= 2e-16);
    });
  }
  const twice = (A: Matrix) => matrix(toArrays(A).map(([a, b]) => [a, b, b]));
  const [Z2, T2] = [normals(2, 2), matrix([[1, 0], [0, 1]])]; // biome-ignore format: by rows
  const weighted = weightedSoftmaxCrossEntropy([1, 2], { normalization: "weights" }).forward(Z2, T2).loss;
  assert.ok(Math.abs(weighted - softmaxCrossEntropy.forward(twice(Z2), twice(T2)).loss) <= 1e-15);
});

test("at the kinks the gradients are the stated ones", () => {
  assert.deepEqual(hinge.kinks, [-1, 1]);
  assert.deepEqual(toArrays(gradientOf(hinge, matrix([[1, -1, 1]]), matrix([[1, -1, -1]]))), [[0, 0, 1 / 3]]);
  assert.deepEqual(toArrays(gradientOf(squaredHinge, matrix([[1, -1]]), matrix([[1, -1]]))), [[0, 0]]);
  const T = matrix([[0, 1], [1, 0], [0, 0]]); // biome-ignore format: by rows
  const Z = matrix([[3, 2], [2, 1], [3, 0]]); // biome-ignore format: by rows
  // the first of two equal rivals; a margin that is just met
  assert.deepEqual(toArrays(gradientOf(multiclassHinge, Z, T)), [[0.5, 0], [-0.5, 0], [0, 0]]); // biome-ignore format: by rows
});

test("infinite predictions give the limits, of the gradients too", () => {
  const rows: [Loss, number[][], number[][], number, number[][]][] = [
    [hinge, [[inf, -inf, -inf]], [[1, 1, -1]], inf, [[0, -1 / 3, 0]]],
    [squaredHinge, [[inf]], [[1]], 0, [[0]]],
    [squaredHinge, [[-inf]], [[1]], inf, [[-inf]]],
    [multiclassHinge, [[inf], [0]], [[1], [0]], 0, [[0], [0]]],
    [multiclassHinge, [[-inf], [0]], [[1], [0]], inf, [[-1], [1]]],
    [multiclassHinge, [[inf], [inf]], [[1], [0]], 1, [[-1], [1]]],
    [weightedSoftmaxCrossEntropy([3, 0]), [[inf], [0]], [[1], [0]], 0, [[0], [0]]],
    [weightedSoftmaxCrossEntropy([3, 0]), [[inf], [0]], [[0], [1]], 0, [[0], [0]]],
    [weightedSoftmaxCrossEntropy([3, 2]), [[inf], [0]], [[0], [1]], inf, [[2], [-2]]],
    [weightedSigmoidBinaryCrossEntropy({ positiveWeights: [4] }), [[-inf, inf]], [[1, 1]], inf, [[-2, 0]]],
    [weightedSigmoidBinaryCrossEntropy({ positiveWeights: [4] }), [[-inf]], [[0]], 0, [[0]]],
    [activationMeanSquaredError(tanh), [[inf, -inf]], [[1, 1]], 1, [[0, 0]]],
    [activationMeanSquaredError(relu), [[inf]], [[1]], inf, [[inf]]],
    [softmaxMeanSquaredError, [[inf], [0]], [[0], [1]], 1, [[0], [0]]],
  ]; // biome-ignore format: one case a line
  for (const [loss, z, t, value, gradient] of rows) {
    assert.equal(loss.forward(matrix(z), matrix(t)).loss, value, loss.name);
    const ours = toArrays(gradientOf(loss, matrix(z), matrix(t)));
    assert.deepEqual(
      ours.map((row) => row.map((d) => d + 0)),
      gradient,
      loss.name,
    ); // −0 + 0 is 0
  }
});
