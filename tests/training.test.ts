import assert from "node:assert/strict";
import test from "node:test";
import { columnPicker } from "../lib/batches";
import { accuracy, meanLoss, predict } from "../lib/evaluation";
import { dense } from "../lib/layers";
import { meanSquaredError, softmaxCrossEntropy } from "../lib/losses";
import { fromData, type Matrix, matrix, zeros } from "../lib/matrix";
import { takeColumns, toPrecision } from "../lib/matrix-entries";
import { adam, sgd } from "../lib/optimizers";
import { flattenParams, mapParams } from "../lib/params";
import { randomState } from "../lib/random";
import { train } from "../lib/training";
import { assertClose } from "./support/assert-close";
import { networkOf, networkParams, references } from "./support/layer-references";

const problem = networkOf(references.gradients[0]);
const { network, params, X, T } = problem;
const common = { layer: network, loss: softmaxCrossEntropy, params, X, T };

test("mini-batches, the last one partial, by one permutation an epoch: PyTorch's losses and parameters", async () => {
  const { rate, batchSize, seed, losses, parameters } = references.miniBatches;
  const result = await train({
    ...common,
    optimizer: sgd(rate),
    batchSize,
    epochs: 4,
    random: randomState(seed),
  });
  const row = (values: number[]) => matrix([values]);
  assertClose("losses of the batches", row(result.history.batchLosses), row(losses), 1e-13);
  assertClose(
    "last losses",
    row(result.history.lastBatchLosses),
    row([losses[2], losses[5], losses[8], losses[11]]),
    1e-13,
  );
  assertClose(
    "first epoch's mean loss",
    row([result.history.losses[0]]),
    row([(2 * losses[0] + 2 * losses[1] + losses[2]) / 5]),
    1e-13,
  );
  const expected = flattenParams(networkParams(parameters));
  flattenParams(result.params).forEach(({ path, value }, k) => {
    assertClose(path, value, expected[k].value, 1e-13);
  });
});

test("steps count through the epochs: 50 epochs of one batch are 50 steps of PyTorch's Adam", async () => {
  const { rate, losses } = references.paths.adam;
  const { history } = await train({
    ...common,
    optimizer: adam(rate),
    batchSize: 5,
    epochs: 50,
    shuffle: false,
  });
  assertClose("losses", matrix([history.batchLosses]), matrix([losses]), 1e-12);
});

test("reports come after every batch and epoch, are waited for, and an error in one stops the training", async () => {
  const seen: string[] = [];
  await train({
    ...common,
    optimizer: sgd(0.1),
    batchSize: 3,
    epochs: 2,
    shuffle: false,
    onBatch: async ({ epoch, epochs, batch, batches, loss }) => {
      await new Promise((resume) => setTimeout(resume, 1));
      assert.ok(loss > 0);
      seen.push(`batch ${batch}/${batches} of epoch ${epoch}/${epochs}`);
    },
    onEpoch: ({ epoch, params }) => {
      assert.equal(params.length, 3);
      seen.push(`epoch ${epoch}`);
    },
  });
  assert.deepEqual(seen, [
    "batch 1/2 of epoch 1/2",
    "batch 2/2 of epoch 1/2",
    "epoch 1",
    "batch 1/2 of epoch 2/2",
    "batch 2/2 of epoch 2/2",
    "epoch 2",
  ]);
  let batches = 0;
  const stopped = train({
    ...common,
    optimizer: sgd(0.1),
    batchSize: 1,
    epochs: 1,
    shuffle: false,
    onBatch: () => {
      batches += 1;
      throw new Error("enough");
    },
  });
  await assert.rejects(stopped, /enough/);
  assert.equal(batches, 1);
});

test("a long training lets timers run, and stops when its signal is aborted", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("interrupted")), 20);
  const start = Date.now();
  const onBatch = () => {
    if (Date.now() - start > 10_000) throw new Error("nobody stopped it");
  };
  const endless = { ...common, optimizer: sgd(0), batchSize: 1, epochs: 1e9, shuffle: false, onBatch };
  await assert.rejects(train({ ...endless, signal: controller.signal }), /interrupted/);
});

test("the data and the starting parameters stay as they were, and float32 stays float32", async () => {
  const single = (A: Matrix) => toPrecision(A, "float32");
  const start = mapParams(single, params);
  const data = { X: single(X), T: single(T) };
  const before = JSON.stringify([start, data]);
  const result = await train({
    ...common,
    ...data,
    params: start,
    optimizer: adam(),
    batchSize: 2,
    epochs: 2,
    random: randomState(0),
  });
  assert.equal(JSON.stringify([start, data]), before);
  for (const { value } of flattenParams(result.params)) assert.ok(value.data instanceof Float32Array);
});

test("data that cannot be trained on are refused before the first step", async () => {
  const settings = { ...common, optimizer: sgd(0.1), batchSize: 2, epochs: 1, shuffle: false };
  const with1 = (A: Matrix, i: number, j: number, value: number) => {
    const data = Float64Array.from(A.data);
    data[i * A.cols + j] = value;
    return fromData(A.rows, A.cols, data);
  };
  await assert.rejects(train({ ...settings, X: with1(X, 2, 3, Number.NaN) }), /train: X\[2,3\] .*NaN/);
  await assert.rejects(train({ ...settings, T: with1(T, 1, 0, Infinity) }), /train: T\[1,0\] .*Infinity/);
  await assert.rejects(train({ ...settings, X: zeros(3, 4) }), /X is 3×4, T is 2×5/);
  await assert.rejects(train({ ...settings, X: zeros(3, 0), T: zeros(2, 0) }), /at least one sample/);
  await assert.rejects(train({ ...settings, batchSize: 0 }), /batchSize is 0/);
  await assert.rejects(train({ ...settings, epochs: 1.5 }), /epochs is 1.5/);
  await assert.rejects(train({ ...settings, shuffle: true }), /shuffling needs random/);
});

test("a diverging training stops and names the batch", async () => {
  const line = {
    layer: dense(1, 1),
    loss: meanSquaredError,
    params: { weights: matrix([[1]]), bias: matrix([[0]]) },
  };
  const run = train({
    ...line,
    X: matrix([[1e3]]),
    T: matrix([[0]]),
    optimizer: sgd(1e3),
    batchSize: 1,
    epochs: 99,
    shuffle: false,
  });
  await assert.rejects(run, /the loss of epoch \d+, batch 1 is Infinity \(try a smaller learning rate\)/);
});

test("predictions, accuracy and mean loss over more columns than one chunk", () => {
  const layer = dense(1, 3);
  const three = { weights: matrix([[0], [1], [2]]), bias: matrix([[0.5], [0], [-1.5]]) }; // class 0 below 0.5, 2 above 1.5
  const inputs = fromData(
    1,
    2500,
    Float64Array.from({ length: 2500 }, (_, j) => j % 3),
  );
  const labels = Array.from({ length: 2500 }, (_, j) => j % 3);
  assert.deepEqual([...predict(layer, three, inputs)], labels);
  assert.equal(accuracy(layer, three, inputs, labels), 1);
  labels[0] = 2;
  labels[2499] = 1;
  assert.equal(accuracy(layer, three, inputs, labels), 2498 / 2500);
  const targets = zeros(3, 2500);
  const whole = meanSquaredError.forward(layer.forward(three, inputs).output, targets).loss;
  assertClose(
    "mean loss",
    matrix([[meanLoss(layer, meanSquaredError, three, inputs, targets)]]),
    matrix([[whole]]),
    1e-13,
  );
  assert.throws(() => accuracy(layer, three, inputs, [0]), /2500 with 1 labels/);
  assert.throws(() => accuracy(layer, three, zeros(1, 1), [3]), /labels\[0\] is 3 \(allowed are 0 to 2\)/);
  assert.throws(
    () => predict(dense(1, 1), { weights: zeros(1, 1), bias: zeros(1, 1) }, zeros(1, 1)),
    /the output is 1×1/,
  );
});

test("picked columns are takeColumns', in both precisions, across the blocks' edges", () => {
  const A = fromData(70, 41, randomState(1).normals(70 * 41));
  const indices = [40, 0, 7, 33, 31, 32, 7];
  assert.deepEqual(columnPicker(A)(indices), takeColumns(A, indices));
  const single = toPrecision(A, "float32");
  assert.deepEqual(columnPicker(single)(indices), takeColumns(single, indices));
});
