import assert from "node:assert/strict";
import test from "node:test";
import { matrix, zeros } from "../lib/matrix";
import { adam, integerPower, type Optimizer, sgd } from "../lib/optimizers";
import { adagrad } from "../lib/optimizers/adagrad";
import { adamw } from "../lib/optimizers/adamw";
import { amsgrad } from "../lib/optimizers/amsgrad";
import { clipByNorm, clipByValue, transformGradients } from "../lib/optimizers/gradient-clipping";
import { pytorchSgd } from "../lib/optimizers/pytorch-sgd";
import { rmsprop } from "../lib/optimizers/rmsprop";
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

/** One of each kind, with what makes it do more. */
const everyOptimizer: Optimizer[] = [
  sgd(0.1),
  sgd(0.1, { weightDecay: 0.1 }),
  sgd(0.1, { momentum: 0.9 }),
  sgd(0.1, { momentum: 0.9, nesterov: true }),
  pytorchSgd(0.1, { weightDecay: 0.1, dampening: 0.5 }),
  adagrad(0.1, { initialSum: 1 }),
  rmsprop(0.1),
  adam(),
  amsgrad(),
  adamw(0.1),
  transformGradients(adam(), clipByValue(1), clipByNorm(1)),
];

test("the first step of Adam, AMSGrad and AdaGrad is α sign(g) whatever the gradient's size", () => {
  for (const optimizer of [
    adam(0.1),
    amsgrad(0.1),
    adamw(0.1, { weightDecay: 0 }),
    adagrad(0.1),
  ] as Optimizer[])
    for (const g of [1e-3, 1, 1e6]) {
      const { params } = optimizer.update(matrix([[g, -g]]), optimizer.init(zeros(1, 2)), zeros(1, 2), 1);
      assertClose("step", params, matrix([[-0.1, 0.1]]), 1e-6);
    }
  const { params } = rmsprop(0.1).update(matrix([[3]]), rmsprop().init(zeros(1, 1)), zeros(1, 1), 1);
  assertClose("RMSProp's", params, matrix([[-0.1 / Math.sqrt(0.01)]]), 1e-7);
});

test("an update changes none of its arguments and keeps the precision", () => {
  for (const optimizer of everyOptimizer) {
    const params: Params = { w: matrix([[1, 2]], "float32") };
    const gradients: Params = { w: matrix([[3, 4]], "float32") };
    let state = optimizer.init(params);
    for (let step = 1; step <= 2; step++) {
      const before: string = JSON.stringify([params, gradients, state]);
      const next = optimizer.update(gradients, state, params, step);
      assert.equal(JSON.stringify([params, gradients, state]), before, optimizer.name);
      assert.notEqual(JSON.stringify(next.params), JSON.stringify(params), optimizer.name);
      for (const { value } of flattenParams(next.params)) assert.ok(value.data instanceof Float32Array);
      state = next.state;
    }
  }
});

test("running statistics stay as they are, with weight decay too", () => {
  const params = { gain: matrix([[2]]), runningMean: matrix([[5]]), runningVariance: matrix([[7]]) };
  const gradients = { gain: matrix([[1]]), runningMean: zeros(1, 1), runningVariance: zeros(1, 1) };
  for (const optimizer of [
    ...everyOptimizer,
    sgd(0.1, { weightDecay: 0.1, decays: () => true }),
    adam(0.1, { weightDecay: 0.1 }),
  ]) {
    let [at, state] = [params, optimizer.init(params)];
    for (let step = 1; step <= 3; step++)
      ({ params: at, state } = optimizer.update(gradients, state, at, step));
    assert.equal(at.runningMean.data[0], 5, optimizer.name);
    assert.equal(at.runningVariance.data[0], 7, optimizer.name);
    assert.notEqual(at.gain.data[0], 2, optimizer.name);
  }
});

test("decoupled weight decay shrinks all weights alike, decay in the gradient does not", () => {
  const [weights, large] = [matrix([[1, 1]]), matrix([[100, 0.01]])];
  const shrinking = (optimizer: Optimizer, without: Optimizer) => {
    const [a, b] = [optimizer, without].map(
      (rule) => rule.update(large, rule.init(weights), weights, 1).params.data,
    );
    return matrix([[b[0] - a[0], b[1] - a[1]]]);
  };
  const options = { weightDecay: 0.5 };
  assertClose("AdamW", shrinking(adamw(0.1, options), adam(0.1)), matrix([[0.05, 0.05]]), 1e-12);
  // the first step is α sign(g + λ θ): the decay vanishes
  assertClose("Adam", shrinking(adam(0.1, options), adam(0.1)), matrix([[0, 0]]), 1e-6);
});

test("AMSGrad holds where Adam goes to the worst point", () => {
  // Reddi, Kale, Kumar (ICLR 2018), theorem 2 and section 5: f is 3x every third step and −x else, the best x in [−1, 1] is −1
  const end = (make: typeof adam) => {
    const optimizer = make((t) => 0.1 / Math.sqrt(t), { beta1: 0, beta2: 1 / 10, epsilon: 1e-8 });
    let [x, state] = [zeros(1, 1), optimizer.init(zeros(1, 1))];
    for (let t = 1; t <= 30_000; t++) {
      ({ params: x, state } = optimizer.update(matrix([[t % 3 === 1 ? 3 : -1]]), state, x, t));
      x = matrix([[Math.min(1, Math.max(-1, x.data[0]))]]);
    }
    return x.data[0];
  };
  assert.ok(end(adam) > 0.99, `Adam ends at ${end(adam)}`);
  assert.ok(end(amsgrad) < -0.99, `AMSGrad ends at ${end(amsgrad)}`);
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
  const alien = sgd(0.1, { momentum: 0.9 });
  const two = { a: w, b: matrix([[1, 2]]) };
  assert.throws(
    () => alien.update(two, alien.init(w), two, 1),
    /state has 1 matrices, the parameters have more/,
  );
  assert.throws(() => alien.update(w, alien.init(two), w, 1), /state has 2 matrices, the parameters 1/);
  assert.throws(() => alien.update(two, alien.init([two.b, w]), two, 1), /matrix 0 of the state is 1×2/);
  assert.throws(() => alien.update(w, { velocity: null }, w, 1), /the state has no velocity/);
  assert.throws(
    () => sgd(1).update(matrix([[1]], "float32"), { velocity: null }, w, 1),
    /float64 and float32/,
  );
  assert.throws(() => sgd(0.1, { nesterov: true }), /nesterov needs momentum/);
  assert.throws(() => sgd(0.1, { momentum: () => 2 }).update(w, { velocity: [w] }, w, 1), /at step 1 is 2/);
  assert.throws(() => pytorchSgd(0.1, { dampening: 1 }), /dampening is 1/);
  assert.throws(() => pytorchSgd(0.1, { momentum: 0, dampening: 0.5 }), /the momentum is 0/);
  assert.throws(() => adam(0.1, { weightDecay: Number.NaN }), /adam: weightDecay is NaN/);
});

test("AdamW and AMSGrad complain under their own names", () => {
  for (const [name, make] of Object.entries({ adam, adamw, amsgrad })) {
    assert.equal(make().name, name);
    assert.throws(() => make(-1), { message: new RegExp(`^${name}: the learning rate is -1`) });
    for (const setting of ["beta1", "beta2", "epsilon", "weightDecay"])
      assert.throws(() => make(0.1, { [setting]: -1 }), {
        message: new RegExp(`^${name}: ${setting} is -1`),
      });
    const [optimizer, params] = [make() as Optimizer, [matrix([[1]])]];
    const state = optimizer.init(params);
    const named = (what: string) => ({ message: new RegExp(`^${name}\\.update: ${what}`) });
    assert.throws(() => optimizer.update(params, state, params, 0), named("the step is 0"));
    assert.throws(() => optimizer.update([], state, params, 1), named(""));
    const other = (make === amsgrad ? adam() : amsgrad()) as Optimizer;
    assert.throws(() => optimizer.update(params, other.init(params), params, 1), named("the state is not"));
  }
});

test("the state of another optimizer is refused, not taken for one's own", () => {
  const params = [matrix([[1]])];
  const update = (one: Optimizer, other: Optimizer) => () =>
    one.update(params, other.init(params), params, 1);
  const momentum = sgd(0.1, { momentum: 0.9 }) as Optimizer;
  const [plain, largest] = [adam(), adam(0.1, { amsgrad: true })] as Optimizer[];
  assert.throws(
    update(plain, momentum),
    /adam.update: the state is not its own \(start with init\(params\)\)/,
  );
  assert.throws(update(momentum, plain), /sgd.update: the state has no velocity/);
  assert.throws(update(plain, largest), /the state is not its own: it has amsgrad's largest v/);
  assert.throws(update(largest, plain), /the state is not its own: it lacks amsgrad's largest v/);
  assert.throws(update(pytorchSgd(0.1) as Optimizer, plain), /pytorchSgd.update: the state has no buffer/);
  assert.throws(() => sgd(undefined as unknown as number), /sgd: the learning rate is undefined/);
});
