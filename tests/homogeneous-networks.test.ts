// Networks of dense layers without biases and activations with φ(cz) = c φ(z) for c > 0: what homogeneity says of gradients.
import assert from "node:assert/strict";
import test from "node:test";
import { identity, leakyRelu, relu } from "../lib/activations";
import { zeroInit } from "../lib/initializers";
import type { Layer } from "../lib/layer";
import { type DenseParams, dense, elementwise, serial } from "../lib/layers";
import { meanSquaredError, softmaxCrossEntropy } from "../lib/losses";
import { add, hadamard, type Matrix, scale } from "../lib/matrix";
import { frobeniusNorm, sum } from "../lib/matrix-entries";
import type { Params } from "../lib/params";
import { randomState } from "../lib/random";
import { backpropagate, classes, weightsOf } from "./support/backpropagate";
import { normals } from "./support/objectives";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const close = (what: string, a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${what}: ${a}, not ${b}`);

/** ⟨A, B⟩ = Σ aᵢⱼ bᵢⱼ */
const inner = (A: Matrix, B: Matrix) => sum(hadamard(A, B));

/** Dense layers of these widths without bias, an activation between two. */
function biasFree(widths: readonly number[], activation = relu) {
  const layers: Layer[] = [];
  for (let l = 1; l < widths.length; l++) {
    if (l > 1) layers.push(elementwise(activation) as unknown as Layer);
    layers.push(dense(widths[l - 1], widths[l], { bias: zeroInit }) as unknown as Layer);
  }
  return serial(...layers) as unknown as Layer;
}

for (const activation of [relu, leakyRelu(0.2), identity])
  test(`Euler: without biases a ${activation.name} network is homogeneous, so Σ W ⊙ ∂E/∂W is the same in every layer, and Σ X ⊙ ∂E/∂X too`, () => {
    for (const seed of seeds) {
      const random = randomState(seed);
      const network = biasFree([4, 7, 5, 6, 3], activation);
      const params = network.init(random);
      const [X, T] = [normals(random, 4, 8), classes(seed, 3, 8)];
      const { output, gradients, dInput } = backpropagate(network, params, X, softmaxCrossEntropy, T);
      const dOutput = softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(output, T).cache);
      const expected = inner(output, dOutput);
      weightsOf(params).forEach((W, l) => {
        close(`seed ${seed}, layer ${l}`, inner(W, weightsOf(gradients)[l]), expected, 1e-14);
      });
      close(`seed ${seed}, input`, inner(X, dInput), expected, 1e-14);
    }
  });

test("Euler: multiplying the input of such a network multiplies its output; gradients of the input stay, of weights grow", () => {
  for (const seed of seeds) {
    const random = randomState(seed);
    const network = biasFree([4, 7, 5, 3]);
    const params = network.init(random);
    const [X, dY] = [normals(random, 4, 8), normals(random, 3, 8)];
    const [one, four] = [X, scale(X, 4)].map((A) => {
      const { output, cache } = network.forward(params, A);
      return { output, ...network.backward(params, cache, dY) };
    });
    // powers of two are exact
    assert.deepEqual(four.output, scale(one.output, 4));
    assert.deepEqual(four.dInput, one.dInput);
    weightsOf(one.gradients).forEach((dW, l) => {
      assert.deepEqual(weightsOf(four.gradients)[l], scale(dW, 4));
    });
  }
});

test("a linear network conserves ‖W‖² of each layer less that of the next, to the order of the step", () => {
  const random = randomState(7);
  const network = biasFree([4, 6, 5, 3], identity);
  const start = network.init(random);
  const [X, T] = [normals(random, 4, 20), normals(random, 3, 20)];
  const differences = (params: Params) => {
    const squares = weightsOf(params).map((W) => frobeniusNorm(W) ** 2);
    return squares.slice(1).map((square, l) => squares[l] - square);
  };
  /** Gradient descent over the same time with steps of this size. */
  const drift = (step: number) => {
    let params = start;
    for (let n = 0; n < Math.round(1 / step); n++) {
      const { gradients } = backpropagate(network, params, X, meanSquaredError, T);
      const moved = (params as DenseParams[]).map((layer, l) =>
        layer.weights
          ? { ...layer, weights: add(layer.weights, scale((gradients as DenseParams[])[l].weights, -step)) }
          : layer,
      );
      params = moved;
    }
    return differences(params).map((difference, l) => difference - differences(start)[l]);
  };
  const [coarse, middle, fine] = [drift(0.02), drift(0.01), drift(0.005)];
  coarse.forEach((change, l) => {
    assert.ok(Math.abs(fine[l]) > 1e-6 && Math.abs(fine[l]) < 0.02, `${fine[l]}`);
    // half the step, half the drift
    assert.ok(Math.abs(change / middle[l] - 2) < 0.2, `${change / middle[l]}`);
    assert.ok(Math.abs(middle[l] / fine[l] - 2) < 0.1, `${middle[l] / fine[l]}`);
  });
});
