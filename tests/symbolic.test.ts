import assert from "node:assert/strict";
import test from "node:test";
import { identity, leakyRelu, relu, sigmoid, step, tanh } from "../lib/activations";
import { evaluateExpression, expand, symbolicDerivative } from "../lib/gradients/symbolic";
import { symbolicGradientsOfLayer } from "../lib/gradients/symbolic-layer";
import { dense, elementwise } from "../lib/layers";
import { perceptronCriterion } from "../lib/losses";
import { matrix } from "../lib/matrix";
import { flattenParams } from "../lib/params";
import { assertClose } from "./support/assert-close";
import { networkOf, references } from "./support/layer-references";

/** Note 003's network, line by line. */
const note003 = {
  z11: "w11 * x1 + w12 * x2 + b1",
  z12: "w21 * x1 + w22 * x2 + b2",
  a1: "tanh(z11)",
  a2: "tanh(z12)",
  z21: "v11 * a1 + v12 * a2 + c1",
  z22: "v21 * a1 + v22 * a2 + c2",
  yhat1: "exp(z21) / (exp(z21) + exp(z22))",
  loss: "-log(yhat1)",
};
const values = {
  x1: 1, x2: 2, w11: 0.1, w12: 0.2, w21: 0.3, w22: 0.4, b1: 0, b2: 0,
  v11: 0.5, v12: 0.6, v21: 0.7, v22: 0.8, c1: 0, c2: 0,
}; // biome-ignore format: as the note lists them

test("note 003's network as one formula: its loss and its gradients", () => {
  const loss = expand("loss", note003);
  assert.equal(evaluateExpression(loss, values).toFixed(6), "0.827359");
  const gradient = (variable: string) => symbolicDerivative(loss, variable, { simplify: false }).at(values);
  assert.equal(gradient("w21").toFixed(4), "0.0404"); // the note's δ¹₂ x₁
  assert.equal(gradient("w22").toFixed(4), "0.0809"); // the note prints 0.0808, twice its rounded 0.0404
  assert.ok(Math.abs(gradient("c1") + gradient("c2")) < 1e-15);
});

test("the activations' formulas have the derivatives that stand beside them", () => {
  for (const activation of [identity, sigmoid, tanh, relu, leakyRelu(0.1)]) {
    const { at } = symbolicDerivative(activation.formula, "z");
    for (const z of [-3, -0.7, -1e-3, 0.2, 1, 4])
      assert.ok(Math.abs(at({ z }) - activation.derivative(z)) < 1e-15, `${activation.name}′(${z})`);
  }
});

test("gradients of a network written out are those of backward to 1e-14", () => {
  const reference = references.gradients[2]; // the one whose formula is short
  const { network, params, loss, X, T } = networkOf({
    ...reference,
    X: column0(reference.X),
    T: column0(reference.T),
  });
  const { gradients } = symbolicGradientsOfLayer(network, params, X, { loss, target: T });
  const { output, cache } = network.forward(params, X);
  const byHand = network.backward(params, cache, loss.backward(loss.forward(output, T).cache));
  flattenParams(byHand.gradients).forEach(({ path, value }, k) => {
    assertClose(path, flattenParams(gradients.params)[k].value, value, 1e-14);
  });
});

const column0 = (rows: number[][]) => rows.map((row) => [row[0]]);

test("the perceptron criterion away from its kink, and what has no derivative there", () => {
  const layer = dense(2, 1);
  const params = { weights: matrix([[1, -2]]), bias: matrix([[0.5]]) };
  const X = matrix([[1, 2], [2, 0.5]]); // biome-ignore format: by rows
  const { gradients } = symbolicGradientsOfLayer(layer, params, X, {
    loss: perceptronCriterion,
    target: matrix([[1, -1]]),
  });
  const { output, cache } = layer.forward(params, X);
  const dZ = perceptronCriterion.backward(perceptronCriterion.forward(output, matrix([[1, -1]])).cache);
  assertClose(
    "weights",
    gradients.params.weights,
    layer.backward(params, cache, dZ).gradients.weights,
    1e-15,
  );
  const at0 = () =>
    symbolicGradientsOfLayer(elementwise(relu), {}, matrix([[0]]), { weights: matrix([[1]]) });
  assert.throws(at0, /no value here \(0\/0 at a kink/);
  const ofStep = () =>
    symbolicGradientsOfLayer(elementwise(step), {}, matrix([[1]]), { weights: matrix([[1]]) });
  assert.throws(ofStep, /mathjs: .*"sign"/);
});
