import assert from "node:assert/strict";
import test from "node:test";
import { type Activation, leakyRelu, sigmoid, tanh } from "../lib/activations";
import { checkLayer, type WitnessName } from "../lib/gradients/check-layer";
import { uniformInit } from "../lib/initializers";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { softmaxCrossEntropy } from "../lib/losses";
import { fromData, type Matrix, type Precision, zeros } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { flattenParams, mapParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { everyLoss, normals } from "./support/objectives";
import { randomCase } from "./support/random-case";

/** The layer with `change` applied to one of its gradients, counted as in flattenParams, last that of the input. */
function spoiled(
  layer: Layer,
  index: number,
  change: (gradient: Matrix, all: readonly Matrix[]) => Matrix,
): Layer {
  return {
    ...layer,
    backward(params, cache, dOutput) {
      const { gradients, dInput } = layer.backward(params, cache, dOutput);
      const all = [...flattenParams(gradients).map(({ value }) => value), dInput];
      let next = 0;
      const changed = (M: Matrix) => (next++ === index ? change(M, all) : M);
      return { gradients: mapParams(changed, gradients), dInput: changed(dInput) };
    },
  };
}

const largest = (...matrices: readonly Matrix[]): number =>
  Math.max(...matrices.flatMap(({ data }) => [...data].map(Math.abs)));

/** One entry wrong by a share of the matrix's largest; of all gradients' largest where the matrix is rounding only. */
const wrongBy = (share: number, entry: number) => (gradient: Matrix, all: readonly Matrix[]) => {
  const [own, most] = [largest(gradient), largest(...all)];
  const rounding = gradient.data instanceof Float32Array ? 1e-4 : 1e-9;
  const data = gradient.data.slice();
  data[entry] += share * (own > rounding * most ? own : most || 1);
  return fromData(gradient.rows, gradient.cols, data);
};

/** Plants an error in one entry of a random network and returns whether just that entry was named. */
function found(seed: number, depth: number, precision: Precision, share: number): boolean {
  const { network, params, A, objective } = randomCase(seed, depth, precision);
  const random = randomState(seed);
  const gradients = [...flattenParams(params), { path: "input", value: A }];
  const index = random.integers(0, gradients.length, 1)[0];
  const { path, value } = gradients[index];
  const entry = random.integers(0, value.data.length, 1)[0];
  const wrong = spoiled(network, index, wrongBy(share, entry));
  const { ok, rows } = checkLayer(wrong, params, A, { ...objective, witnesses: ["dual numbers"] });
  const red = rows.filter(({ verdict }) => verdict !== "agrees");
  assert.ok(red.length === 0 || !ok);
  return (
    red.length === 1 && red[0].parameter === path && red[0].index[0] * value.cols + red[0].index[1] === entry
  );
}

for (const [depth, seeds] of [[2, 20], [3, 20], [5, 20], [8, 20], [12, 20], [20, 20], [50, 6]]) // biome-ignore format: pairs
  test(`an entry wrong by 1e-3 is found and named in each of ${seeds} networks of depth ${depth}`, () => {
    for (let seed = 5000 + 100 * depth; seed < 5000 + 100 * depth + seeds; seed++)
      assert.ok(found(seed, depth, "float64", 1e-3), `seed ${seed}`);
  });

test("in float32 an entry wrong by a tenth is found, and wrong by 1e-3 unless rounding is no smaller", () => {
  let small = 0;
  for (let seed = 0; seed < 80; seed++) {
    const depth = 2 + (seed % 7);
    assert.ok(found(seed, depth, "float32", 0.1), `seed ${seed}`);
    if (found(seed, depth, "float32", 1e-3)) small += 1;
  }
  assert.ok(small >= 76, `${small} of 80`);
});

/** 25 dense layers with an activation after each, and one more; weights from −bound to bound. */
function deep(activation: Activation, bound: number, width = 4, precision: Precision = "float64") {
  const weights = uniformInit(-bound, bound);
  const layers: unknown[] = [];
  for (let l = 0; l < 25; l++) layers.push(dense(width, width, { weights }), elementwise(activation));
  const network = serial(
    ...(layers as Layer[]),
    dense(width, 3, { weights }) as unknown as Layer,
  ) as unknown as Layer;
  const random = randomState(9);
  const fit = (M: Matrix) => toPrecision(M, precision);
  const params: Params = mapParams(fit, network.init(random));
  const A = fit(normals(random, width, 6));
  const target = fit(everyLoss[4].targets(random, 3, 6));
  return { network, params, A, objective: { loss: softmaxCrossEntropy, target } };
}

for (const [what, activation, bound, width, precision, low, high] of [
  ["vanish", sigmoid, 1, 4, "float64", 0, 1e-15],
  ["vanish", sigmoid, 1, 4, "float32", 0, 1e-15],
  ["explode", tanh, 3, 8, "float64", 50, 1e30],
  ["neither vanish nor explode", leakyRelu(0.5), 1.2, 4, "float64", 1e-3, 1e3],
] as const)
  test(`gradients that ${what} in a network of 51 layers, ${precision}: an error of 1e-3 is found in the first layer and in the last`, () => {
    const { network, params, A, objective } = deep(activation, bound, width, precision);
    const last = flattenParams(params).length - 2;
    let norms: number[] = [];
    for (const [layer, index] of [
      ["first", 0],
      ["last", last],
    ] as const) {
      const wrong = spoiled(network, index, (gradient, all) => {
        norms = all.map((M) => largest(M));
        const data = gradient.data.slice();
        data[1] += 1e-3 * largest(gradient);
        return fromData(gradient.rows, gradient.cols, data);
      });
      const all: WitnessName[] = ["finite differences", "TensorFlow", "dual numbers"];
      const right = checkLayer(network, params, A, { ...objective, sample: 3, witnesses: all });
      assert.deepEqual([right.ok, right.failures], [true, []]);
      const { rows } = checkLayer(wrong, params, A, { ...objective, witnesses: ["dual numbers"] });
      const red = rows.filter(({ verdict }) => verdict === "differs");
      assert.deepEqual(
        red.map(({ parameter, index }) => [parameter, ...index]),
        [[flattenParams(params)[index].path, 0, 1]],
        layer,
      );
    }
    const ratio = norms[0] / norms[last];
    assert.ok(ratio >= low && ratio <= high, `first to last layer: ${ratio}`);
  });

test("what only the dual numbers find: an error in gradients that have vanished beside the others", () => {
  const { network, params, A, objective } = deep(sigmoid, 1);
  const zero = spoiled(network, 0, (gradient) => zeros(gradient.rows, gradient.cols));
  const finders = (["finite differences", "TensorFlow", "dual numbers"] as const).filter(
    (witness) => !checkLayer(zero, params, A, { ...objective, witnesses: [witness], sample: 3 }).ok,
  );
  assert.deepEqual(finders, ["dual numbers"]);
});
