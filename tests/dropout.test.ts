import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { autogradOfLayer } from "../lib/gradients/autograd";
import { type CheckOptions, checkLayer } from "../lib/gradients/check-layer";
import { forInference, type Layer, type NoParams } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { dropout } from "../lib/layers/dropout";
import { meanSquaredError } from "../lib/losses";
import { add, fromData, hadamard, type Matrix, matrix, scale, toArrays, zeros } from "../lib/matrix";
import { full } from "../lib/matrix-entries";
import { sgd } from "../lib/optimizers";
import { randomState } from "../lib/random";
import { train } from "../lib/training";

type Witnesses = NonNullable<CheckOptions["witnesses"]>;
const random = randomState(23);
const normals = (rows: number, cols: number): Matrix => fromData(rows, cols, random.normals(rows * cols));

test("the mean over many masks is the input, each entry kept in its share of them", () => {
  const [masks, rate] = [4000, 0.3];
  const A = matrix([[1, -2, 0.5], [4, 8, -16]]); // biome-ignore format: by rows
  const layer = dropout(rate);
  let [total, kept] = [zeros(2, 3), zeros(2, 3)];
  for (let k = 0; k < masks; k++) {
    const { output, cache } = layer.forward({}, A, random);
    total = add(total, output);
    kept = add(kept, scale(cache.mask, 1 - rate));
  }
  // five standard deviations of a share: √(p(1 − p)/masks)
  const bound = 5 * Math.sqrt((rate * (1 - rate)) / masks);
  A.data.forEach((a, k) => {
    const share = kept.data[k] / masks;
    assert.ok(Math.abs(share - (1 - rate)) < bound, `entry ${k} is kept in ${share} of the masks`);
    assert.ok(Math.abs(total.data[k] / masks - a) < (bound * Math.abs(a)) / (1 - rate), `entry ${k}`);
  });
});

test("entries are dropped or divided by 1 − p, and the gradients of the same entries", () => {
  const layer = dropout(0.75);
  const A = normals(20, 30);
  const { output, cache } = layer.forward({}, A, random);
  assert.deepEqual([...new Set(cache.mask.data)].sort(), [0, 4]);
  assert.deepEqual(output, hadamard(A, cache.mask));
  const dY = normals(20, 30);
  assert.deepEqual(layer.backward({}, cache, dY), { dInput: hadamard(dY, cache.mask), gradients: {} });
});

test("the same generator at the same position gives the same mask, and another call another", () => {
  const layer = serial(dropout(0.5), elementwise(tanh), dropout(0.5));
  const A = full(5, 5, 1);
  const one = randomState(3);
  const first = layer.forward([{}, {}, {}], A, one);
  assert.deepEqual(layer.forward([{}, {}, {}], A, randomState(3)), first);
  assert.notDeepEqual(layer.forward([{}, {}, {}], A, one), first);
  const [before, , after] = first.cache as { mask: Matrix }[];
  assert.notDeepEqual(before.mask, after.mask);
});

test("a forward between a forward and its backward changes nothing", () => {
  const layer = dropout(0.5);
  const { cache } = layer.forward({}, full(4, 4, 1), randomState(1));
  const undisturbed = layer.backward({}, cache, full(4, 4, 1));
  layer.forward({}, full(4, 4, 1), randomState(2));
  assert.deepEqual(layer.backward({}, cache, full(4, 4, 1)), undisturbed);
});

test("without random one error says what to do; after training it is the identity and needs none", () => {
  const layer = serial(dense(2, 2), dropout(0.5, "drop"));
  const params = layer.init(random);
  assert.throws(() => layer.forward(params, zeros(2, 1)), {
    message:
      "serial.forward: layer 1 of 0…1 (drop): drop.forward: no random to draw the mask from (in training call forward(params, A, random); after it use forInference(layer))",
  });
  const trained = forInference(layer);
  const A = normals(2, 3);
  assert.deepEqual(trained.forward(params, A).output, dense(2, 2).forward(params[0], A).output);
  const alone = forInference(dropout(0.5));
  assert.deepEqual(alone.backward({}, alone.forward({}, A).cache, A).dInput, A);
  assert.throws(
    () => autogradOfLayer(layer, params, A, { weights: A }),
    /dropout draws a mask: give the witness a generator/,
  );
});

test("train hands its generator on", async () => {
  const layer = serial(dense(1, 4), dropout(0.5), dense(4, 1));
  const setting = {
    layer,
    loss: meanSquaredError,
    optimizer: sgd(0.1),
    params: layer.init(randomState(1)),
    X: matrix([[1, 2]]),
    T: matrix([[3, 5]]),
    batchSize: 1,
    epochs: 2,
    shuffle: false,
  };
  await assert.rejects(train(setting), /dropout.forward: no random/);
  const run = async (seed: number) => (await train({ ...setting, random: randomState(seed) })).history;
  assert.deepEqual(await run(1), await run(1));
  assert.notDeepEqual(await run(1), await run(2));
});

test("rate 0 keeps all; a rate outside [0, 1) and a wrong shape are named", () => {
  assert.deepEqual(toArrays(dropout(0).forward({}, matrix([[1, 2]]), random).output), [[1, 2]]);
  for (const rate of [1, -0.1, 1.5, Number.NaN])
    assert.throws(() => dropout(rate), /dropout: the rate is .* \(it must be in \[0, 1\)\)/);
  const { cache } = dropout(0.5).forward({}, zeros(2, 3), random);
  assert.throws(
    () => dropout(0.5).backward({}, cache, zeros(2, 4)),
    /dropout.backward: dOutput is 2×4, expected 2×3/,
  );
});

test("classic slips are found by the checker, a mask not scaled in forward by TensorFlow alone", () => {
  const right = dropout(0.5);
  const slips: [string, Partial<typeof right>, Witnesses][] = [
    ["no mask in backward", { backward: (_params, _cache, dOutput) => ({ dInput: dOutput, gradients: {} }) }, ["finite differences", "TensorFlow"]],
    ["mask not scaled in backward", { backward: (_params, { mask }, dOutput) => ({ dInput: scale(hadamard(dOutput, mask), 0.5), gradients: {} }) }, ["finite differences", "TensorFlow"]],
    ["mask not scaled", { forward: (_params, A, random) => {
      const mask = scale(right.forward({}, A, random).cache.mask, 0.5);
      return { output: hadamard(A, mask), cache: { mask } };
    } }, ["TensorFlow"]],
  ]; // biome-ignore format: one a line
  for (const [name, slip, finders] of slips) {
    const layer: Layer<NoParams, { mask: Matrix }> = { ...right, ...slip };
    const witnesses: Witnesses = ["finite differences", "TensorFlow"];
    const red = checkLayer(layer, {}, normals(4, 4), { witnesses }).rows.filter((row) => row.verdict === "differs"); // biome-ignore format: one line
    assert.deepEqual(
      red.map(({ witness }) => witness),
      finders,
      name,
    );
  }
});
