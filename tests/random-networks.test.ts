import assert from "node:assert/strict";
import test from "node:test";
import { checkLayer } from "../lib/gradients/check-layer";
import { forInference, type Layer } from "../lib/layer";
import { fromData } from "../lib/matrix";
import { randomState } from "../lib/random";
import { randomNetwork } from "./support/random-network";

/** How often each kind of layer stands in a network. */
function count(layer: Layer, counts: Map<string, number>): void {
  const { description } = layer;
  counts.set(description.kind, (counts.get(description.kind) ?? 0) + 1);
  if (description.kind === "serial") for (const inner of description.layers) count(inner, counts);
  if (description.kind === "residual")
    for (const inner of [description.branch, description.shortcut]) count(inner, counts);
}

const counts = new Map<string, number>();

// With depth the differences' error h²f‴/6 and the rounding of TensorFlow's float32 grow: the largest seen at depth 50,
// in a network whose gradients reach 2000, were 2e-6 and 2e-5.
for (const [depth, differences, tensorflow] of [
  [1, 1e-8, 1e-6],
  [2, 1e-7, 1e-6],
  [5, 1e-7, 2e-6],
  [10, 1e-7, 2e-6],
  [20, 1e-6, 1e-5],
  [50, 1e-5, 1e-4],
])
  test(`random networks of depth ${depth} agree with differences and TensorFlow, in training and after it`, () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = randomState(1000 * depth + seed);
      const network = randomNetwork(random, 4, depth);
      const params = network.init(random);
      const X = fromData(4, 8, random.normals(32));
      count(network, counts);
      for (const mode of [network, forInference(network)]) {
        const table = checkLayer(mode, params, X, {
          sample: 4,
          witnesses: ["finite differences", "TensorFlow"],
          tolerances: { "finite differences": differences, TensorFlow: tensorflow },
        });
        const red = table.rows.filter(({ verdict }) => verdict !== "agrees" && verdict !== "kink");
        assert.deepEqual([table.ok, table.absent, red], [true, [], []], `seed ${seed}`);
      }
    }
  });

test("all kinds of layers were among them", () => {
  assert.deepEqual([...counts.keys()].sort(), [
    "batchNorm",
    "dense",
    "dropout",
    "elementwise",
    "layerNorm",
    "residual",
    "serial",
  ]);
  for (const [kind, times] of counts) assert.ok(times >= 10, `${kind}: ${times}`);
});
