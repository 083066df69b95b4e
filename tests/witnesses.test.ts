import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { checkLayer } from "../lib/gradients/check-layer";
import { forInference, type Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { layerNorm } from "../lib/layers/layer-norm";
import { residual } from "../lib/layers/residual";
import { randomState } from "../lib/random";
import { everyActivation, everyLoss, normals } from "./support/objectives";
import { randomCase } from "./support/random-case";

const random = randomState(41);
const everyWitness = ["finite differences", "TensorFlow", "mathjs", "dual numbers"];

/** The witnesses that were heard. */
function heard(table: ReturnType<typeof checkLayer>): string[] {
  assert.deepEqual([table.failures, table.ok], [[], true]);
  return [...new Set(table.rows.map(({ witness }) => witness))];
}

for (const activation of everyActivation)
  test(`${activation.name} of ${activation.parameter ?? "z"}: all witnesses agree`, () => {
    const table = checkLayer(elementwise(activation), {}, normals(random, 3, 4));
    // mathjs has no derivative of the sign, in which the step is written
    assert.deepEqual(
      heard(table),
      everyWitness.filter((name) => name !== "mathjs" || activation.name !== "step"),
    );
  });

for (const { name, loss, targets } of everyLoss)
  test(`${name}: all witnesses agree`, () => {
    const layer = dense(2, 3);
    const objective = { loss: loss(random, 3), target: targets(random, 3, 2) };
    const table = checkLayer(layer, layer.init(random), normals(random, 2, 2), objective);
    assert.deepEqual(heard(table), everyWitness);
  });

const block = serial(dense(2, 2), elementwise(tanh));
const everyLayer: Record<string, unknown> = {
  dense: dense(2, 3),
  serial: block,
  "residual with identity": residual(block),
  "residual with projection": residual(dense(2, 3), dense(2, 3)),
  "batch normalization": batchNorm(2),
  "batch normalization after training": forInference(batchNorm(2)),
  "layer normalization": layerNorm(2),
  dropout: dropout(0.4),
  "dropout after training": forInference(dropout(0.4)),
};
for (const [name, layer] of Object.entries(everyLayer) as [string, Layer][])
  test(`${name}: all witnesses agree`, () => {
    const params = layer.init(random);
    assert.deepEqual(heard(checkLayer(layer, params, normals(random, 2, 3))), everyWitness);
  });

const depths = [2, 2, 3, 3, 5, 5, 8, 12, 20, 50];
const each = 30;

for (const [k, depth] of depths.entries())
  test(`${each} random networks of depth ${depth}, no false alarm (${k})`, () => {
    let rows = 0;
    for (let n = 0; n < each; n++) {
      const seed = n * depths.length + k;
      const precision = n % 3 === 2 ? "float32" : "float64";
      const { name, network, params, A, objective } = randomCase(seed, depth, precision);
      const table = checkLayer(network, params, A, {
        ...objective,
        sample: depth < 20 ? 4 : 2,
        witnesses: ["finite differences", "TensorFlow", "dual numbers"],
      });
      const red = table.rows.filter(({ verdict }) => verdict !== "agrees" && verdict !== "kink");
      assert.deepEqual([table.ok, table.absent, red], [true, [], []], name);
      rows += table.rows.length;
    }
    assert.ok(rows >= each * 9);
  });
