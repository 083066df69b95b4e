import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { relu, tanh } from "../lib/activations";
import { lsuv } from "../lib/initializers/lsuv";
import { orthogonal } from "../lib/initializers/orthogonal";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { dropout } from "../lib/layers/dropout";
import { residual } from "../lib/layers/residual";
import { fromData, matrix } from "../lib/matrix";
import { flattenParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";

const reference: {
  cases: {
    activation: "relu" | "tanh";
    tolerance: number;
    maxIterations: number;
    X: number[][];
    start: { weights: number[][]; bias: number[][] }[];
    layers: { weights: number[][]; variances: number[] }[];
  }[];
} = JSON.parse(readFileSync("data/references/lsuv.json", "utf8"));

reference.cases.forEach(({ activation, tolerance, maxIterations, X, start, layers }, number) => {
  test(`case ${number}: the weights and variances of the same rule written in NumPy`, () => {
    const network = start.flatMap(({ weights }, l): Layer[] => {
      const layer = dense(weights[0].length, weights.length) as unknown as Layer;
      return l === 0 ? [layer] : [elementwise({ relu, tanh }[activation]) as Layer, layer];
    });
    const params = start.flatMap(({ weights, bias }, l): Params[] => {
      const own = { weights: matrix(weights), bias: matrix(bias) };
      return l === 0 ? [own] : [{}, own];
    });
    const result = lsuv(serial(...network) as Layer, params, matrix(X), { tolerance, maxIterations });
    const found = flattenParams(result.params).filter(({ path }) => path.endsWith("weights"));
    layers.forEach(({ weights, variances }, l) => {
      assertClose(`weights ${l}`, found[l].value, matrix(weights), 1e-13);
      const { path, iterations, before, after } = result.layers[l];
      assert.deepEqual([path, iterations], [`${2 * l}`, variances.length - 1]);
      for (const [ours, theirs] of [
        [before, variances[0]],
        [after, variances[variances.length - 1]],
      ])
        assert.ok(Math.abs(ours - theirs) <= 1e-12 * theirs, `variance ${l}: ${ours}, NumPy ${theirs}`);
    });
  });
});

test("deep networks with residual blocks and dropout: every dense layer's outputs get unit variance", () => {
  const square = () => dense(6, 6, { weights: orthogonal() });
  const network = serial(
    dense(4, 6, { weights: orthogonal(3) }),
    dropout(0.2),
    residual(serial(square(), elementwise(relu), square())),
    residual(dense(6, 3, { weights: orthogonal() }), dense(6, 3, { weights: orthogonal() })),
  );
  const random = randomState(1);
  const params = network.init(random);
  const X = fromData(4, 200, random.normals(800));
  const { layers } = lsuv(network, params, X, { tolerance: 1e-9, random: random.stream("dropout") });
  assert.deepEqual(
    layers.map(({ path }) => path),
    ["0", "2.branch.0", "2.branch.2", "3.branch", "3.shortcut"],
  );
  for (const { path, after } of layers) assert.ok(Math.abs(after - 1) < 1e-9, `${path}: ${after}`);
});

test("wrong arguments and outputs without variance are named", () => {
  const network = serial(dense(2, 2), elementwise(relu), dense(2, 1));
  const params = network.init(randomState(1));
  const X = fromData(2, 10, randomState(2).normals(20));
  assert.throws(() => lsuv(network, params, X, { tolerance: 0 }), /lsuv: the tolerance is 0/);
  assert.throws(() => lsuv(network, params, X, { maxIterations: 1.5 }), /lsuv: maxIterations is 1.5/);
  assert.throws(() => lsuv(network, params, fromData(2, 0, new Float64Array(0))), /X is empty/);
  const dead = { weights: fromData(2, 2, new Float64Array(4)), bias: matrix([[-1.1], [-1.1]]) };
  assert.throws(() => lsuv(network, [dead, {}, params[2]], X), /the outputs of the layer 0 have variance 0/);
});
