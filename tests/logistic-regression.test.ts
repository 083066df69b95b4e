import { readFileSync } from "node:fs";
import test from "node:test";
import { iris } from "../lib/datasets/iris";
import { standardise } from "../lib/datasets/standardise";
import { dense } from "../lib/layers";
import { sigmoidBinaryCrossEntropy } from "../lib/losses";
import { column, fromData, matrix, zeros } from "../lib/matrix";
import { sgd } from "../lib/optimizers";
import { train } from "../lib/training";
import { assertClose } from "./support/assert-close";

const mpmath = JSON.parse(readFileSync("data/references/logistic-regression.json", "utf8"));
const all = iris().X;
const lengths = zeros(2, 100);
for (const row of [0, 1])
  lengths.data.set(all.data.subarray((2 + row) * 150 + 50, (3 + row) * 150), row * 100);
const { X } = standardise(lengths);
const T = fromData(
  1,
  100,
  Float64Array.from({ length: 100 }, (_, j) => (j < 50 ? 0 : 1)),
);
const layer = dense(2, 1);

function at(weights: number[], bias: number) {
  const params = { weights: matrix([weights]), bias: matrix([[bias]]) };
  const { output, cache } = layer.forward(params, X);
  const { loss, cache: ofLoss } = sigmoidBinaryCrossEntropy.forward(output, T);
  const { gradients } = layer.backward(params, cache, sigmoidBinaryCrossEntropy.backward(ofLoss));
  return { loss, gradient: [...gradients.weights.data, ...gradients.bias.data] };
}

test("a dense layer with the sigmoid's cross-entropy is logistic regression: mpmath's losses and gradients", () => {
  const zero = at([0, 0], 0);
  const best = at(mpmath.weights, mpmath.bias);
  assertClose("losses", column([zero.loss, best.loss]), column([mpmath.atZero.loss, mpmath.loss]), 1e-15);
  assertClose("gradient at zero", column(zero.gradient), column(mpmath.atZero.gradient), 1e-15);
  assertClose("gradient at the best", column(best.gradient), zeros(3, 1), 1e-15);
});

test("gradient descent ends at mpmath's maximum-likelihood weights", async () => {
  const { params } = await train({
    layer,
    loss: sigmoidBinaryCrossEntropy,
    optimizer: sgd(3),
    params: { weights: zeros(1, 2), bias: zeros(1, 1) },
    X,
    T,
    epochs: 4000,
    batchSize: 100,
    shuffle: false,
  });
  assertClose("weights", params.weights, matrix([mpmath.weights]), 1e-9);
  assertClose("bias", params.bias, matrix([[mpmath.bias]]), 1e-9);
});
