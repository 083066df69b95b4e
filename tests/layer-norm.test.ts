import assert from "node:assert/strict";
import test from "node:test";
import { constantMatrix, uniformInit } from "../lib/initializers";
import { forInference } from "../lib/layer";
import { layerNorm } from "../lib/layers/layer-norm";
import { column, fromData, hadamard, type Matrix, matrix, zeros } from "../lib/matrix";
import { columnSums, mapEntries, takeColumns } from "../lib/matrix-entries";
import { scaleRows } from "../lib/matrix-rows";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

const random = randomState(22);
const normals = (rows: number, cols: number): Matrix => fromData(rows, cols, random.normals(rows * cols));
const generic = { gain: uniformInit(0.5, 2), shift: uniformInit(-1, 1) };

for (const epsilon of [1e-300, 1e-5, 0.5])
  test(`the input's gradient is orthogonal to 1 and, but for ε = ${epsilon}, to Â for each sample`, () => {
    const layer = layerNorm(6, { ...generic, epsilon });
    const params = layer.init(randomState(1));
    const { cache } = layer.forward(params, normals(6, 4));
    const dY = normals(6, 4);
    const { dInput } = layer.backward(params, cache, dY);
    assertClose("1ᵀ dA", columnSums(dInput), zeros(1, 4), 1e-14);
    // 1/√(σ² + ε) squared tells σ²; Σ Â² is d σ²/(σ² + ε), so of Σ dÂ Â the share ε/(σ² + ε) is left
    const along = columnSums(hadamard(scaleRows(dY, params.gain), cache.normalized));
    const left = mapEntries(cache.inverseDeviation, (r, _, j) => epsilon * r * r * r * along.data[j]);
    assertClose("Âᵀ dA", columnSums(hadamard(dInput, cache.normalized)), left, 1e-13);
    if (epsilon === 0.5) assert.ok(Math.abs(left.data[0]) > 0.01);
  });

test("adding to a sample and scaling it changes no output, but for ε", () => {
  const layer = layerNorm(5, { ...generic, epsilon: 1e-300 });
  const params = layer.init(randomState(1));
  const A = normals(5, 2);
  const moved = mapEntries(A, (a, _, j) => [5, 0.25][j] * a + [-3, 100][j]);
  assertClose("output", layer.forward(params, moved).output, layer.forward(params, A).output, 1e-12);
});

test("a sample with equal features gives the shift, and its gradient is divided by √ε", () => {
  const [gain, shift] = [column([3, 3, 3, 3]), column([7, 8, 9, 10])];
  const layer = layerNorm(4, { gain: constantMatrix(gain), shift: constantMatrix(shift), epsilon: 0.25 });
  const params = layer.init(random);
  const { output, cache } = layer.forward(params, column([2, 2, 2, 2]));
  assert.deepEqual(output, shift);
  const { dInput, gradients } = layer.backward(params, cache, column([1, 2, 3, 6]));
  assert.deepEqual(dInput, column([-12, -6, 0, 18])); // 3/0.5 (dY − 3)
  assert.deepEqual([gradients.gain, gradients.shift], [zeros(4, 1), column([1, 2, 3, 6])]);
});

test("each sample by itself, in training and after it", () => {
  const layer = layerNorm(3, generic);
  const params = layer.init(random);
  const A = normals(3, 5);
  const all = layer.forward(params, A).output;
  for (let j = 0; j < 5; j++)
    assert.deepEqual(layer.forward(params, takeColumns(A, [j])).output, takeColumns(all, [j]));
  assert.equal(forInference(layer), layer);
  assert.equal(layer.observe, undefined);
  assert.equal(layer.forward(params, zeros(3, 0)).output.cols, 0);
});

test("init draws the gain, then the shift, in the precision asked for", () => {
  const params = layerNorm(2, { gain: uniformInit(0, 1), shift: uniformInit(0, 1) }).init(randomState(42));
  const drawn = randomState(42).uniforms(4);
  assert.deepEqual([params.gain.data, params.shift.data], [drawn.slice(0, 2), drawn.slice(2)]);
  const single = layerNorm(2, { precision: "float32" }).init(random);
  assert.deepEqual([single.gain.data, single.shift.data], [Float32Array.of(1, 1), Float32Array.of(0, 0)]);
});

test("NaN in gives NaN out, in its sample only", () => {
  const layer = layerNorm(2);
  const { output } = layer.forward(layer.init(random), matrix([[1, Number.NaN], [3, 2]])); // biome-ignore format: by rows
  assert.deepEqual([...output.data].map(Number.isNaN), [false, true, false, true]);
});

test("settings and shapes out of range are named", () => {
  assert.throws(() => layerNorm(1.5), /layerNorm: features is 1.5 \(it must be a whole number ≥ 1\)/);
  for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => layerNorm(1, { epsilon }), /epsilon is .* \(it must be a finite number > 0\)/);
  const layer = layerNorm(2, { name: "norm" });
  const params = layer.init(random);
  const { cache } = layer.forward(params, normals(2, 3));
  assert.throws(() => layer.forward(params, zeros(3, 4)), /norm.forward: A is 3×4, expected 2×4/);
  assert.throws(
    () => layer.forward({ ...params, gain: zeros(3, 1) }, zeros(2, 4)),
    /norm.forward: gain is 3×1, expected 2×1/,
  );
  assert.throws(
    () => layer.backward(params, cache, zeros(2, 4)),
    /norm.backward: dOutput is 2×4, expected 2×3/,
  );
});
