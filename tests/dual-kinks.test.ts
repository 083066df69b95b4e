import assert from "node:assert/strict";
import test from "node:test";
import { type Activation, identity, leakyRelu, relu, sigmoid, step, tanh } from "../lib/activations";
import { elu } from "../lib/activations/elu";
import { gelu } from "../lib/activations/gelu";
import { softplus } from "../lib/activations/softplus";
import { checkLayer } from "../lib/gradients/check-layer";
import { dualGradientsOfLayer } from "../lib/gradients/dual-gradients";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { type Loss, perceptronCriterion, softmaxCrossEntropy } from "../lib/losses";
import { hinge, squaredHinge } from "../lib/losses/hinge";
import { multiclassHinge } from "../lib/losses/multiclass-hinge";
import { type Matrix, matrix } from "../lib/matrix";
import type { Params } from "../lib/params";

/** Left and right derivatives at one number, by path; none where it is no kink. */
function sides(
  layer: Layer,
  A: Matrix,
  objective: { loss: Loss; target: Matrix } | { weights: Matrix },
  params: Params = {},
) {
  return dualGradientsOfLayer(layer, params, A, objective).kinks.map(({ path, entry, left, right }) => [
    path,
    entry,
    left,
    right,
  ]);
}

test("on a kink both one-sided derivatives are known, a step of no length away", () => {
  const at0 = (activation: Activation) =>
    sides(elementwise(activation) as Layer, matrix([[0]]), { weights: matrix([[1]]) });
  assert.deepEqual(at0(relu), [["input", 0, 0, 1]]);
  assert.deepEqual(at0(leakyRelu(0.2)), [["input", 0, 0.2, 1]]);
  assert.deepEqual(at0(elu(0.7)), [["input", 0, 0.7, 1]]);
  assert.deepEqual(at0(step), [["input", 0, Number.POSITIVE_INFINITY, 0]]);
  for (const smooth of [identity, sigmoid, tanh, elu(), gelu, softplus(3)])
    assert.deepEqual(at0(smooth), [], smooth.name);
  const near = sides(elementwise(relu) as Layer, matrix([[1e-300, -1e-300]]), { weights: matrix([[1, 1]]) });
  assert.deepEqual(near, []);

  const of = (loss: Loss, z: number[], t: number[]) =>
    sides(elementwise(identity) as Layer, matrix(z.map((x) => [x])), {
      loss,
      target: matrix(t.map((x) => [x])),
    });
  assert.deepEqual(of(perceptronCriterion, [0, 2], [1, 1]), [["input", 0, -1, 0]]);
  assert.deepEqual(of(hinge, [1, -1], [1, -1]), [["input", 0, -1, 0], ["input", 1, 0, 1]]); // biome-ignore format: pairs
  assert.deepEqual(of(squaredHinge, [1], [1]), []);
  assert.deepEqual(of(multiclassHinge, [0, 3, 3], [1, 0, 0]), [["input", 1, 0, 1], ["input", 2, 0, 1]]); // biome-ignore format: pairs
  assert.deepEqual(of(softmaxCrossEntropy, [3, 3, 3], [1, 0, 0]), []);
});

test("a kink in the middle of a network counts only where the direction crosses it and the output sees it", () => {
  const network = serial(dense(1, 2), elementwise(relu), dense(2, 1)) as unknown as Layer;
  const params: Params[] = [
    { weights: matrix([[1], [1]]), bias: matrix([[0], [-1]]) }, // the second unit is on its kink at A = 1
    {},
    { weights: matrix([[5, 7]]), bias: matrix([[0]]) },
  ];
  const kinks = (given: Params) => sides(network, matrix([[1]]), { weights: matrix([[1]]) }, given);
  assert.deepEqual(kinks(params), [
    ["params.0.weights", 1, 0, 7],
    ["params.0.bias", 1, 0, 7],
    ["input", 0, 5, 12],
  ]);
  const unseen: Params[] = [params[0], {}, { weights: matrix([[5, 0]]), bias: matrix([[0]]) }];
  assert.deepEqual(kinks(unseen), []);
  // max(0, z) − max(0, −z) = z has no kink
  const both = serial(dense(1, 2), elementwise(relu), dense(2, 1)) as unknown as Layer;
  const signed: Params[] = [
    { weights: matrix([[1], [-1]]), bias: matrix([[0], [0]]) },
    {},
    { weights: matrix([[1, -1]]), bias: matrix([[0]]) },
  ];
  const { gradients, kinks: none } = dualGradientsOfLayer(both, signed, matrix([[0]]), {
    weights: matrix([[1]]),
  });
  assert.deepEqual([none.filter(({ path }) => path === "input"), gradients.input.data[0]], [[], 1]);
});

/** A layer of one unit whose backward gives `derivative` for its kink at 0. */
const unit = (derivative: number) => {
  const layer = elementwise(relu);
  const backward: typeof layer.backward = (_params, _cache, dOutput) => ({
    dInput: matrix([[derivative * dOutput.data[0]]]),
    gradients: {},
  });
  return { ...layer, backward };
};

test("at a kink a layer's convention may be any number between the two derivatives, and no other", () => {
  const verdicts = (derivative: number) => {
    const { rows, ok } = checkLayer(unit(derivative), {}, matrix([[0]]));
    return [ok, ...rows.map(({ witness, verdict }) => [witness, verdict])];
  };
  const differences = ["finite differences", "kink"];
  assert.deepEqual(verdicts(0), [true, differences, ["TensorFlow", "agrees"], ["dual numbers", "agrees"]]);
  // TensorFlow's convention is 0 too
  for (const derivative of [0.5, 1])
    assert.deepEqual(verdicts(derivative), [
      true,
      differences,
      ["TensorFlow", "kink"],
      ["dual numbers", "agrees"],
    ]);
  for (const derivative of [-0.001, 1.001])
    assert.deepEqual(verdicts(derivative), [
      false,
      differences,
      ["TensorFlow", "kink"],
      ["dual numbers", "differs"],
    ]);
});

test("the perceptron criterion from zero weights, where every sample is on its kink", () => {
  const layer = dense(2, 1);
  const params = { weights: matrix([[0, 0]]), bias: matrix([[0]]) };
  const objective = { loss: perceptronCriterion, target: matrix([[1, -1, 1]]) };
  const table = checkLayer(layer, params, matrix([[1, 2, 3], [-1, 4, 2]]), objective); // biome-ignore format: by rows
  assert.equal(table.ok, true, table.failures.join("; "));
  assert.ok(
    table.rows
      .filter(({ witness }) => witness === "dual numbers")
      .every(({ verdict }) => verdict === "agrees"),
  );
});

test("kinks of entries that are not in the sample are known too, and TensorFlow is not heard on those", () => {
  const layer = dense(3, 4);
  const params = { weights: matrix([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 1]]), bias: matrix([[1], [1], [0], [1]]) }; // biome-ignore format: by rows
  const objective = { loss: perceptronCriterion, target: matrix([[1], [-1], [1], [1]]) };
  const table = checkLayer(layer, params, matrix([[0.5], [0.25], [2]]), { ...objective, sample: 1 });
  assert.equal(table.ok, true, table.failures.join("; "));
});
