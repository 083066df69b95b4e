import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { checkLayer } from "../lib/gradients/check-layer";
import { disturbance, disturbing } from "../lib/gradients/disturbance";
import { dualGradientsOfLayer } from "../lib/gradients/dual-gradients";
import { handWrittenGradients } from "../lib/gradients/hand-written";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import type { Matrix } from "../lib/matrix";
import { flattenParams } from "../lib/params";
import { randomState } from "../lib/random";
import { normals } from "./support/objectives";
import { randomCase } from "./support/random-case";

const random = randomState(32);

test("the disturbance is even over its range, in every call another, and the same for the same seed", () => {
  const [one, same, other] = [disturbing(5), disturbing(5), disturbing(6)];
  const drawn = Array.from({ length: 4000 }, () => (one(1) - 1) / disturbance);
  assert.deepEqual(
    drawn,
    Array.from({ length: 4000 }, () => (same(1) - 1) / disturbance),
  );
  assert.notDeepEqual(
    drawn.slice(0, 2),
    [other(1), other(1)].map((x) => (x - 1) / disturbance),
  );
  const mean = (f: (x: number) => number) => drawn.reduce((total, x) => total + f(x), 0) / drawn.length;
  // five standard deviations of the mean of a uniform number of [−1, 1), and of its square
  assert.ok(Math.abs(mean((x) => x)) < 5 / Math.sqrt(3 * 4000));
  assert.ok(Math.abs(mean((x) => x * x) - 1 / 3) < 5 * Math.sqrt(4 / 45 / 4000));
  assert.ok(drawn.every((x) => x >= -1 && x <= 1) && new Set(drawn).size > 3000);
});

test("rounding is measured: where sums cancel it is large beside the gradient, and backward is wrong by about as much", () => {
  // a bias before batch normalization has no effect; its gradient is rounding and nothing else
  const layer = serial(dense(3, 4), batchNorm(4), elementwise(tanh), dense(4, 2)) as unknown as Layer;
  const params = layer.init(random);
  const A = normals(random, 3, 6);
  const weights = normals(random, 2, 6);
  const { gradients, rounding } = dualGradientsOfLayer(layer, params, A, { weights });
  const byHand = handWrittenGradients(layer, params, A, () => weights);
  const measured = (path: string) => rounding.get(`params.${path}`) ?? Number.NaN;
  flattenParams(gradients)[1].value.data.forEach((slope, k) => {
    assert.ok(Math.abs(slope) < 1e-16, "0, but for rounding");
    assert.ok(Math.abs(byHand[1].gradient.data[k]) < 20 * measured("0.bias") * 2 ** -53);
  });
  assert.ok(measured("0.bias") > 0.1 && measured("0.bias") < 100, `${measured("0.bias")} units of rounding`);
  // where nothing cancels it is a few units of the largest entry
  const largest = Math.max(
    ...(gradients.params as [unknown, unknown, unknown, { weights: Matrix }])[3].weights.data,
  );
  assert.ok(measured("3.weights") > 0.1 * largest && measured("3.weights") < 20 * largest);
});

test("float32 gradients below its smallest normal number are not held against a layer", () => {
  // a network in which this was seen: its first layers' gradients are about 1e-45
  const { network, params, A, objective } = randomCase(20111, 50, "float32");
  const table = checkLayer(network, params, A, { ...objective, sample: 4, witnesses: ["dual numbers"] });
  assert.deepEqual([table.ok, table.failures], [true, []]);
  const first = table.rows.find(({ parameter }) => parameter.endsWith("weights"));
  assert.ok(first && Math.abs(first.other) < 1e-38);
});
