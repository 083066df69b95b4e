import assert from "node:assert/strict";
import test from "node:test";
import { relu, tanh } from "../lib/activations";
import { checkLayer } from "../lib/gradients/check-layer";
import { handWrittenGradients } from "../lib/gradients/hand-written";
import { zeroInit } from "../lib/initializers";
import { forInference, type Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { layerNorm } from "../lib/layers/layer-norm";
import { residual } from "../lib/layers/residual";
import { add, fromData, type Matrix, zeros } from "../lib/matrix";
import { countParams, flattenParams, isStatistic, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

const random = randomState(24);
const normals = (rows: number, cols: number): Matrix => fromData(rows, cols, random.normals(rows * cols));

test("a branch that gives zeros lets activations and gradients through as they are, however deep", () => {
  const block = () => residual(serial(elementwise(tanh), dense(3, 3, { weights: zeroInit })));
  const network = serial(...Array.from({ length: 50 }, block));
  const params = network.init(random);
  const [A, dY] = [normals(3, 4), normals(3, 4)];
  const { output, cache } = network.forward(params, A);
  assert.deepEqual(output, A);
  assert.deepEqual(network.backward(params, cache, dY).dInput, dY);
});

test("with a projection both ways are differentiated and have their own parameters", () => {
  const [branch, projection] = [serial(dense(2, 3), elementwise(tanh)), dense(2, 3)];
  const layer = residual(branch, projection);
  const params = layer.init(randomState(5));
  const same = randomState(5);
  assert.deepEqual(params, { branch: branch.init(same), shortcut: projection.init(same) });
  const [A, dY] = [normals(2, 4), normals(3, 4)];
  const { output, cache } = layer.forward(params, A);
  const [F, P] = [branch.forward(params.branch, A), projection.forward(params.shortcut, A)];
  assert.deepEqual(output, add(P.output, F.output));
  const { dInput, gradients } = layer.backward(params, cache, dY);
  const [dF, dP] = [
    branch.backward(params.branch, F.cache, dY),
    projection.backward(params.shortcut, P.cache, dY),
  ];
  assert.deepEqual(gradients, { branch: dF.gradients, shortcut: dP.gradients });
  assert.deepEqual(dInput, add(dP.dInput, dF.dInput));
});

test("shapes that do not fit are named, with what to do", () => {
  const narrow = residual(dense(3, 2));
  assert.throws(() => narrow.forward(narrow.init(random), zeros(3, 5)), {
    message:
      "residual.forward: A is 3×5, F(A) is 2×5 (give a projection: residual(layer, dense(inputs, outputs)))",
  });
  const unequal = residual(dense(3, 2), dense(3, 4));
  assert.throws(() => unequal.forward(unequal.init(random), zeros(3, 5)), {
    message:
      "residual.forward: A is 3×5, F(A) is 2×5, the projection of A is 4×5 (both must have the same shape)",
  });
});

test("running statistics move in branch and shortcut, and inference reaches both", () => {
  const layer = residual(serial(batchNorm(2), dropout(0.5), dense(2, 3)), serial(dense(2, 3), batchNorm(3)));
  const params = layer.init(random);
  const { cache } = layer.forward(params, normals(2, 6), random);
  const moved = layer.observe?.(params, cache) as typeof params;
  const changed = flattenParams(moved).filter(({ value }, k) => flattenParams(params)[k].value !== value);
  assert.deepEqual(
    changed.map(({ path }) => path),
    [
      "branch.0.runningMean",
      "branch.0.runningVariance",
      "shortcut.1.runningMean",
      "shortcut.1.runningVariance",
    ],
  );
  assert.ok(changed.every(({ path }) => isStatistic(path)));
  const trained = forInference(layer);
  const one = trained.forward(moved, zeros(2, 1)); // neither a batch nor a generator
  assert.equal(one.output.rows, 3);
  assert.equal(trained.observe, undefined);
  assert.equal(forInference(trained), trained);
  const projected = residual(dense(2, 3), serial(dense(2, 3), batchNorm(3)));
  const start = projected.init(random);
  assert.equal(forInference(projected).forward(start, zeros(2, 1)).output.rows, 3);
  const observed = projected.observe?.(start, projected.forward(start, normals(2, 6)).cache);
  assert.notDeepEqual(observed?.shortcut[1].runningMean, start.shortcut[1].runningMean);
  assert.ok(observed);
  const plain = residual(dense(2, 2));
  assert.deepEqual([plain.observe, plain.inference], [undefined, undefined]);
});

test("a failure is named by the layer inside, whatever contains it", () => {
  const wrong = { ...dense(2, 2), backward: (_p: unknown, _c: unknown, d: Matrix) => ({ dInput: d, gradients: { weights: zeros(2, 2), bias: zeros(2, 1) } }) } as Layer; // biome-ignore format: one line
  const network = serial(
    elementwise(tanh),
    residual(serial(residual(wrong), elementwise(relu)), serial(layerNorm(2))),
  );
  const params = network.init(random);
  const { failures } = checkLayer(network as Layer, params as Params, normals(2, 3), {
    witnesses: ["finite differences"],
  });
  assert.match(failures[0], /^dense.backward \(layer 1\.branch\.0\.branch\): dWeights\[\d,\d\] is 0, /);
  const subjects = handWrittenGradients(network, params, normals(2, 3), (output) => output);
  assert.deepEqual(
    subjects.map(({ subject }) => subject),
    [
      "dense.backward (layer 1.branch.0.branch): dWeights",
      "dense.backward (layer 1.branch.0.branch): dBias",
      "layerNorm.backward (layer 1.shortcut.0): dGain",
      "layerNorm.backward (layer 1.shortcut.0): dShift",
      "serial.backward: dInput",
    ],
  );
});

test("residuals nested fifty deep: each layer is run once, and differences agree", () => {
  let calls = 0;
  const counted = (): Layer => {
    const inner = dense(2, 2, { weights: (random, rows, cols) => fromData(rows, cols, random.uniforms(4).map((u) => 0.2 * u)) }); // biome-ignore format: one line
    const backward: typeof inner.backward = (...given) => {
      calls += 1;
      return inner.backward(...given);
    };
    return { ...inner, backward } as unknown as Layer;
  };
  let network: Layer = counted();
  for (let depth = 0; depth < 50; depth++)
    network = residual(serial(counted(), elementwise(tanh), network)) as unknown as Layer;
  const params = network.init(random);
  assert.equal(countParams(params), 51 * 6);
  const A = normals(2, 2);
  const { cache, output } = network.forward(params, A);
  const { dInput } = network.backward(params, cache, output);
  assert.equal(calls, 51);
  assertClose("dA", dInput, network.backward(params, cache, output).dInput, 0);
  const table = checkLayer(network, params, A, {
    sample: 2,
    witnesses: ["finite differences", "TensorFlow"],
  });
  assert.deepEqual([table.ok, table.failures], [true, []]);
});
