import assert from "node:assert/strict";
import test from "node:test";
import { relu, sigmoid, tanh } from "../lib/activations";
import { autogradOf } from "../lib/gradients/autograd";
import { tensorflow } from "../lib/gradients/tensorflow";
import {
  type Loss,
  meanSquaredError,
  perceptronCriterion,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../lib/losses";
import { hinge, squaredHinge } from "../lib/losses/hinge";
import { type Matrix, matrix, toArrays, zeros } from "../lib/matrix";
import { randomState } from "../lib/random";
import { type Tape, tape } from "../lib/tape";
import { jacobianOf } from "../lib/tape/jacobian";
import { listing, tangentEquation } from "../lib/tape/listing";
import { recordLoss } from "../lib/tape/losses";
import type { Variable } from "../lib/tape/variable";
import { assertClose } from "./support/assert-close";
import { networkOf, references } from "./support/layer-references";

const activations = { tanh, relu, sigmoid };

/** The loss of a two-layer network, written as lib/layers writes its forward. */
function recordNetwork(t: Tape, reference: (typeof references.gradients)[number]): Variable {
  const { loss, params, X, T } = networkOf(reference);
  const [W1, b1] = [t.input("W1", params[0].weights), t.input("b1", params[0].bias)];
  const [W2, b2] = [t.input("W2", params[2].weights), t.input("b2", params[2].bias)];
  const Z1 = t.addColumn(t.multiply(W1, t.input("X", X)), b1);
  const Z2 = t.addColumn(t.multiply(W2, t.activate(activations[reference.activation], Z1)), b2);
  return recordLoss(t, loss, Z2, t.constant(T, "T"));
}

for (const reference of references.gradients) {
  const { activation, loss: lossName } = reference;
  test(`${activation} network with ${lossName}: as the hand-written layers and as PyTorch, to 1e-14`, () => {
    const { network, loss, params, X, T } = networkOf(reference);
    const { output, cache } = network.forward(params, X);
    const measured = loss.forward(output, T);
    const hand = network.backward(params, cache, loss.backward(measured.cache));

    const t = tape();
    const E = recordNetwork(t, reference);
    assertClose("E by hand", E.value, matrix([[measured.loss]]), 1e-15);
    assertClose("E by PyTorch", E.value, matrix([[reference.value]]), 1e-15);
    const reverse = t.backward(E);
    const ours = ["W1", "b1", "W2", "b2", "X"].map((name) => reverse.of(name));
    const [first, , last] = hand.gradients;
    const theirs = [first.weights, first.bias, last.weights, last.bias, hand.dInput];
    const torch = [...reference.gradients, reference.dX].map((rows) => matrix(rows));
    for (const [k, name] of ["W1", "b1", "W2", "b2", "X"].entries()) {
      assertClose(`d${name} by hand`, ours[k], theirs[k], 1e-14);
      assertClose(`d${name} by PyTorch`, ours[k], torch[k], 1e-14);
    }
  });
}

test("a tangent along the gradient is the gradient's square: forward and reverse mode agree", () => {
  const t = tape();
  const E = recordNetwork(t, references.gradients[0]);
  const reverse = t.backward(E);
  const inputs = ["W1", "b1", "W2", "b2", "X"];
  const along = Object.fromEntries(inputs.map((name) => [name, reverse.of(name)]));
  const squares = inputs.flatMap((name) => [...reverse.of(name).data]).reduce((sum, d) => sum + d * d, 0);
  assert.ok(Math.abs(t.tangents(along).scalar(E) - squares) <= 1e-14 * squares);
});

test("TensorFlow.js finds the same gradients (float32)", () => {
  const random = randomState(3);
  const normal = (rows: number, cols: number): Matrix => ({ rows, cols, data: random.normals(rows * cols) });
  const [W, X, b] = [normal(3, 4), normal(4, 5), normal(3, 1)];
  const t = tape();
  const Z = t.addColumn(t.multiply(t.input("W", W), t.input("X", X)), t.input("b", b));
  const spread = t.broadcast(t.columnSums(t.power(Z, 2)), 3, 5);
  const ours = t.sum(
    t.divide(t.hadamard(t.exp(t.scale(t.abs(Z), -1)), t.logSoftmax(Z)), t.add(spread, t.cos(Z))),
  );
  const tf = tensorflow();
  const { value, gradients } = autogradOf(
    ({ W, X, b }) => {
      const Z = tf.add(tf.matMul(W, X), b);
      const spread = tf.sum(tf.square(Z), 0, true);
      const logSoftmax = tf.transpose(tf.logSoftmax(tf.transpose(Z)));
      return tf.sum(tf.div(tf.mul(tf.exp(tf.neg(tf.abs(Z))), logSoftmax), tf.add(spread, tf.cos(Z))));
    },
    { W, X, b },
  );
  assert.ok(Math.abs(ours.value.data[0] - value) < 1e-5, `${ours.value.data[0]} is not ${value}`);
  const reverse = t.backward(ours);
  for (const [name, gradient] of Object.entries(gradients))
    assertClose(`d${name}`, reverse.of(name), matrix(toArrays(gradient)), 1e-5);
});

const Y = matrix([
  [0.7, -1.2, 30, 0],
  [-2.5, 0.4, -1.5, 3],
]);
const signs = matrix([
  [1, -1, 1, -1],
  [1, 1, -1, -1],
]);
const shares = matrix([
  [1, 0.25, 0, 0.5],
  [0, 0.75, 1, 0.5],
]);
const lossCases: [Loss, Matrix][] = [
  [meanSquaredError, shares],
  [softmaxCrossEntropy, shares],
  [sigmoidBinaryCrossEntropy, shares],
  [hinge, signs],
  [squaredHinge, signs],
];
for (const [loss, T] of lossCases)
  test(`${loss.name} from the tape's operations: value and gradient of lib/losses`, () => {
    const t = tape();
    const E = recordLoss(t, loss, t.input("Y", Y), T);
    const hand = loss.forward(Y, T);
    assertClose("E", E.value, matrix([[hand.loss]]), 1e-15);
    assertClose("dY", t.backward(E).of("Y"), loss.backward(hand.cache), 1e-15);
  });

test("perceptronCriterion: the value and, but at the kink, the gradient of lib/losses", () => {
  const t = tape();
  const E = recordLoss(t, perceptronCriterion, t.input("Y", Y), signs);
  const hand = perceptronCriterion.forward(Y, signs);
  assertClose("E", E.value, matrix([[hand.loss]]), 1e-15);
  const [ours, theirs] = [t.backward(E).of("Y").data, perceptronCriterion.backward(hand.cache).data];
  for (const [k, z] of Y.data.entries()) assert.ok(ours[k] === (z === 0 ? 0 : theirs[k]), `entry ${k}`);
  assert.equal(theirs[3], 0.25);
});

test("loops and branches: what is recorded is what ran", () => {
  /** Newton's iteration for √x; how many steps it takes depends on x. */
  const root = (t: Tape, at: number): Variable => {
    const x = t.input("x", at);
    let y: Variable = t.add(x, 0);
    while (Math.abs(y.value.data[0] ** 2 - at) > 1e-15 * at) y = t.scale(t.add(y, t.divide(x, y)), 0.5);
    return y;
  };
  const steps = (t: Tape) => t.variables.length;
  const [short, long] = [tape(), tape()];
  const [two, many] = [root(short, 4), root(long, 1e4)];
  assert.ok(steps(long) > steps(short));
  // d√x/dx = 1/(2√x)
  assert.ok(Math.abs(short.backward(two).scalar("x") - 1 / 4) < 1e-13);
  assert.ok(Math.abs(long.backward(many).scalar("x") - 1 / 200) < 1e-15);
});

test("a replay is a recording at the new inputs, bit for bit", () => {
  const reference = references.gradients[0];
  const t = tape();
  const E = recordNetwork(t, reference);
  const W1 = matrix(reference.parameters[0].map((row) => row.map((w) => w / 2 - 0.1)));
  const again = t.replay({ W1 });
  const fresh = tape();
  const parameters = [toArrays(W1), ...reference.parameters.slice(1)];
  const expected = recordNetwork(fresh, { ...reference, parameters });
  assert.deepEqual(again.variable(E.name).value, expected.value);
  assert.notDeepEqual(again.variable(E.name).value, E.value);
  for (const name of ["W1", "b2", "X"])
    assert.deepEqual(again.backward(again.variable(E.name)).of(name), fresh.backward(expected).of(name));
  assert.deepEqual(
    again.variables.map(({ name }) => name),
    t.variables.map(({ name }) => name),
  );
  assert.deepEqual(again.cost, t.cost);
});

test("a replay does not branch anew: the static graph of |x| taken at 2 gives x at −3", () => {
  const absolute = (t: Tape, at: number) => {
    const x = t.input("x", at);
    return t.name("y", at < 0 ? t.scale(x, -1) : t.scale(x, 1));
  };
  const t = tape();
  absolute(t, 2);
  assert.equal(t.replay({ x: -3 }).variable("y").value.data[0], -3);
  assert.equal(absolute(tape(), -3).value.data[0], 3);
});

/** y = V tanh(W x): n inputs, h hidden units, m outputs. */
function wide(n: number, h: number, m: number) {
  const random = randomState(1);
  const normal = (rows: number, cols: number): Matrix => ({ rows, cols, data: random.normals(rows * cols) });
  const t = tape();
  const x = t.input("x", normal(n, 1));
  const y = t.multiply(normal(m, h), t.activate(tanh, t.multiply(normal(h, n), x)));
  return { t, x, y };
}

test("the Jacobian matrix: both modes the same, n sweeps forward, m in reverse", () => {
  const { t, x, y } = wide(6, 4, 3);
  const [forward, reverse] = [jacobianOf(t, y, x, "forward"), jacobianOf(t, y, x, "reverse")];
  assertClose("J", forward.matrix, reverse.matrix, 1e-15);
  assert.deepEqual([forward.sweeps, reverse.sweeps], [6, 3]);
  // A product of an a×b matrix with a column takes a (2b − 1) operations, its transpose b (2a − 1).
  const forwardSweep = 4 * (2 * 6 - 1) + 4 + 3 * (2 * 4 - 1);
  const reverseSweep = 4 * (2 * 3 - 1) + 4 + 6 * (2 * 4 - 1);
  assert.equal(forward.cost, 6 * forwardSweep);
  assert.equal(reverse.cost, 3 * reverseSweep);
  assert.deepEqual(t.cost, { values: forwardSweep, derivatives: 4 });
});

test("the cheap gradient: reverse mode at most 4 times the function, whatever the number of inputs", () => {
  // Griewank and Walther, Evaluating Derivatives, §4.6, bound a gradient by a small constant times the function.
  for (const n of [10, 100, 1000]) {
    const { t, y, x } = wide(n, 5, 1);
    const gradient = t.cost.values + t.cost.derivatives + t.backward(y).cost;
    assert.ok(gradient <= 4 * t.cost.values, `${gradient} for ${t.cost.values}`);
    assert.ok(jacobianOf(t, y, x, "forward").cost > 0.9 * n * t.cost.values);
  }
});

// On a 3×4 matrix, by hand: operations of the value, of recording, and of each pull and push.
const costs: [string, (t: Tape, A: Variable) => Variable, number, number, number[], number[]][] = [
  ["A + A", (t, A) => t.add(A, A), 12, 0, [0, 0], [0, 0]],
  ["A − A", (t, A) => t.subtract(A, A), 12, 0, [0, 12], [0, 12]],
  ["A ⊙ A", (t, A) => t.hadamard(A, A), 12, 0, [12, 12], [12, 12]],
  ["A / A", (t, A) => t.divide(A, A), 12, 12 + 24, [12, 12], [12, 12]],
  ["A²", (t, A) => t.power(A, 2), 12, 24, [12], [12]],
  ["exp A", (t, A) => t.exp(A), 12, 0, [12], [12]],
  // an entry of a product over k takes k multiplications and k − 1 additions
  [
    "2×3 times A",
    (t, A) =>
      t.multiply(
        matrix([
          [1, 2, 3],
          [4, 5, 6],
        ]),
        A,
      ),
    8 * 5,
    0,
    [12 * 3],
    [8 * 5],
  ],
  ["A times 4×1", (t, A) => t.multiply(A, matrix([[1], [2], [3], [4]])), 3 * 7, 0, [12], [3 * 7]],
  ["Aᵀ", (t, A) => t.transpose(A), 0, 0, [0], [0]],
  ["A + b 1ᵀ", (t, A) => t.addColumn(A, t.input("b", zeros(3, 1))), 12, 0, [0, 9], [0, 0]],
  ["1ᵀ A 1", (t, A) => t.sum(A), 11, 0, [0], [11]],
  ["A 1", (t, A) => t.rowSums(A), 9, 0, [0], [9]],
  ["b repeated", (t) => t.broadcast(t.input("b", zeros(3, 1)), 3, 4), 0, 0, [9], [0]],
  ["softmax", (t, A) => t.softmax(A), 12 + 12 + 8 + 12, 0, [12 + 8 + 24], [12 + 8 + 24]],
  ["log softmax", (t, A) => t.logSoftmax(A), 12 + 12 + 8 + 4 + 12, 44, [8 + 24], [12 + 8 + 12]],
];
for (const [name, record, values, derivatives, pulls, pushes] of costs)
  test(`operations of ${name} are counted`, () => {
    const t = tape();
    const output = record(t, t.input("A", matrix([1, 2, 3].map((i) => [i, 2 * i, 3, 4 + i]))));
    assert.deepEqual(t.cost, { values, derivatives });
    assert.deepEqual(
      output.derivatives.map((derivative) => derivative?.cost.pull ?? null).filter((n) => n !== null),
      pulls,
    );
    assert.deepEqual(
      output.derivatives.map((derivative) => derivative?.cost.push ?? null).filter((n) => n !== null),
      pushes,
    );
  });

test("adding up at a variable used twice is counted", () => {
  const t = tape();
  const y = t.add(t.input("A", zeros(3, 4)), t.variable("A"));
  assert.equal(t.backward(y, zeros(3, 4)).cost, 12);
  assert.equal(t.tangents({ A: zeros(3, 4) }).cost, 12);
});

test("Speelpenning's product x1 x2 … xn: n − 1 multiplications forward, 2 (n − 1) back", () => {
  const t = tape();
  const x = Array.from({ length: 8 }, (_, i) => t.input(`x${i + 1}`, i + 1));
  const y = x.slice(1).reduce((product, factor) => t.hadamard(product, factor), x[0]);
  assert.deepEqual(t.cost, { values: 7, derivatives: 0 });
  const reverse = t.backward(y);
  assert.equal(reverse.cost, 14);
  for (const [i, factor] of x.entries()) assert.equal(reverse.scalar(factor), 40320 / (i + 1));
});

test("derivatives are taken by inputs alone, and only where they lead", () => {
  const t = tape();
  const [x, unused] = [t.input("x", 2), t.input("unused", 3)];
  const square = t.power(t.constant(5, "c"), 2);
  const y = t.hadamard(x, square);
  t.exp(unused);
  assert.equal(square.active, false);
  assert.deepEqual(square.derivatives, [null]);
  const reverse = t.backward(y);
  assert.equal(reverse.scalar(unused), 0);
  assert.deepEqual(
    t.variables.filter(({ index }) => reverse.list[index]).map(({ name }) => name),
    ["x", "v2"],
  );
  assert.equal(t.tangents({ unused: 1 }).scalar(y), 0);
});

test("the listing gives every line: value, local derivatives, adjoint and tangent", () => {
  const t = tape();
  const [x1, x2] = [t.input("x1", 2), t.input("x2", 5)];
  const y = t.name("y", t.subtract(t.add(t.log(x1), t.hadamard(x1, x2)), t.sin(x2)));
  const { headers, rows } = listing(t, t.backward(y), t.tangents({ x1: 1 }));
  assert.deepEqual(headers.slice(-2), ["adjoint", "tangent"]);
  const texts = rows.map((row) => [row[0], row[1], row[3]]);
  assert.deepEqual(texts, [
    ["x1", "input", ""],
    ["x2", "input", ""],
    ["v1", "ln(x1)", "∂v1/∂x1 = 1 / x1 = 0.5"],
    ["v2", "x1 · x2", "∂v2/∂x1 = x2 = 5; ∂v2/∂x2 = x1 = 2"],
    ["v3", "v1 + v2", "∂v3/∂v1 = 1; ∂v3/∂v2 = 1"],
    ["v4", "sin(x2)", "∂v4/∂x2 = cos(x2) = 0.2837"],
    ["y", "v3 − v4", "∂y/∂v3 = 1; ∂y/∂v4 = -1"],
  ]);
  assert.deepEqual(rows[1].slice(-2), [t.backward(y).scalar(x2), null]);
  assert.equal(tangentEquation(t.variable("v2")), "v̇2 = ẋ1 · x2 + ẋ2 · x1".normalize("NFD"));

  const s = tape();
  const Z = s.name(
    "Z",
    s.addColumn(s.multiply(s.input("W", zeros(3, 4)), s.input("X", zeros(4, 5))), zeros(3, 1)),
  );
  const A = s.activate(tanh, Z);
  const lines = listing(s, s.backward(s.sum(A))).rows;
  assert.deepEqual(lines[2], ["v1", "W X", "3×5", "dW = dv1 Xᵀ; dX = Wᵀ dv1", "3×5"]);
  assert.deepEqual(lines[3].slice(1, 4), ["v1 + c1 1ᵀ", "3×5", "dv1 = dZ"]);
  assert.deepEqual(lines[4].slice(1, 4), ["tanh(Z)", "3×5", "dZ = dv3 ⊙ tanh′(Z)"]);
});

test("what cannot be is refused, by name", () => {
  const t = tape();
  const [x, A] = [t.input("x", 2), t.input("A", matrix([[1, 2]]))];
  const other = tape();
  const foreign = other.input("foreign", 1);
  const lines = t.variables.length;
  const refusals: [() => unknown, RegExp][] = [
    [() => t.add(x, foreign), /foreign belongs to another tape/],
    [() => t.backward(foreign), /foreign belongs to another tape/],
    [() => t.backward(A), /backward: A is 1×2, not a number/],
    [() => t.backward(A, 1), /the seed is 1×1, A is 1×2/],
    [() => t.backward(t.exp(t.constant(0, "zero"))), /v1 depends on no input/],
    [() => t.add(x, A), /tape, x \+ A: add: shapes differ: A is 1×1, B is 1×2/],
    [() => t.log(t.scale(x, -1)), /v3 = ln\(v2\) is NaN, where v2 is -2/],
    [
      () => t.sqrt(t.subtract(A, matrix([[0, 3]]))),
      /v5 = sqrt\(v4\) is NaN in entry \(0, 1\), where v4 is -1/,
    ],
    [() => t.input("n", Number.NaN), /n is NaN/],
    [() => t.input("x", 1), /there is a variable x already/],
    [() => t.name("A", x), /there is a variable A already/],
    [() => t.variable("q"), /there is no variable q \(there are x, A, /],
    [() => t.tangents({ q: 1 }), /there is no variable q/],
    [() => t.tangents({ v2: 1 }), /tangents: v2 is no input/],
    [() => t.tangents({ A: 1 }), /the direction of A is 1×1, A is 1×2/],
    [() => t.replay({ x: A.value }), /replay: the new x is 1×2, x is 1×1/],
    [() => t.power(x, 0.5), /power: the exponent is 0\.5/],
    [() => t.broadcast(A, 3, 3), /tape, broadcast\(A, 3×3\): broadcast: 1×2 cannot be repeated to 3×3/],
    [() => t.backward(t.sum(A)).scalar(A), /the adjoint is 1×2, not a number/],
    [() => t.backward(t.sum(A)).of("q"), /there is no "q" on this tape/],
    [() => t.backward(t.sum(A)).of(foreign), /foreign belongs to another tape/],
    [() => recordLoss(t, { name: "mine" }, x, 1), /no form of the loss mine/],
    [() => listing(t, other.backward(foreign)), /adjoints of 1 lines for a tape of/],
  ];
  for (const [act, message] of refusals) assert.throws(act, message);
  assert.ok(t.variables.length > lines);
});

test("an adjoint that is NaN is named where it arises: √ at 0 has an infinite derivative", () => {
  const t = tape();
  const x = t.input("x", 0);
  const y = t.sqrt(t.hadamard(x, x));
  assert.throws(
    () => t.backward(y),
    /dx is NaN in entry \(0, 0\), at v1 = x ⊙ x \(is a local derivative infinite/,
  );
  assert.throws(() => t.tangents({ x: 1 }), /v̇2 is NaN/u);
});

test("an operation that fails leaves no line behind", () => {
  const t = tape();
  t.input("x", 1);
  assert.throws(() => t.log(-1));
  assert.throws(() => t.add(matrix([[1, 2]]), matrix([[1]])));
  assert.deepEqual(
    t.variables.map(({ name }) => name),
    ["x"],
  );
  assert.equal(t.constant(matrix([[1, 2]])).value.cols, 2);
});
