import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { type Initializer, uniformInit } from "../lib/initializers";
import { convolutional, convolutionFans } from "../lib/initializers/fans";
import { type GainName, gain } from "../lib/initializers/gain";
import { orthogonal } from "../lib/initializers/orthogonal";
import {
  kaimingNormal,
  kaimingUniform,
  linearDefaults,
  xavierNormalWithGain,
  xavierUniformWithGain,
} from "../lib/initializers/torch";
import { dense, serial } from "../lib/layers";
import { type Matrix, matrix, type Precision } from "../lib/matrix";
import { torchGenerator } from "../lib/random/torch";
import { assertClose } from "./support/assert-close";
import { distanceInUlp } from "./support/ulp-distance";

const reference: {
  weights: { seed: number; shape: number[]; precision: Precision; weights: Record<string, number[][]> }[];
  linear: {
    seed: number;
    inputs: number;
    outputs: number;
    precision: Precision;
    layers: { weights: number[][]; bias: number[][] }[];
  }[];
  gains: Record<Exclude<GainName, "leakyRelu">, number> & { leakyRelu: [slope: number, gain: number][] };
} = JSON.parse(readFileSync("data/references/torch-initializers.json", "utf8"));

const initializers: Record<string, Initializer> = {
  kaimingNormal: kaimingNormal(),
  kaimingNormalLeakyFanOut: kaimingNormal({ negativeSlope: 0.2, fan: "fanOut" }),
  kaimingNormalTanh: kaimingNormal({ gain: gain("tanh") }),
  kaimingUniform: kaimingUniform(),
  kaimingUniformLeakyFanOut: kaimingUniform({ negativeSlope: 0.2, fan: "fanOut" }),
  xavierNormal: xavierNormalWithGain(1),
  xavierNormalTanh: xavierNormalWithGain(gain("tanh")),
  xavierUniform: xavierUniformWithGain(1),
  xavierUniformRelu: xavierUniformWithGain(gain("relu")),
  uniform: uniformInit(-0.05, 0.1),
  orthogonal: orthogonal(),
  orthogonalGain: orthogonal(1.5),
};

/** Within so many numbers of that precision; the last digits of a QR decomposition depend on the order of its sums. */
function assertSame(
  what: string,
  W: Matrix,
  expected: number[][],
  precision: Precision,
  units: number,
): void {
  const E = matrix(expected, precision);
  if (what.startsWith("orthogonal")) {
    assertClose(what, W, E, precision === "float64" ? 4e-15 : 2e-6);
    return;
  }
  assert.deepEqual([W.rows, W.cols], [E.rows, E.cols], what);
  W.data.forEach((weight, k) => {
    const distance = distanceInUlp(weight, E.data[k], precision);
    assert.ok(distance <= units, `${what}[${k}]: ours ${weight}, PyTorch ${E.data[k]}, ${distance} ulp`);
  });
}

for (const { seed, shape, precision, weights } of reference.weights)
  test(`weights ${shape.join("×")} in ${precision} are those of torch.nn.init`, () => {
    assert.deepEqual(Object.keys(weights), Object.keys(initializers));
    const random = torchGenerator(seed);
    const columns = shape.slice(1).reduce((product, size) => product * size, 1);
    for (const [name, initializer] of Object.entries(initializers)) {
      const W = convolutional(shape, initializer)(random, shape[0], columns, precision);
      assertSame(
        name,
        W,
        weights[name],
        precision,
        precision === "float64" && name.includes("ormal") ? 1 : 0,
      );
    }
  });

for (const { seed, inputs, outputs, precision, layers } of reference.linear)
  test(`nn.Linear(${inputs}, ${outputs}) in ${precision}: its default weights and biases`, () => {
    const layer = (n: number, m: number) => dense(n, m, { ...linearDefaults(n), precision });
    const params = serial(layer(inputs, outputs), layer(outputs, inputs)).init(torchGenerator(seed));
    layers.forEach(({ weights, bias }, l) => {
      assertSame(`layer ${l} weights`, params[l].weights, weights, precision, 0);
      assertSame(`layer ${l} bias`, params[l].bias, bias, precision, 0);
    });
  });

test("gains are PyTorch's", () => {
  const { leakyRelu, ...others } = reference.gains;
  for (const [name, value] of Object.entries(others)) assert.equal(gain(name as GainName), value, name);
  for (const [slope, value] of leakyRelu)
    assert.ok(distanceInUlp(gain("leakyRelu", slope), value) <= 1, `leakyRelu ${slope}`);
  assert.equal(gain("leakyRelu"), leakyRelu[0][1]);
});

test("wrong arguments are named", () => {
  assert.throws(() => gain("gelu" as GainName), /gain: no gain for gelu \(there is one for linear/);
  assert.throws(() => gain("leakyRelu", Number.NaN), /the negative slope is NaN/);
  assert.throws(() => kaimingNormal({ gain: -1 }), /kaimingNormal: the gain is -1/);
  assert.throws(() => xavierUniformWithGain(Number.NaN), /xavierUniformWithGain: the gain is NaN/);
  assert.throws(() => orthogonal(Number.POSITIVE_INFINITY), /orthogonal: the gain is Infinity/);
  assert.throws(() => linearDefaults(0), /linearDefaults: inputs is 0/);
  assert.throws(() => convolutionFans([4]), /the kernel is 4 /);
  assert.throws(() => convolutionFans([4, 3, 0]), /the kernel is 4×3×0 /);
  assert.throws(
    () => convolutional([4, 3, 2], kaimingNormal())(torchGenerator(0), 4, 5),
    /the weights are 4×5, the kernel 4×3×2 needs 4×6/,
  );
});
