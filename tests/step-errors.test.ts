import assert from "node:assert/strict";
import test from "node:test";
import { relu, step, tanh } from "../lib/activations";
import { cubeRootOfEpsilon } from "../lib/gradients/finite-differences";
import {
  logarithmicSlope,
  type StepErrors,
  squareRootOfEpsilon,
  stepErrors,
  usualSteps,
} from "../lib/gradients/step-errors";
import { forInference, type Layer } from "../lib/layer";
import { type DenseParams, dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { layerNorm } from "../lib/layers/layer-norm";
import { residual } from "../lib/layers/residual";
import { softmaxCrossEntropy } from "../lib/losses";
import { matrix, zeros } from "../lib/matrix";
import { randomState } from "../lib/random";
import { everyActivation, everyLoss, normals } from "./support/objectives";

const random = randomState(4);
const classes = everyLoss[4].targets;

/** Where a curve is lowest, and how low. */
function lowest({ steps }: StepErrors, errors: readonly number[]): { step: number; error: number } {
  const error = Math.min(...errors);
  return { step: steps[errors.indexOf(error)], error };
}

/** On the right slopes 1 and 2, on the left −1, the minima near √ε and ∛ε and about as low as √ε and ∛ε². */
function expectV(curve: StepErrors): void {
  const { steps, forward, central } = curve;
  const slope = (
    errors: readonly number[],
    low: number,
    high: number,
    expected: number,
    tolerance: number,
  ) => {
    const found = logarithmicSlope(steps, errors, low, high);
    assert.ok(
      Math.abs(found - expected) <= tolerance,
      `slope ${found} from ${low} to ${high}, expected ${expected}`,
    );
  };
  slope(forward, 1e-6, 1e-3, 1, 0.02);
  slope(central, 5e-4, 1e-2, 2, 0.02);
  slope(forward, 1e-14, 1e-10, -1, 0.1);
  slope(central, 1e-14, 1e-8, -1, 0.1);
  const within = (x: number, expected: number, factor: number) =>
    assert.ok(x >= expected / factor && x <= expected * factor, `${x}, expected about ${expected}`);
  const [ofForward, ofCentral] = [lowest(curve, forward), lowest(curve, central)];
  within(ofForward.step, squareRootOfEpsilon, 10);
  within(ofCentral.step, cubeRootOfEpsilon, 5);
  within(ofForward.error, squareRootOfEpsilon, 10);
  within(ofCentral.error, cubeRootOfEpsilon * cubeRootOfEpsilon, 15);
}

for (const activation of everyActivation)
  test(`the V of a network with ${activation.name}(${activation.parameter ?? ""})`, () => {
    const network = serial(dense(3, 4), elementwise(activation), dense(4, 3)) as unknown as Layer;
    const params = network.init(random);
    let A = normals(random, 3, 5);
    // no unit may cross its kink in the steps of the part that is fitted
    const first = () => dense(3, 4).forward((params as [DenseParams])[0], A).output.data;
    while (first().some((z: number) => Math.abs(z) < 0.05)) A = normals(random, 3, 5);
    expectV(stepErrors(network, params, A, { loss: softmaxCrossEntropy, target: classes(random, 3, 5) }));
  });

for (const kind of everyLoss)
  test(`the V of ${kind.name} of a network`, () => {
    const network = serial(
      dense(3, 4),
      elementwise(tanh),
      dense(4, 3),
      elementwise(tanh),
    ) as unknown as Layer;
    const [params, A] = [network.init(random), normals(random, 3, 5)];
    expectV(
      stepErrors(network, params, A, { loss: kind.loss(random, 3), target: kind.targets(random, 3, 5) }),
    );
  });

const everyLayer: Record<string, unknown> = {
  dense: dense(3, 3),
  serial: serial(dense(3, 4), elementwise(tanh), dense(4, 3)),
  residual: residual(serial(dense(3, 3), elementwise(tanh))),
  "batch normalization": batchNorm(3),
  "batch normalization after training": forInference(batchNorm(3)),
  "layer normalization": layerNorm(3),
  dropout: dropout(0.3),
};
for (const [name, layer] of Object.entries(everyLayer) as [string, Layer][])
  test(`the V of ${name}`, () => {
    const [params, A] = [layer.init(random), normals(random, 3, 5)];
    expectV(stepErrors(layer, params, A, { loss: softmaxCrossEntropy, target: classes(random, 3, 5) }));
  });

test("the errors of e^z and of one direction are Taylor's: h/2 and h²/6", () => {
  // softmax cross-entropy of logits z and 0 for the second class is log(1 + e^z): σ′/σ = 1 − σ, and so on
  const z = 0.4;
  const A = matrix([[z], [0]]);
  const objective = { loss: softmaxCrossEntropy, target: matrix([[0], [1]]) };
  const direction = { params: {}, input: matrix([[1], [0]]) };
  const curve = stepErrors(elementwise(everyActivation[0]), {}, A, objective, { direction });
  const s = 1 / (1 + Math.exp(-z));
  const [first, second, third] = [s, s * (1 - s), s * (1 - s) * (1 - 2 * s)];
  const at = curve.steps.indexOf(1e-3);
  assert.ok(Math.abs(curve.forward[at] / ((1e-3 * second) / 2 / first) - 1) < 1e-3);
  assert.ok(Math.abs(curve.central[at] / ((1e-6 * Math.abs(third)) / 6 / first) - 1) < 1e-3);
});

test("a straight line has no cut-off error: only the left arm is there", () => {
  const layer = elementwise(relu);
  const { steps, forward, central } = stepErrors(layer, {}, matrix([[2, -3, 5]]), {
    weights: matrix([[1, 1, 1]]),
  });
  for (const errors of [forward, central]) {
    assert.ok(errors[steps.indexOf(1e-1)] < 1e-14);
    assert.ok(Math.abs(logarithmicSlope(steps, errors, 1e-13, 1e-4) + 1) < 0.15);
  }
});

test("steps, the step's place in the curve, and what has no derivative", () => {
  assert.deepEqual([usualSteps[0], usualSteps.at(-1), usualSteps.length], [0.1, 1e-16, 46]);
  for (let k = 1; k < usualSteps.length; k++) assert.ok(usualSteps[k] < usualSteps[k - 1]);
  const layer = elementwise(tanh);
  const { steps, optimum, forward } = stepErrors(
    layer,
    {},
    matrix([[0.5]]),
    { weights: matrix([[1]]) },
    { steps: [1e-2, 1e-20] },
  );
  assert.deepEqual([steps, optimum], [[1e-2, 1e-20], { forward: 2 ** -26, central: cubeRootOfEpsilon }]);
  assert.equal(forward[1], 1, "nothing moves any more");
  const flat = () => stepErrors(elementwise(step), {}, matrix([[1]]), { weights: matrix([[1]]) });
  assert.throws(flat, /the derivative is 0 in all directions/);
  assert.throws(() => logarithmicSlope([1, 2], [0, 0], 1, 2), /no two steps/);
});

test("the sample and the layer's own drops are drawn from the generator; nothing is changed", () => {
  const layer = serial(dense(20, 3), dropout(0.5)) as unknown as Layer;
  const params = layer.init(random);
  const A = normals(random, 20, 4);
  const before = structuredClone([params, A]);
  const weights = normals(random, 3, 4);
  const run = (seed: number) =>
    stepErrors(layer, params, A, { weights }, { sample: 2, random: randomState(seed), steps: [1e-3] });
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
  assert.deepEqual([params, A], before);
  assert.throws(
    () => stepErrors(layer, params, A, { weights }, { direction: { params: {}, input: zeros(1, 1) } }),
    /mapParams/,
  );
});
