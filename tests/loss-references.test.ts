import assert from "node:assert/strict";
import test from "node:test";
import { checkLayer } from "../lib/gradients/check-layer";
import { dense } from "../lib/layers";
import { matrix } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { type LossReference, lossNames, lossOf, mpmathCases, torchCases } from "./support/loss-references";

for (const [source, cases, tolerance] of [
  ["mpmath", mpmathCases, 1.6e-15],
  ["PyTorch", torchCases, 2e-15],
] as const)
  for (const [index, reference] of cases.entries()) {
    const { value, gradient, target } = reference;
    const loss = lossOf(reference);
    const prediction = matrix(reference.prediction);

    test(`${loss.name}, case ${index}: value and gradient are ${source}'s`, () => {
      const { loss: ours, cache } = loss.forward(prediction, matrix(target));
      assert.ok(Math.abs(ours - value) <= tolerance * Math.max(1, Math.abs(value)), `${ours}, not ${value}`);
      assertClose("gradient", loss.backward(cache), matrix(gradient), 1e-15);
    });

    test(`${loss.name}, case ${index}: float32 agrees with ${source} to 1e-6`, () => {
      const { loss: ours, cache } = loss.forward(
        matrix(reference.prediction, "float32"),
        matrix(target, "float32"),
      );
      assert.ok(Math.abs(ours - value) <= 1e-6 * Math.max(1, Math.abs(value)), `${ours}, not ${value}`);
      const dPrediction = loss.backward(cache);
      assert.ok(dPrediction.data instanceof Float32Array);
      assertClose("gradient", toPrecision(dPrediction, "float64"), matrix(gradient), 1e-6);
    });
  }

test("every loss has a reference", () => {
  for (const name of lossNames)
    assert.ok(
      [...mpmathCases, ...torchCases].some(({ loss }) => loss === name),
      name,
    );
});

test("the weighted sigmoid's gradient keeps its digits where a sample is classified well", () => {
  const reference = mpmathCases.find(
    ({ loss, prediction }) => loss === "weightedSigmoidBinaryCrossEntropy" && prediction[0][2] === 40,
  ) as LossReference;
  const loss = lossOf(reference);
  const { cache } = loss.forward(matrix(reference.prediction), matrix(reference.target));
  const exact = reference.gradient[0][2];
  assert.ok(exact > -1e-17 && exact < 0);
  assert.ok(Math.abs(loss.backward(cache).data[2] / exact - 1) < 1e-15);
});

const first = (rows: number[][], count: number) => matrix(rows.map((row) => row.slice(0, count)));

for (const [index, reference] of torchCases.entries())
  test(`case ${index}: every witness agrees with ${reference.loss}`, () => {
    const layer = dense(2, 4);
    const params = layer.init(randomState(index));
    const [X, target] = [first([[0.5, -1.5, 2], [-0.75, 1, 0.25]], 2), first(reference.target, 2)]; // biome-ignore format: by rows
    const table = checkLayer(layer, params, X, { loss: lossOf(reference), target });
    assert.deepEqual([table.ok, table.failures, table.absent], [true, [], []]);
    // gradients of 0 would agree everywhere
    const largest = table.rows.reduce((size, { hand }) => Math.max(size, Math.abs(hand)), 0);
    assert.ok(largest > 1e-3, `${largest}`);
  });
