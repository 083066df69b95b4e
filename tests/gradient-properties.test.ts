// What gradients satisfy whatever computes them: no witness is asked here, only the layers' own forward and backward.
import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import type { Layer } from "../lib/layer";
import { type DenseParams, dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { layerNorm } from "../lib/layers/layer-norm";
import { type Loss, softmaxCrossEntropy } from "../lib/losses";
import { softmaxMeanSquaredError } from "../lib/losses/output-activation";
import { weightedSoftmaxCrossEntropy } from "../lib/losses/weighted-softmax-cross-entropy";
import { add, fromData, hadamard, type Matrix, scale, transpose } from "../lib/matrix";
import { columnSums, frobeniusNorm, sum } from "../lib/matrix-entries";
import { addRow } from "../lib/matrix-rows";
import type { Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { backpropagate, weightsOf } from "./support/backpropagate";
import { everyLoss, normals } from "./support/objectives";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const close = (what: string, a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${what}: ${a}, not ${b}`);

/** ⟨A, B⟩ = Σ aᵢⱼ bᵢⱼ */
const inner = (A: Matrix, B: Matrix) => sum(hadamard(A, B));

const classes = (seed: number, rows: number, cols: number) =>
  everyLoss[4].targets(randomState(seed), rows, cols);

test("losses after softmax: each sample's gradient sums to 0 over the classes", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const Z = scale(normals(random, 5, 7), seed % 2 ? 1 : 30);
    const T = everyLoss[5].targets(random, 5, 7);
    for (const loss of [
      softmaxCrossEntropy,
      softmaxMeanSquaredError,
      weightedSoftmaxCrossEntropy([1, 2, 3, 0.5, 0]),
    ] as Loss[]) {
      const sums = columnSums(loss.backward(loss.forward(Z, T).cache));
      for (const total of sums.data) assert.ok(Math.abs(total) < 4e-16, `${loss.name}: ${total}`);
    }
  }
});

test("softmax does not see a shift of a sample's logits: neither loss nor gradient changes", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const [Z, T] = [normals(random, 4, 6), classes(seed, 4, 6)];
    const shifted = addRow(Z, scale(normals(random, 1, 6), 10));
    for (const loss of [softmaxCrossEntropy, softmaxMeanSquaredError] as Loss[]) {
      const [one, other] = [Z, shifted].map((logits) => loss.forward(logits, T));
      close(loss.name, other.loss, one.loss, 1e-14);
      assertClose(loss.name, loss.backward(other.cache), loss.backward(one.cache), 1e-14);
    }
  }
});

test("permuting hidden units permutes their gradients and nothing else", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const network = serial(dense(3, 6), elementwise(tanh), dense(6, 2)) as unknown as Layer;
    const [first, , second] = network.init(random) as [DenseParams, object, DenseParams];
    const order = [...random.permutation(6)];
    const rows = ({ rows, cols, data }: Matrix) =>
      fromData(
        rows,
        cols,
        Float64Array.from(order.flatMap((i) => [...data.slice(i * cols, (i + 1) * cols)])),
      );
    const columns = (A: Matrix) => transpose(rows(transpose(A)));
    const permuted = [
      { weights: rows(first.weights), bias: rows(first.bias) },
      {},
      { ...second, weights: columns(second.weights) },
    ];
    const [X, T] = [normals(random, 3, 5), classes(seed, 2, 5)];
    const one = backpropagate(network, [first, {}, second] as Params[], X, softmaxCrossEntropy, T);
    const other = backpropagate(network, permuted as Params[], X, softmaxCrossEntropy, T);
    const [d, e] = [one.gradients, other.gradients] as [DenseParams, object, DenseParams][];
    assertClose("dW1", e[0].weights, rows(d[0].weights), 1e-15);
    assertClose("db1", e[0].bias, rows(d[0].bias), 1e-15);
    assertClose("dW2", e[2].weights, columns(d[2].weights), 1e-15);
    assertClose("db2", e[2].bias, d[2].bias, 1e-15);
    assertClose("dX", other.dInput, one.dInput, 1e-15);
  }
});

test("permuting samples permutes their input gradients; the parameters' gradients are sums over samples", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const network = serial(dense(3, 4), batchNorm(4), elementwise(tanh), dense(4, 2)) as unknown as Layer;
    const params = network.init(random);
    const [X, T] = [normals(random, 3, 6), classes(seed, 2, 6)];
    const order = [...random.permutation(6)];
    const permuted = ({ rows, cols, data }: Matrix) =>
      fromData(
        rows,
        cols,
        data.map((_: number, k: number) => data[k - (k % cols) + order[k % cols]]),
      );
    const one = backpropagate(network, params, X, softmaxCrossEntropy, T);
    const other = backpropagate(network, params, permuted(X), softmaxCrossEntropy, permuted(T));
    assertClose("dX", other.dInput, permuted(one.dInput), 1e-14);
    weightsOf(one.gradients).forEach((dW, l) => {
      assertClose(`dW ${l}`, weightsOf(other.gradients)[l], dW, 1e-14);
    });
  }
});

test("weights before a normalization: their scale has no effect, so ⟨W, ∂E/∂W⟩ = 0, and a scaled W has a scaled-down gradient", () => {
  for (const seed of seeds)
    for (const normalization of [
      batchNorm(4, { epsilon: 1e-300 }),
      layerNorm(4, { epsilon: 1e-300 }),
    ] as unknown as Layer[]) {
      const random = randomState(seed);
      const network = serial(
        dense(3, 4) as unknown as Layer,
        normalization,
        elementwise(tanh) as unknown as Layer,
        dense(4, 2) as unknown as Layer,
      ) as unknown as Layer;
      const params = network.init(random) as [DenseParams, ...Params[]];
      const [X, T] = [normals(random, 3, 6), classes(seed, 2, 6)];
      const gradientOf = (weights: Matrix) => {
        const { gradients } = backpropagate(
          network,
          [{ ...params[0], weights }, ...params.slice(1)],
          X,
          softmaxCrossEntropy,
          T,
        );
        return weightsOf(gradients)[0];
      };
      const W = params[0].weights;
      const dW = gradientOf(W);
      const size = frobeniusNorm(W) * frobeniusNorm(dW);
      assert.ok(
        Math.abs(inner(W, dW)) < 1e-14 * size && size > 1e-3,
        `${normalization.name}, seed ${seed}: ${inner(W, dW)} of ${size}`,
      );
      assertClose("a quarter of the gradient for 4 W", gradientOf(scale(W, 4)), scale(dW, 1 / 4), 1e-14);
    }
});

test("the gradient of the mean over a batch is the mean of its parts' gradients", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const network = serial(dense(3, 4), elementwise(tanh), dense(4, 2)) as unknown as Layer;
    const params = network.init(random);
    const [X, T] = [normals(random, 3, 8), classes(seed, 2, 8)];
    const half = ({ rows, cols, data }: Matrix, from: number) =>
      fromData(
        rows,
        cols / 2,
        data.filter((_: number, k: number) => Math.floor((k % cols) / (cols / 2)) === from),
      );
    const [all, first, second] = [
      [X, T],
      [half(X, 0), half(T, 0)],
      [half(X, 1), half(T, 1)],
    ].map(([X, T]) => weightsOf(backpropagate(network, params, X, softmaxCrossEntropy, T).gradients));
    all.forEach((dW, l) => {
      assertClose(`dW ${l}`, dW, scale(add(first[l], second[l]), 0.5), 1e-14);
    });
  }
});
