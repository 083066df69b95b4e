import assert from "node:assert/strict";
import test from "node:test";
import { type Activation, leakyRelu, sigmoid, tanh } from "../lib/activations";
import { shifted } from "../lib/activations/shifted";
import { checkLayer } from "../lib/gradients/check-layer";
import { dense, elementwise, serial } from "../lib/layers";
import { matrix, toArrays } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { randomState } from "../lib/random";

const z = [-30, -2.5, -0.3, 0, 0.7, 4, 40];
// PyTorch 2.13.0, float64: torch.sigmoid(z) - 0.5 and torch.tanh(z) + 1, with their automatic derivatives
const pytorch: [Activation, number[], number[]][] = [
  [
    shifted(sigmoid, -0.5),
    [
      -0.4999999999999064, -0.42414181997875644, -0.07444251681165898, 0, 0.16818777216816616,
      0.48201379003790845, 0.5,
    ],
    [
      9.357622968838423e-14, 0.07010371654510815, 0.24445831169074586, 0.25, 0.22171287329310904,
      0.017662706213291107, 0,
    ],
  ],
  [
    shifted(tanh, 1),
    [0, 0.013385701848569687, 0.7086873875484091, 1, 1.6043677771171634, 1.999329299739067, 2],
    [0, 0.02659222668316057, 0.9151369618266292, 1, 0.6347395899824586, 0.0013409506830259165, 0],
  ],
];

for (const [activation, values, slopes] of pytorch)
  test(`${activation.name}: value and derivative are PyTorch's`, () => {
    z.forEach((x, k) => {
      assert.ok(Math.abs(activation.f(x) - values[k]) <= 3e-16, `${x}: ${activation.f(x)}, not ${values[k]}`);
      assert.ok(Math.abs(activation.derivative(x) - slopes[k]) <= 3e-16, `slope at ${x}`);
    });
  });

test("a shifted activation has its four witnesses, in a layer and in a network", () => {
  const Z = matrix([
    [-2, 0.5, 3],
    [-0.25, 1, 0.1],
  ]);
  for (const activation of [shifted(sigmoid, -0.5), shifted(leakyRelu(0.2), 0.75)]) {
    const alone = checkLayer(elementwise(activation), {}, Z);
    assert.deepEqual([alone.failures, alone.absent, alone.rows.length], [[], [], 4]);
    const network = serial(dense(2, 3), elementwise(activation), dense(3, 1));
    assert.ok(checkLayer(network, network.init(randomState(5)), Z).ok);
    // a wrong derivative is found
    const wrong = shifted({ ...sigmoid, derivativeAt: tanh.derivativeAt }, 1);
    assert.equal(checkLayer(elementwise(wrong), {}, Z).ok, false);
  }
});

test("a dense layer behind it undoes the shift by its bias", () => {
  const A = matrix([
    [-1, 2],
    [0.5, 0.25],
  ]);
  const output = (activation: Activation, bias: number[][]) =>
    serial(elementwise(activation), dense(2, 1)).forward(
      [{}, { weights: matrix([[0.75, -0.5]]), bias: matrix(bias) }],
      A,
    ).output;
  const [plain, moved] = [output(sigmoid, [[0.25]]), output(shifted(sigmoid, -0.5), [[0.375]])];
  plain.data.forEach((y, j) => {
    assert.ok(Math.abs(y - moved.data[j]) <= 1e-16);
  });
});

test("both precisions: in float32 the value is rounded, then shifted and rounded", () => {
  const Z = matrix([[-2, 0, 3]]);
  const { apply, f } = shifted(tanh, 1);
  assert.deepEqual(toArrays(apply(Z)), [[f(-2), f(0), f(3)]]);
  const single = apply(toPrecision(Z, "float32"));
  assert.ok(single.data instanceof Float32Array);
  const expected = [-2, 0, 3].map((x) => Math.fround(Math.fround(tanh.f(x)) + 1));
  assert.deepEqual(toArrays(single), [expected]);
});
