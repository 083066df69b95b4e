import assert from "node:assert/strict";
import test from "node:test";
import { matrix, zeros } from "../lib/matrix";
import { adam, integerPower, type Optimizer, sgd } from "../lib/optimizers";
import { flattenParams, type Params } from "../lib/params";
import { assertClose } from "./support/assert-close";
import { networkOf, networkParams, references } from "./support/layer-references";

const cases: ["sgd" | "momentum" | "adam", (rate: number) => Optimizer][] = [
  ["sgd", (rate) => sgd(rate)],
  ["momentum", (rate) => sgd(rate, { momentum: 0.9 })],
  ["adam", (rate) => adam(rate)],
];

for (const [name, make] of cases) {
  test(`50 steps of ${name} are PyTorch's`, () => {
    const path = references.paths[name];
    const { network, loss, params: start, X, T } = networkOf(references.gradients[0]);
    const optimizer = make(path.rate);
    let params = start;
    let state = optimizer.init(params);
    path.losses.forEach((expected, index) => {
      const step = index + 1;
      const { output, cache } = network.forward(params, X);
      const result = loss.forward(output, T);
      assertClose(`loss before step ${step}`, matrix([[result.loss]]), matrix([[expected]]), 1e-12);
      const { gradients } = network.backward(params, cache, loss.backward(result.cache));
      ({ params, state } = optimizer.update(gradients, state, params, step));
      if (!path.parameters[step]) return;
      const reference = flattenParams(networkParams(path.parameters[step]));
      flattenParams(params).forEach(({ path, value }, k) => {
        assertClose(`${path} after step ${step}`, value, reference[k].value, 1e-12);
      });
    });
  });
}

test("momentum moves by the notes' form when the rate changes: v ← γ v − α g, θ ← θ + v", () => {
  const optimizer = sgd((step) => (step === 1 ? 1 : 0.1), { momentum: 0.5 });
  const g = matrix([[1]]);
  let [params, state] = [matrix([[0]]), optimizer.init(matrix([[0]]))];
  ({ params, state } = optimizer.update(g, state, params, 1)); // v = −1
  ({ params, state } = optimizer.update(g, state, params, 2)); // v = −0.5 − 0.1; PyTorch would move by −0.1 · 1.5
  assert.equal(params.data[0], -1.6);
});

test("Adam's first step is α sign(g) whatever the gradient's size", () => {
  for (const g of [1e-3, 1, 1e6]) {
    const optimizer = adam(0.1);
    const { params } = optimizer.update(matrix([[g, -g]]), optimizer.init(zeros(1, 2)), zeros(1, 2), 1);
    assertClose("step", params, matrix([[-0.1, 0.1]]), 1e-6);
  }
});

test("an update changes none of its arguments and keeps the precision", () => {
  for (const optimizer of [sgd(0.1), sgd(0.1, { momentum: 0.9 }), adam()] as Optimizer[]) {
    const params: Params = { w: matrix([[1, 2]], "float32") };
    const gradients: Params = { w: matrix([[3, 4]], "float32") };
    const state = optimizer.init(params);
    const before = JSON.stringify([params, gradients, state]);
    const next = optimizer.update(gradients, state, params, 1);
    assert.equal(JSON.stringify([params, gradients, state]), before, optimizer.name);
    for (const { value } of flattenParams(next.params)) assert.ok(value.data instanceof Float32Array);
  }
});

test("powers are products", () => {
  assert.equal(integerPower(0.9, 5), 0.9 * (0.9 * 0.9 * (0.9 * 0.9)));
  assertClose(
    "0.999 to the 3752",
    matrix([[integerPower(0.999, 3752)]]),
    matrix([[0.023426738181968595]]),
    1e-14,
  );
  assert.throws(() => integerPower(2, 0.5), /n is 0.5/);
});

test("settings out of range are refused", () => {
  assert.throws(() => sgd(Number.NaN), /learning rate is NaN/);
  assert.throws(() => sgd(0.1, { momentum: 1.5 }), /momentum is 1.5/);
  assert.throws(() => adam(0.1, { beta2: 1 }), /beta2 is 1/);
  const optimizer = sgd(() => Number.NaN);
  const w = matrix([[1]]);
  assert.throws(() => optimizer.update(w, optimizer.init(w), w, 3), /learning rate at step 3 is NaN/);
  assert.throws(() => adam().update(w, adam().init(w), w, 0), /the step is 0/);
  assert.throws(
    () => sgd(1).update(matrix([[1, 2]]), { velocity: null }, w, 1),
    /the tree is 1×1 .* and 1×2/,
  );
});
