import assert from "node:assert/strict";
import test from "node:test";
import { checkLayer } from "../lib/gradients/check-layer";
import { forInference, type Layer } from "../lib/layer";
import { batchNorm } from "../lib/layers/batch-norm";
import { oneHot, softmaxCrossEntropy } from "../lib/losses";
import { type Matrix, matrix, precisionOf } from "../lib/matrix";
import { takeColumns, toPrecision } from "../lib/matrix-entries";
import { sgd } from "../lib/optimizers";
import { flattenParams, mapParams, type Params } from "../lib/params";
import { type Random, randomState } from "../lib/random";
import { train } from "../lib/training";
import { assertClose } from "./support/assert-close";
import { layerOf, normalization, paramsOf, type Tables } from "./support/network-lists";

function assertTree(actual: Params, expected: Tables, tolerance: number): void {
  const others = flattenParams(paramsOf(expected));
  const own = flattenParams(actual);
  assert.deepEqual(
    own.map(({ path }) => path),
    others.map(({ path }) => path),
  );
  own.forEach(({ path, value }, k) => {
    assertClose(path, value, others[k].value, tolerance);
  });
}

function both(layer: Layer, params: Params, X: Matrix, R: Matrix, random?: Random) {
  const { output, cache } = layer.forward(params, X, random);
  return { output, cache, ...layer.backward(params, cache, R) };
}

for (const reference of normalization.cases) {
  const layer = layerOf(reference.layer);
  const [params, X, R] = [paramsOf(reference.parameters), matrix(reference.X), matrix(reference.R)];
  const observe = (cache: unknown) => layer.observe?.(params, cache) ?? params;
  const tolerance = 1e-13;

  test(`${reference.name}: output, gradients and running statistics in training are PyTorch's`, () => {
    const own = both(layer, params, X, R, randomState(reference.seed));
    assertClose("output", own.output, matrix(reference.training.output), tolerance);
    assertTree(own.gradients, reference.training.gradients, tolerance);
    assertClose("dX", own.dInput, matrix(reference.training.dX), tolerance);
    assertTree(observe(own.cache), reference.observed, 1e-14);
  });

  test(`${reference.name}: output and gradients after training are PyTorch's`, () => {
    const own = both(forInference(layer), paramsOf(reference.observed), X, R);
    assertClose("output", own.output, matrix(reference.inference.output), tolerance);
    assertTree(own.gradients, reference.inference.gradients, tolerance);
    assertClose("dX", own.dInput, matrix(reference.inference.dX), tolerance);
  });

  test(`${reference.name}: float32 stays float32 and is PyTorch's up to its rounding`, () => {
    const single = (M: Matrix) => toPrecision(M, "float32");
    const small = mapParams(single, params);
    const own = both(layer, small, single(X), single(R), randomState(reference.seed));
    const moved = layer.observe?.(small, own.cache) ?? small;
    for (const { path, value } of flattenParams([own.output, own.dInput, own.gradients, moved]))
      assert.equal(precisionOf(value), "float32", path);
    // 1/√ε of a feature or sample almost without variance magnifies rounding, and so does depth
    assertClose("output", toPrecision(own.output, "float64"), matrix(reference.training.output), 2e-5);
    assertClose("dX", toPrecision(own.dInput, "float64"), matrix(reference.training.dX), 4e-5);
  });

  test(`${reference.name}: the witnesses agree with backward in training and after it`, () => {
    // the differences' error h²f‴/6 is larger at such samples, and in deep networks: 2e-6 was seen
    const tolerances = /constant|51/.test(reference.name) ? { "finite differences": 1e-5 } : {};
    for (const mode of [layer, forInference(layer)]) {
      const table = checkLayer(mode, params, X, { sample: 10, tolerances });
      const red = table.rows.filter(({ verdict }) => verdict !== "agrees" && verdict !== "kink");
      assert.deepEqual([table.ok, red], [true, []]);
      assert.deepEqual(
        table.absent.map(({ witness }) => witness).filter((witness) => witness === "TensorFlow"),
        [],
      );
    }
  });
}

test("mathjs follows every kind of layer", () => {
  const small = normalization.cases.filter(({ name }) => !/constant|nested|51/.test(name));
  assert.equal(small.length, 6);
  for (const { name, layer: list, parameters, X } of small) {
    const layer = layerOf(list);
    const samples = takeColumns(matrix(X), [0, 1]);
    for (const mode of [layer, forInference(layer)]) {
      const table = checkLayer(mode, paramsOf(parameters), samples, { witnesses: ["mathjs"] });
      assert.deepEqual([table.ok, table.failures, table.absent], [true, [], []], name);
    }
  }
});

test("running statistics over batches of different sizes are PyTorch's after each", () => {
  const layer = batchNorm(2);
  let params = layer.init(randomState(1));
  for (const { X, runningMean, runningVariance } of normalization.runningStatistics) {
    params = layer.observe?.(params, layer.forward(params, matrix(X)).cache) as typeof params;
    assertClose("runningMean", params.runningMean, matrix(runningMean), 1e-15);
    assertClose("runningVariance", params.runningVariance, matrix(runningVariance), 1e-14);
  }
});

test("nine training steps of a network with all layers, and its outputs afterwards, are PyTorch's", async () => {
  const reference = normalization.training;
  const layer = layerOf(reference.layer);
  const X = matrix(reference.X);
  const { params, history } = await train({
    layer,
    loss: softmaxCrossEntropy,
    optimizer: sgd(reference.rate, { momentum: reference.momentum }),
    params: paramsOf(reference.start),
    X,
    T: oneHot(reference.labels, 3),
    batchSize: reference.batchSize,
    epochs: reference.epochs,
    random: randomState(reference.seed),
  });
  assertClose("losses", matrix([history.batchLosses]), matrix([reference.losses]), 1e-12);
  assertTree(params, reference.parameters, 1e-12);
  assertClose("output", forInference(layer).forward(params, X).output, matrix(reference.inference), 1e-12);
});
