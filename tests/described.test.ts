import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { autogradOfLayer } from "../lib/gradients/autograd";
import { checkLayer, type WitnessName } from "../lib/gradients/check-layer";
import { dualGradientsOfLayer } from "../lib/gradients/dual-gradients";
import { symbolicGradientsOfLayer } from "../lib/gradients/symbolic-layer";
import type { Layer, LayerDescription } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { layerNorm } from "../lib/layers/layer-norm";
import { residual } from "../lib/layers/residual";
import { matrix, zeros } from "../lib/matrix";
import type { Params } from "../lib/params";
import { randomState } from "../lib/random";

const A = matrix([
  [1, 2],
  [3, 4],
]);
const right = dense(2, 3);

/** A layer of one's own: a given one with another name and description. */
function mine(layer: unknown, description: unknown): Layer {
  return { ...(layer as Layer), name: "mine", description: description as LayerDescription };
}

const needs = (kind: string, field: string, value: string, needed: string) =>
  `the layer "mine": description.${field} is ${value} (kind "${kind}" needs ${needed})`;
const whole = "a whole number ≥ 1";
const wrong: [Layer, string][] = [
  [mine(right, { kind: "dense", outputs: 3 }), needs("dense", "inputs", "undefined", whole)],
  [mine(right, { kind: "dense", inputs: 2, outputs: "3" }), needs("dense", "outputs", '"3"', whole)],
  [
    mine(right, { kind: "dense", inputs: 3, outputs: 2 }),
    'the layer "mine": description.inputs is 3, its input has 2 rows by the descriptions before it (a description says what forward computes)',
  ],
  [
    mine(right, { kind: "dense", inputs: 2, outputs: 4 }),
    'the layer "mine": params.weights is 3×2, by description.kind "dense" it is 4×2 (without a description the layer is checked by finite differences alone)',
  ],
  [
    mine(right, { kind: "layerNorm", features: 2, epsilon: 0 }),
    'the layer "mine": params.gain is undefined, by description.kind "layerNorm" it is 2×1 (without a description the layer is checked by finite differences alone)',
  ],
  [mine(right, { kind: "elementwise" }), needs("elementwise", "activation", "undefined", "an activation")],
  [
    mine(right, { kind: "elementwise", activation: tanh }),
    'the layer "mine": its forward returns 3 rows, by its description (kind "elementwise") there are 2 (a description says what forward computes)',
  ],
  [mine(right, { kind: "serial" }), needs("serial", "layers", "undefined", "a list of layers")],
  [mine(right, { kind: "serial", layers: [null] }), needs("serial", "layers[0]", "null", "a layer")],
  [
    mine(right, { kind: "serial", layers: [serial(right)] }),
    'the layer "dense" (layer 0.0): params.weights is undefined, by description.kind "dense" it is 3×2 (without a description the layer is checked by finite differences alone)',
  ],
  [mine(right, { kind: "residual", branch: right }), needs("residual", "shortcut", "undefined", "a layer")],
  [
    mine(batchNorm(2), { kind: "batchNorm", features: 2, statistics: "batch" }),
    needs("batchNorm", "epsilon", "undefined", "a finite number ≥ 0"),
  ],
  [
    mine(batchNorm(2), { kind: "batchNorm", features: 2, epsilon: 0 }),
    needs("batchNorm", "statistics", "undefined", '"batch" or "running"'),
  ],
  [
    mine(layerNorm(2), { kind: "batchNorm", features: 2, epsilon: 0, statistics: "running" }),
    'the layer "mine": params.runningMean is undefined, by description.kind "batchNorm" it is 2×1 (without a description the layer is checked by finite differences alone)',
  ],
  [mine(dropout(0.5), { kind: "dropout" }), needs("dropout", "rate", "undefined", "a number in [0, 1)")],
];

test("a description that lacks a field or does not fit is one error that names layer and field, from every witness", () => {
  for (const [layer, message] of wrong) {
    const params = layer.init(randomState(1));
    for (const name of ["finite differences", "TensorFlow", "mathjs", "dual numbers"] as WitnessName[])
      assert.throws(() => checkLayer(layer, params, A, { witnesses: [name] }), { message });
    const objective = { weights: zeros(layer.forward(params, A, randomState(1)).output.rows, 2) };
    for (const witness of [autogradOfLayer, symbolicGradientsOfLayer])
      assert.throws(() => witness(layer, params, A, objective, randomState(1)), { message });
    const random = () => randomState(1);
    assert.throws(() => dualGradientsOfLayer(layer, params, A, objective, { random }), { message });
  }
});

test("the error has the place of the layer in a network", () => {
  const inside = mine(dropout(0), { kind: "dropout", rate: 1 });
  const network = serial(elementwise(tanh), residual(serial(dense(2, 2), inside))) as Layer;
  assert.throws(() => checkLayer(network, network.init(randomState(1)), A), {
    message:
      'the layer "mine" (layer 1.branch.1): description.rate is 1 (kind "dropout" needs a number in [0, 1))',
  });
});

test("a layer without a description, alone or in a network, is checked by differences, and the witnesses are named absent", () => {
  for (const description of [undefined, null, "dense", { kind: "convolution" }])
    for (const layer of [mine(right, description), serial(mine(right, description), elementwise(tanh))]) {
      const own = layer as Layer<Params>;
      const table = checkLayer(own, own.init(randomState(1)), A);
      assert.deepEqual([table.ok, table.failures], [true, []]);
      assert.deepEqual(
        table.absent.map(({ reason }) => reason),
        ["TensorFlow.js", "mathjs", "dual numbers"].map(
          (who) => `the layer "mine" has no description that ${who} could follow`,
        ),
      );
    }
});
