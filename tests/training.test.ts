import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { accuracy, meanLoss, predict } from "../lib/evaluation";
import { storeSamples } from "../lib/kernels/gather";
import { dense, elementwise, serial } from "../lib/layers";
import { meanSquaredError, softmaxCrossEntropy } from "../lib/losses";
import { fromData, type Matrix, matrix, zeros } from "../lib/matrix";
import { takeColumns, toPrecision } from "../lib/matrix-entries";
import { adam, type Optimizer, sgd } from "../lib/optimizers";
import { flattenParams, mapParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { shuffled } from "../lib/samplers";
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

test("batches of stored samples are takeColumns', in both precisions, across the strips' edges", () => {
  for (const [rows, cols] of [
    [70, 41],
    [3, 2500],
    [2000, 700],
    [1, 1],
  ]) {
    const A = fromData(rows, cols, randomState(1).normals(rows * cols));
    const indices = Int32Array.from({ length: 40 }, (_, k) => (k * k * 31) % cols);
    for (const precision of ["float64", "float32"] as const) {
      const X = toPrecision(A, precision);
      const samples = storeSamples(X);
      assert.deepEqual(samples.gather(indices), takeColumns(X, indices), `${rows}×${cols} ${precision}`);
      assert.ok(samples.finite);
      samples.release();
      for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
        const bad = X.data.slice();
        bad[bad.length - 1] = value;
        const stored = storeSamples(fromData(rows, cols, bad));
        assert.ok(!stored.finite, `${value} in ${rows}×${cols}`);
        stored.release();
      }
    }
  }
});

test("a sampler gives the batches: the shuffled one is train's own order, others see what they choose", async () => {
  const options = { ...common, optimizer: sgd(0.1), epochs: 4 };
  const own = await train({ ...options, batchSize: 2, random: randomState(5) });
  const same = await train({ ...options, sampler: shuffled(X.cols, 2), random: randomState(5) });
  assert.deepEqual(same, own);

  const chosen: number[][] = [];
  const sampler = (epoch: number) => [Int32Array.of(epoch, 0), Int32Array.of(1)];
  const { history } = await train({
    ...options,
    sampler,
    onBatch: ({ batch, batches }) => void chosen.push([batch, batches]),
  });
  assert.deepEqual(chosen.slice(0, 2), [
    [1, 2],
    [2, 2],
  ]);
  const batch = [1, 0];
  const { loss } = softmaxCrossEntropy.forward(
    network.forward(params, takeColumns(X, batch)).output,
    takeColumns(T, batch),
  );
  assert.equal(history.batchLosses[0], loss);
  assert.equal(history.losses[0], (2 * history.batchLosses[0] + history.batchLosses[1]) / 3);
});

test("a sampler's mistakes, and contradicting settings, are named", async () => {
  const options = { ...common, optimizer: sgd(0.1), epochs: 1 };
  const refused: [object, RegExp][] = [
    [{ sampler: () => [Int32Array.of(0, X.cols)] }, /the sampler chose sample 5 \(X has columns 0 to 4\)/],
    [{ sampler: () => [new Int32Array(0)] }, /a batch without samples/],
    [{ sampler: shuffled(X.cols, 2) }, /the sampler draws random numbers, and no random is given/],
    [{ sampler: shuffled(X.cols, 2), batchSize: 2 }, /batchSize and sampler are both given/],
    [{}, /batchSize is missing/],
  ];
  for (const [settings, message] of refused)
    await assert.rejects(train({ ...options, ...settings }), message);
});

test("a matrix that is handed on from step to step is not overwritten", async () => {
  // the first layer's parameters and the state's anchor stay the same objects from step 3 on
  const frozen: Optimizer<{ anchor: Params | null }> = {
    name: "frozen",
    init: () => ({ anchor: null }),
    update(gradients, { anchor }, params, step) {
      const next = sgd(0.1).update(gradients, { velocity: null }, params, 1).params as unknown as Params[];
      if (step < 3) return { params: next as never, state: { anchor: next } };
      const kept = (params as unknown as Params[])[0];
      return { params: [kept, ...next.slice(1)] as never, state: { anchor } };
    },
  };
  const layer = serial(dense(3, 20), elementwise(tanh), dense(20, 2));
  const params = layer.init(randomState(1));
  const X = fromData(3, 60, randomState(2).normals(180));
  const T = fromData(2, 60, randomState(3).normals(120));
  const options = { layer, loss: meanSquaredError, params, X, T, batchSize: 10, shuffle: false };
  const two = await train({
    ...options,
    X: takeColumns(X, range(20)),
    T: takeColumns(T, range(20)),
    optimizer: frozen,
    epochs: 1,
  });
  const many = await train({ ...options, optimizer: frozen, epochs: 3 });
  assert.deepEqual(many.params[0], two.params[0]);
  assert.notDeepEqual(many.params[2], two.params[2]);
});

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

test("no batch is begun once the signal is aborted, in however short a training", async () => {
  const settings = { ...common, optimizer: sgd(0.1), batchSize: 1, epochs: 9, shuffle: false };
  let batches = 0;
  const onBatch = () => {
    batches += 1;
  };
  const before = AbortSignal.abort(new Error("too late"));
  await assert.rejects(train({ ...settings, signal: before, onBatch }), /too late/);
  assert.equal(batches, 0);
  const controller = new AbortController();
  const onEpoch = ({ epoch }: { epoch: number }) => {
    if (epoch === 2) controller.abort(new Error("good enough"));
  };
  await assert.rejects(train({ ...settings, signal: controller.signal, onBatch, onEpoch }), /good enough/);
  assert.equal(batches, 2 * X.cols);
});

test("a sampler that makes nothing, or no whole numbers, is named", async () => {
  const settings = { ...common, optimizer: sgd(0.1), epochs: 1 };
  const by = (batches: unknown) => train({ ...settings, sampler: () => batches as Int32Array[] });
  await assert.rejects(by([]), /train: the sampler made no batches in epoch 1/);
  await assert.rejects(by(undefined), /the sampler made no batches/);
  await assert.rejects(by([0, 1]), /made a batch without samples/);
  await assert.rejects(by([[0.5]]), /the sampler chose sample 0.5/);
});

test("what is wrong with hand-written gradients is said with the names of optimizer and parameter", async () => {
  const layer = dense(3, 2);
  const start = layer.init(randomState(1));
  const settings = { ...common, params: start, loss: meanSquaredError, T: zeros(2, 5), optimizer: adam() };
  const by = (gradients: unknown) => {
    const backward = () => ({ dInput: X, gradients: gradients as typeof start });
    return train({ ...settings, layer: { ...layer, backward }, batchSize: 5, epochs: 1, shuffle: false });
  };
  const [weights, bias] = [zeros(2, 3), zeros(2, 1)];
  await assert.rejects(
    by({ weights: zeros(3, 2), bias }),
    /adam.update: weights is 2×3 in params and 3×2 in the g/,
  );
  await assert.rejects(by({ dWeights: weights, bias }), /weights is in params and not in the gradients/);
  await assert.rejects(
    by({ weights, bias: undefined }),
    /bias is a matrix in params and undefined in the gradients/,
  );
  await assert.rejects(
    by({ weights, bias: [0, 0] }),
    /bias is a matrix in params and a list in the gradients/,
  );
  await assert.rejects(by(undefined), /adam.update: there are no gradients/);
});
