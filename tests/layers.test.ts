import assert from "node:assert/strict";
import test from "node:test";
import { relu, tanh } from "../lib/activations";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { layerNorm } from "../lib/layers/layer-norm";
import { residual } from "../lib/layers/residual";
import { softmaxCrossEntropy } from "../lib/losses";
import { column, type Matrix, matrix, multiply, rowSums, toArrays, transpose, zeros } from "../lib/matrix";
import { flattenParams } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { networkOf, networkParams, references } from "./support/layer-references";

for (const reference of references.gradients) {
  test(`gradients of dense, ${reference.activation}, dense, ${reference.loss} are PyTorch's`, () => {
    const { network, loss, params, X, T } = networkOf(reference);
    const { output, cache } = network.forward(params, X);
    const result = loss.forward(output, T);
    const { dInput, gradients } = network.backward(params, cache, loss.backward(result.cache));
    assertClose("loss", matrix([[result.loss]]), matrix([[reference.value]]), 1e-14);
    const expected = flattenParams(networkParams(reference.gradients));
    flattenParams(gradients).forEach(({ path, value }, k) => {
      assert.equal(path, expected[k].path);
      assertClose(path, value, expected[k].value, 1e-14);
    });
    assertClose("dX", dInput, matrix(reference.dX), 1e-14);
  });
}

test("note 003's first round: forward, loss and gradients, where the note's arithmetic is right", () => {
  const network = serial(dense(2, 2), elementwise(tanh), dense(2, 2));
  const params = [
    { weights: matrix([[0.1, 0.2], [0.3, 0.4]]), bias: column([0, 0]) },
    {},
    { weights: matrix([[0.5, 0.6], [0.7, 0.8]]), bias: column([0, 0]) },
  ] as const; // biome-ignore format: matrices read by rows
  const { output, cache } = network.forward(params, column([1, 2]));
  assertClose("z2", output, column([0.7114, 0.9639]), 6e-5);
  const { cache: pair } = softmaxCrossEntropy.forward(output, column([1, 0]));
  const { gradients } = network.backward(params, cache, softmaxCrossEntropy.backward(pair));
  // The note's δ¹ and dW¹ round to the same digits in spite of its slip in ŷ; 3 digits are what both share.
  assertClose("dW1", gradients[0].weights, matrix([[0.0884, 0.1768], [0.0404, 0.0808]]), 3e-4); // biome-ignore format: by rows
  assertClose("db1", gradients[0].bias, column([0.0884, 0.0404]), 2e-4);
});

test("a bias gradient sums over the samples, a weight gradient adds their outer products", () => {
  const layer = dense(2, 3);
  const params = layer.init(randomState(1));
  const A = matrix([[1, 2, 3, 4], [5, 6, 7, 8]]); // biome-ignore format: by rows
  const dZ = matrix([[1, 0, 0, 2], [0, 1, 0, 0], [0, 0, 3, 0]]); // biome-ignore format: by rows
  const { gradients, dInput } = layer.backward(params, layer.forward(params, A).cache, dZ);
  assert.deepEqual(gradients.weights, multiply(dZ, transpose(A)));
  assert.deepEqual(gradients.bias, rowSums(dZ));
  assert.deepEqual(dInput, multiply(transpose(params.weights), dZ));
});

test("a forward between a forward and its backward changes nothing", () => {
  const { network, params, X } = networkOf(references.gradients[0]);
  const dOutput = matrix([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]); // biome-ignore format: by rows
  const { cache } = network.forward(params, X);
  const undisturbed = network.backward(params, cache, dOutput);
  network.forward(params, zeros(3, 2));
  assert.deepEqual(network.backward(params, cache, dOutput), undisturbed);
});

test("serial of serial computes the same", () => {
  const { network, params, X } = networkOf(references.gradients[0]);
  const nested = serial(serial(dense(3, 4), elementwise(tanh)), serial(dense(4, 2)));
  const nestedParams = [[params[0], params[1]], [params[2]]] as const;
  const dOutput = matrix([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]); // biome-ignore format: by rows
  const flat = network.backward(params, network.forward(params, X).cache, dOutput);
  const deep = nested.backward(nestedParams, nested.forward(nestedParams, X).cache, dOutput);
  assert.deepEqual(deep.dInput, flat.dInput);
  assert.deepEqual(
    flattenParams(deep.gradients).map(({ value }) => value),
    flattenParams(flat.gradients).map(({ value }) => value),
  );
});

test("one layer in two places shares no state", () => {
  const twice = elementwise(relu);
  const network = serial(twice, dense(1, 1), twice);
  const params = [{}, { weights: matrix([[-1]]), bias: matrix([[1]]) }, {}] as const;
  const { output, cache } = network.forward(params, matrix([[0.5, 2]]));
  assert.deepEqual(toArrays(output), [[0.5, 0]]);
  assert.deepEqual(toArrays(network.backward(params, cache, matrix([[1, 1]])).dInput), [[-1, 0]]);
});

test("init draws layer after layer, weights row by row, and keeps the precision", () => {
  const normal = (random: { normals(n: number): Float64Array }, rows: number, cols: number): Matrix => ({
    rows,
    cols,
    data: random.normals(rows * cols),
  });
  const network = serial(
    dense(2, 3, { weights: normal }),
    elementwise(tanh),
    dense(3, 1, { weights: normal }),
  );
  const params = network.init(randomState(42));
  const expected = randomState(42).normals(9);
  assert.deepEqual(params[0].weights.data, expected.slice(0, 6));
  assert.deepEqual(params[2].weights.data, expected.slice(6));
  assert.ok(dense(2, 2, { precision: "float32" }).init(randomState(1)).bias.data instanceof Float32Array);
});

test("a layer of one's own drops into serial", () => {
  const forgetful = {
    ...dense(3, 4),
    backward: () => ({ dInput: zeros(3, 5), gradients: { weights: zeros(4, 3), bias: zeros(4, 1) } }),
  };
  const { params, X } = networkOf(references.gradients[0]);
  const network = serial(forgetful, elementwise(tanh), dense(4, 2));
  const { cache } = network.forward(params, X);
  assert.equal(network.backward(params, cache, zeros(2, 5)).gradients[0].weights.data.length, 12);
});

test("a wrong shape is named with the layer, what was given and what was expected", () => {
  const layer = dense(3, 2, { name: "hidden" });
  const params = layer.init(randomState(0));
  assert.throws(() => layer.forward(params, zeros(2, 5)), /hidden.forward: A is 2×5, expected 3×5/);
  assert.throws(
    () => layer.forward({ weights: zeros(3, 2), bias: zeros(2, 1) }, zeros(3, 1)),
    /hidden.forward: weights is 3×2, expected 2×3/,
  );
  assert.throws(
    () => layer.backward(params, { A: zeros(3, 5) }, zeros(2, 4)),
    /hidden.backward: dOutput is 2×4, expected 2×5/,
  );
  assert.throws(() => dense(0, 2), /a size is 0 in dense\(0, 2\)/);
  assert.throws(
    () => elementwise(relu).backward({}, { Z: zeros(2, 2) }, zeros(2, 1)),
    /relu.backward: dOutput is 2×1, expected 2×2/,
  );
  assert.throws(
    () => serial(dense(1, 1)).forward([] as never, zeros(1, 1)),
    /params has 0 entries for 1 layers/,
  );
  const stranger = { gain: matrix([[1]]) } as unknown as { weights: Matrix; bias: Matrix };
  assert.throws(
    () => layer.forward(stranger, zeros(3, 2)),
    /hidden.forward: weights is undefined \(a matrix is needed/,
  );
  assert.throws(
    () => layer.forward(layer.init(randomState(1)), [[1]] as unknown as Matrix),
    /A is no matrix/,
  );
  const single = zeros(3, 2, "float32");
  for (const one of [dense(3, 2), batchNorm(3), layerNorm(3)] as Layer[])
    assert.throws(
      () => one.forward(one.init(randomState(1)), single),
      new RegExp(`${one.name}.forward: A is float32, the parameters are float64`),
    );
  const network = serial(dense(3, 2));
  const list = network.init(randomState(1));
  const notAList = list[0] as unknown as typeof list;
  assert.throws(() => network.forward(notAList, zeros(3, 2)), /serial.forward: params is no list/);
  assert.throws(
    () => network.backward(list, [], zeros(2, 2)),
    /serial.backward: cache has 0 entries for 1 layers/,
  );
  const around = residual(dense(2, 2));
  const ofBranch = dense(2, 2).init(randomState(1)) as unknown as ReturnType<typeof around.init>;
  assert.throws(
    () => around.forward(ofBranch, zeros(2, 1)),
    /residual.forward: params is no record of branch/,
  );
});

test("an error deep in a network names the whole way to its layer, in one message", () => {
  const branch = serial(dense(3, 2), elementwise(tanh), dense(4, 3));
  const network = serial(elementwise(relu), dense(3, 3), residual(branch), elementwise(relu), dense(3, 1));
  const params = network.init(randomState(1));
  const way = "layer 2 of 0…4 (residual) → branch (serial) → layer 2 of 0…2 (dense)";
  assert.throws(() => network.forward(params, zeros(3, 5)), {
    message: `serial.forward: ${way}: dense.forward: A is 2×5, expected 4×5`,
  });

  const right = serial(dense(3, 2), residual(dense(2, 4), dense(2, 4)), elementwise(tanh));
  const start = right.init(randomState(1));
  const { cache } = right.forward(start, zeros(3, 5));
  assert.throws(() => right.backward(start, cache, zeros(1, 5)), {
    message: "serial.backward: layer 2 of 0…2 (tanh): tanh.backward: dOutput is 1×5, expected 4×5",
  });
  const otherBatch = [cache[0], { ...(cache[1] as object), shortcut: { A: zeros(2, 4) } }, cache[2]];
  assert.throws(() => right.backward(start, otherBatch, zeros(4, 5)), {
    message:
      "serial.backward: layer 1 of 0…2 (residual) → shortcut (dense): dense.backward: dOutput is 4×5, expected 4×4",
  });
});

test("init names its layer, a computed dInput that fails the layer it belongs to, and an error of any class is the cause", () => {
  const mine = new TypeError("no weights for this shape");
  const failing = () => {
    throw mine;
  };
  const drawing = serial(dense(1, 1), residual(dense(1, 1, { weights: failing })));
  const caught = (f: () => unknown): Error => {
    try {
      f();
    } catch (error) {
      return error as Error;
    }
    throw new Error("nothing was thrown");
  };
  const drawn = caught(() => drawing.init(randomState(1)));
  assert.equal(
    drawn.message,
    "serial.init: layer 1 of 0…1 (residual) → branch (dense): no weights for this shape",
  );
  assert.equal(drawn.cause, mine);

  const lazy = { ...dense(1, 1), name: "mine", backward: () => ({ gradients: { weights: zeros(1, 1), bias: zeros(1, 1) }, get dInput(): Matrix { return failing(); } }) }; // biome-ignore format: one line
  const network = serial(dense(1, 1), lazy, elementwise(relu));
  const params = network.init(randomState(1));
  const { cache } = network.forward(params, zeros(1, 1));
  assert.match(
    caught(() => network.backward(params, cache, zeros(1, 1))).message,
    /^serial.backward: layer 1 of 0…2 \(mine\): no weights/,
  );
  const first = serial(lazy);
  const backward = first.backward([params[1]], [cache[1]], zeros(1, 1));
  assert.match(
    caught(() => backward.dInput).message,
    /^serial.backward: layer 0 of 0…0 \(mine\): no weights/,
  );
});
