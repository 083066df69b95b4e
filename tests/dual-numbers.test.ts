import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { type Activation, identity, leakyRelu, relu, sigmoid, step, tanh } from "../lib/activations";
import { elu } from "../lib/activations/elu";
import { gelu } from "../lib/activations/gelu";
import { softplus } from "../lib/activations/softplus";
import { dualArithmetic } from "../lib/gradients/dual";
import { dualActivation } from "../lib/gradients/dual-activations";
import { dualGradientsOfLayer } from "../lib/gradients/dual-gradients";
import { handWrittenGradients } from "../lib/gradients/hand-written";
import { forInference, type Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { residual } from "../lib/layers/residual";
import { hinge } from "../lib/losses/hinge";
import { fromData, type Matrix, matrix } from "../lib/matrix";
import { flattenParams } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { networkOf, networkParams, references } from "./support/layer-references";
import { lossOf, mpmathCases, torchCases } from "./support/loss-references";
import { layerOf, normalization, paramsOf } from "./support/network-lists";

const random = randomState(31);
const normals = (rows: number, cols: number): Matrix => fromData(rows, cols, random.normals(rows * cols));
const dual = (activation: Activation, value: number, slope = 1) =>
  dualActivation(dualArithmetic(), activation)({ value, slope });

const kernels = JSON.parse(readFileSync("data/references/kernels.json", "utf8"));
const byMpmath = { ...kernels, ...JSON.parse(readFileSync("data/references/activations.json", "utf8")) };

/** What the errors of an activation's derivative count against: gelu's has a zero near −0.75, and erfc magnifies errors x² times. */
const scaleOf = ({ name }: Activation, x: number, exact: number) =>
  name !== "gelu" ? Math.abs(exact) : Math.abs(x) < 1 ? 1 : x * x * Math.abs(exact);

for (const activation of [sigmoid, tanh, elu(), gelu, softplus()])
  test(`${activation.name} and its derivative are mpmath's, to the last digits`, () => {
    for (const [part, name] of [["value", ""], ["slope", " derivative"]] as const) // biome-ignore format: pairs
      for (const [x, exact] of byMpmath[activation.name + name] as [number, number][]) {
        const error = Math.abs(dual(activation, x)[part] - exact);
        const bound = 1e-15 * scaleOf(activation, x, exact) + 1e-321; // subnormal numbers have fewer digits
        assert.ok(error <= bound, `${activation.name}${name} at ${x}: error ${error}`);
      }
  });

const parametrized = {
  "leakyRelu 0.2": leakyRelu(0.2),
  "elu 0.3": elu(0.3),
  "softplus 3": softplus(3),
  identity,
  relu,
};
for (const [name, activation] of Object.entries(parametrized))
  test(`${name} and its derivative are PyTorch's, on each side of a kink`, () => {
    const { value, derivative } = byMpmath.pytorch[name];
    (byMpmath.points as number[]).forEach((x, k) => {
      for (const slope of [1, -1]) {
        if (x === 0 && activation.kinks.length > 0) continue;
        const ours = dual(activation, x, slope);
        assert.ok(Math.abs(ours.value - value[k]) <= 1e-15 * Math.abs(value[k]), `${name}(${x})`);
        assert.ok(
          Math.abs(slope * ours.slope - derivative[k]) <= 1e-15 * Math.abs(derivative[k]),
          `${name}′(${x})`,
        );
      }
    });
  });

for (const [source, cases] of [["mpmath", mpmathCases], ["PyTorch", torchCases]] as const) // biome-ignore format: pairs
  for (const [index, reference] of cases.entries())
    test(`${reference.loss}, case ${index}: value and gradient are ${source}'s`, () => {
      const objective = { loss: lossOf(reference), target: matrix(reference.target) };
      const prediction = matrix(reference.prediction);
      const { value, gradients, kinks } = dualGradientsOfLayer(
        elementwise(identity),
        {},
        prediction,
        objective,
      );
      assert.ok(Math.abs(value - reference.value) <= 2e-15 * Math.max(1, Math.abs(value)), `value ${value}`);
      assertClose("gradient", gradients.input, matrix(reference.gradient), 1e-15);
      assert.deepEqual(kinks, []);
    });

for (const reference of normalization.cases)
  for (const mode of ["training", "inference"] as const)
    test(`${reference.name}: the gradients in ${mode} are PyTorch's`, () => {
      const trained = layerOf(reference.layer);
      const layer = mode === "training" ? trained : forInference(trained);
      const params = paramsOf(mode === "training" ? reference.parameters : reference.observed);
      const { gradients, kinks } = dualGradientsOfLayer(
        layer,
        params,
        matrix(reference.X),
        { weights: matrix(reference.R) },
        { random: () => randomState(reference.seed) },
      );
      const expected = flattenParams(paramsOf(reference[mode].gradients));
      flattenParams(gradients.params).forEach(({ path, value }, k) => {
        assertClose(path, value, expected[k].value, 1e-11);
      });
      assertClose("dX", gradients.input, matrix(reference[mode].dX), 1e-11);
      assert.deepEqual(kinks, []);
    });

for (const reference of references.gradients)
  test(`dense, ${reference.activation}, dense, ${reference.loss}: the gradients are PyTorch's to the last digits`, () => {
    const { network, params, loss, X, T } = networkOf(reference);
    const { value, gradients } = dualGradientsOfLayer(network, params, X, { loss, target: T });
    assert.ok(Math.abs(value - reference.value) < 1e-15);
    const expected = flattenParams(networkParams(reference.gradients));
    flattenParams(gradients.params).forEach((given, k) => {
      assertClose(given.path, given.value, expected[k].value, 1e-15);
    });
    assertClose("dX", gradients.input, matrix(reference.dX), 1e-15);
  });

test("values saturated far beyond overflow have finite derivatives", () => {
  for (const activation of [identity, sigmoid, tanh, relu, leakyRelu(0.2), elu(0.7), gelu, softplus(3)])
    for (const x of [-1e6, -1000, 1000, 1e6]) {
      const { value, slope } = dual(activation, x);
      assert.ok(Math.abs(value - activation.f(x)) <= 1e-15 * Math.abs(value), `${activation.name}(${x})`);
      assert.ok(Math.abs(slope - activation.derivative(x)) <= 1e-15, `${activation.name}′(${x})`);
    }
  for (const activation of [sigmoid, tanh, relu, leakyRelu(0.2), elu(0.7), gelu, softplus(3), step])
    assert.ok(Number.isNaN(dual(activation, Number.NaN).value), activation.name);
});

test("a sample gives these entries and NaN elsewhere; the point stays as it was; running statistics are constants", () => {
  const layer = serial(dense(4, 3), batchNorm(3));
  const params = layer.init(random);
  const A = normals(4, 5);
  const before = structuredClone([params, A]);
  const objective = { weights: normals(3, 5) };
  const all = dualGradientsOfLayer(forInference(layer), params, A, objective);
  const { gradients, entries } = dualGradientsOfLayer(forInference(layer), params, A, objective, {
    sample: { entries: 2, random: randomState(1) },
  });
  assert.deepEqual([params, A], before);
  flattenParams(gradients).forEach(({ path, value: { data } }, k) => {
    const whole = flattenParams(all.gradients)[k].value.data;
    const chosen = entries.get(path);
    const isConstant = path.includes("running");
    if (isConstant) assert.deepEqual([chosen, [...data]], [undefined, [0, 0, 0]]);
    else assert.equal(chosen?.length, 2);
    data.forEach((slope, e) => {
      if (isConstant || chosen?.includes(e)) assert.equal(slope, whole[e]);
      else assert.ok(Number.isNaN(slope));
    });
  });
});

test("dropout draws the layer's own mask, also inside a residual branch", () => {
  const layer = residual(serial(dropout(0.5), dense(3, 3), dropout(0.3))) as unknown as Layer;
  const params = layer.init(random);
  const [A, weights] = [normals(3, 8), normals(3, 8)];
  const byHand = handWrittenGradients(layer, params, A, () => weights, randomState(8));
  const { gradients } = dualGradientsOfLayer(layer, params, A, { weights }, { random: () => randomState(8) });
  flattenParams(gradients).forEach(({ path, value }, k) => {
    assertClose(path, value, byHand[k].gradient, 1e-15);
  });
});

test("what has no form is named", () => {
  const A = matrix([[1]]);
  const of = (layer: object, objective: object) => () =>
    dualGradientsOfLayer(layer as Layer, {}, A, objective as { weights: Matrix });
  const mine = { ...tanh, name: "mine" };
  assert.throws(
    of(elementwise(mine), { weights: A }),
    /dual numbers have no form of the activation "mine" here/,
  );
  assert.throws(
    of({ name: "other" }, { weights: A }),
    /the layer "other" has no description that dual numbers could follow/,
  );
  const loss = { ...hinge, name: "margin" };
  assert.throws(
    of(elementwise(tanh), { loss, target: A }),
    /dual numbers have no form of the loss "margin" here/,
  );
});
