import assert from "node:assert/strict";
import test from "node:test";
import { type CheckOptions, checkLayer } from "../lib/gradients/check-layer";
import { constantMatrix, uniformInit } from "../lib/initializers";
import { forInference, type Layer } from "../lib/layer";
import { batchNorm } from "../lib/layers/batch-norm";
import { column, fromData, hadamard, type Matrix, matrix, rowSums, zeros } from "../lib/matrix";
import { mapEntries, sum, takeColumns } from "../lib/matrix-entries";
import { scaleRows } from "../lib/matrix-rows";
import { adam, type Optimizer, sgd } from "../lib/optimizers";
import { flattenParams, isStatistic } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

type Witnesses = NonNullable<CheckOptions["witnesses"]>;
const random = randomState(21);
const normals = (rows: number, cols: number, deviation = 1): Matrix =>
  fromData(rows, cols, random.normals(rows * cols).map((z: number) => deviation * z)); // biome-ignore format: one line
const generic = { gain: uniformInit(0.5, 2), shift: uniformInit(-1, 1) };

for (const epsilon of [1e-300, 1e-5, 0.5])
  test(`the input's gradient is orthogonal to 1 and, but for ε = ${epsilon}, to Â for each feature`, () => {
    const layer = batchNorm(4, { ...generic, epsilon });
    const params = layer.init(randomState(1));
    const { cache } = layer.forward(params, normals(4, 9, 3));
    const dY = normals(4, 9);
    const { dInput } = layer.backward(params, cache, dY);
    assertClose("dA 1", rowSums(dInput), zeros(4, 1), 1e-14);
    // Σ Â² is m σ²/(σ² + ε), so of Σ dÂ Â the share ε/(σ² + ε) is left
    const left = scaleRows(
      rowSums(hadamard(scaleRows(dY, params.gain), cache.normalized)),
      mapEntries(cache.variance, (v, i) => (epsilon / (v + epsilon)) * cache.inverseDeviation.data[i]),
    );
    assertClose("dA · Â", rowSums(hadamard(dInput, cache.normalized)), left, 1e-13);
    if (epsilon === 0.5) assert.ok(Math.abs(left.data[0]) > 0.01);
  });

test("adding to a feature and scaling it changes no output, but for ε", () => {
  const layer = batchNorm(2, { ...generic, epsilon: 1e-300 });
  const params = layer.init(randomState(1));
  const A = normals(2, 6);
  const moved = mapEntries(A, (a, i) => [5, 0.25][i] * a + [-3, 100][i]);
  assertClose("output", layer.forward(params, moved).output, layer.forward(params, A).output, 1e-12);
});

test("a constant feature gives the shift, and its gradient is divided by √ε", () => {
  const layer = batchNorm(1, { gain: constantMatrix(matrix([[3]])), shift: constantMatrix(matrix([[7]])), epsilon: 0.25 }); // biome-ignore format: one line
  const params = layer.init(random);
  const { output, cache } = layer.forward(params, matrix([[2, 2, 2, 2]]));
  assert.deepEqual(output, matrix([[7, 7, 7, 7]]));
  const { dInput, gradients } = layer.backward(params, cache, matrix([[1, 2, 3, 6]]));
  assert.deepEqual(dInput, matrix([[-12, -6, 0, 18]])); // 3/0.5 (dY − 3)
  assert.deepEqual([gradients.gain, gradients.shift], [matrix([[0]]), matrix([[12]])]);
});

test("one sample, or none, cannot be trained on; after training one is enough", () => {
  const layer = batchNorm(3, { name: "normalize" });
  const params = layer.init(random);
  assert.throws(() => layer.forward(params, zeros(3, 1)), {
    message:
      "normalize.forward: A is 3×1, and one sample has variance 0 (train on batches of two or more; after training use forInference(layer))",
  });
  assert.throws(() => layer.forward(params, zeros(3, 0)), /A is 3×0/);
  assert.equal(forInference(layer).forward(params, zeros(3, 1)).output.cols, 1);
});

test("after training a sample's output does not depend on the others, and nothing is observed", () => {
  const layer = batchNorm(3, generic);
  const start = layer.init(random);
  const params = layer.observe?.(start, layer.forward(start, normals(3, 8, 4)).cache) as typeof start;
  const trained = forInference(layer);
  const A = normals(3, 5);
  const all = trained.forward(params, A).output;
  for (let j = 0; j < 5; j++)
    assert.deepEqual(trained.forward(params, takeColumns(A, [j])).output, takeColumns(all, [j]));
  assert.equal(trained.observe, undefined);
  assert.equal(forInference(trained), trained);
  assert.deepEqual(trained.init(randomState(4)), layer.init(randomState(4)));
});

test("observe changes only the running statistics, and none of its arguments", () => {
  const layer = batchNorm(2, { momentum: 0.25 });
  const params = layer.init(random);
  const before = structuredClone(params);
  const { cache } = layer.forward(params, matrix([[1, 3], [10, 30]])); // biome-ignore format: by rows
  const moved = layer.observe?.(params, cache) as typeof params;
  assert.deepEqual(params, before);
  assert.equal(moved.gain, params.gain);
  assert.deepEqual(moved.runningMean, column([0.5, 5])); // 0.25 · 2, 0.25 · 20
  assert.deepEqual(moved.runningVariance, column([0.75 + 0.25 * 2, 0.75 + 0.25 * 200]));
});

test("optimizers leave the running statistics alone, and isStatistic names them", () => {
  const layer = batchNorm(3, generic);
  const params = layer.init(random);
  const { cache } = layer.forward(params, normals(3, 5));
  const { gradients } = layer.backward(params, cache, normals(3, 5));
  const statistics = flattenParams(params).filter(({ path }) => isStatistic(path));
  assert.deepEqual(
    statistics.map(({ path }) => path),
    ["runningMean", "runningVariance"],
  );
  for (const optimizer of [sgd(0.1), sgd(0.1, { momentum: 0.9 }), adam(0.1)] as Optimizer[]) {
    let [now, state] = [params, optimizer.init(params)];
    for (let step = 1; step <= 3; step++)
      ({ params: now, state } = optimizer.update(gradients, state, now, step));
    assert.deepEqual([now.runningMean, now.runningVariance], [params.runningMean, params.runningVariance]);
    assert.notDeepEqual(now.gain, params.gain);
  }
});

test("classic slips are found by the checker", () => {
  const right = batchNorm(3, generic);
  const A = normals(3, 6);
  type Backward = typeof right.backward;
  const slips: { [name: string]: (...given: Parameters<Backward>) => Partial<ReturnType<Backward>> } = {
    "without the mean": (params, { inverseDeviation }, dY) => ({
      dInput: scaleRows(scaleRows(dY, params.gain), inverseDeviation),
    }),
    "a gradient for a statistic": (params, cache, dY) => {
      const { gradients } = right.backward(params, cache, dY);
      return { gradients: { ...gradients, runningMean: rowSums(dY) } };
    },
    "gain from Y, not Â": (params, cache, dY) => {
      const { gradients } = right.backward(params, cache, dY);
      const Y = scaleRows(cache.normalized, params.gain);
      return { gradients: { ...gradients, gain: rowSums(hadamard(dY, Y)) } };
    },
  };
  const params = right.init(randomState(1));
  const witnesses: Witnesses = ["finite differences", "TensorFlow"];
  for (const [name, slip] of Object.entries(slips)) {
    const backward: Backward = (...given) => ({ ...right.backward(...given), ...slip(...given) });
    const layer: Layer<typeof params> = { ...right, backward } as typeof right;
    const { rows } = checkLayer(layer, params, A, { witnesses });
    for (const witness of witnesses)
      assert.ok(
        rows.some((row) => row.witness === witness && row.verdict === "differs"),
        `${name}: ${witness}`,
      );
  }
  assert.equal(checkLayer(right, params, A, { witnesses }).ok, true);
});

test("init draws the gain, then the shift; the statistics start at 0 and 1", () => {
  const params = batchNorm(2, { gain: uniformInit(0, 1), shift: uniformInit(0, 1) }).init(randomState(42));
  const drawn = randomState(42).uniforms(4);
  assert.deepEqual([params.gain.data, params.shift.data], [drawn.slice(0, 2), drawn.slice(2)]);
  const usual = batchNorm(2).init(randomState(42));
  assert.deepEqual(flattenParams(usual).map(({ value }) => [...value.data]), [[1, 1], [0, 0], [0, 0], [1, 1]]); // biome-ignore format: one line
  for (const { value } of flattenParams(batchNorm(2, { precision: "float32" }).init(random)))
    assert.ok(value.data instanceof Float32Array);
});

test("NaN in gives NaN out, in its feature only", () => {
  const layer = batchNorm(2);
  const params = layer.init(random);
  const { output } = layer.forward(params, matrix([[1, Number.NaN, 2], [1, 2, 4]])); // biome-ignore format: by rows
  assert.ok(output.data.slice(0, 3).every(Number.isNaN));
  assert.ok(Number.isFinite(sum(takeColumns(fromData(1, 3, output.data.slice(3)), [0, 1, 2]))));
});

test("settings and shapes out of range are named", () => {
  assert.throws(() => batchNorm(0), /batchNorm: features is 0 \(it must be a whole number ≥ 1\)/);
  for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => batchNorm(1, { epsilon }), /epsilon is .* \(it must be a finite number > 0\)/);
  for (const momentum of [-0.1, 1.1, Number.NaN])
    assert.throws(() => batchNorm(1, { momentum }), /momentum is .* \(it must be in \[0, 1\]\)/);
  const layer = batchNorm(2);
  const params = layer.init(random);
  const { cache } = layer.forward(params, normals(2, 3));
  for (const mode of [layer, forInference(layer)]) {
    assert.throws(() => mode.forward(params, zeros(3, 4)), /batchNorm.forward: A is 3×4, expected 2×4/);
    assert.throws(
      () => mode.forward({ ...params, shift: zeros(1, 2) }, zeros(2, 4)),
      /batchNorm.forward: shift is 1×2, expected 2×1/,
    );
    assert.throws(
      () => mode.backward(params, cache, zeros(2, 4)),
      /batchNorm.backward: dOutput is 2×4, expected 2×3/,
    );
  }
});
