import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { tanh } from "../lib/activations";
import { linearDefaults } from "../lib/initializers/torch";
import { dense, elementwise, serial } from "../lib/layers";
import { softmaxCrossEntropy } from "../lib/losses";
import { type Matrix, matrix } from "../lib/matrix";
import { adam, type Optimizer, sgd } from "../lib/optimizers";
import { torchGenerator } from "../lib/random/torch";
import { assertClose } from "./support/assert-close";

type LayerReference = { weights: number[][]; bias: number[][] };
type StepReference = { loss: number; parameters: LayerReference[] };
const reference: { start: LayerReference[]; sgd: StepReference; adam: StepReference } = JSON.parse(
  readFileSync("data/references/note-003-steps.json", "utf8"),
);

const precision = "float32";
const network = serial(
  dense(2, 2, { ...linearDefaults(2), precision }),
  elementwise(tanh),
  dense(2, 2, { ...linearDefaults(2), precision }),
);
type NetworkParams = ReturnType<typeof network.init>;
const x = matrix([[1], [2]], precision);
const y = matrix([[1], [0]], precision);

/** The loss before the step and the parameters after it. */
function step(optimizer: Optimizer, params: NetworkParams): { loss: number; params: NetworkParams } {
  const { output, cache } = network.forward(params, x);
  const { loss, cache: lossCache } = softmaxCrossEntropy.forward(output, y);
  const { gradients } = network.backward(params, cache, softmaxCrossEntropy.backward(lossCache));
  return { loss, params: optimizer.update(gradients, optimizer.init(params), params, 1).params };
}

function assertParameters(params: NetworkParams, expected: LayerReference[], tolerance: number): void {
  [params[0], params[2]].forEach((layer, l) => {
    for (const name of ["weights", "bias"] as const) {
      const ours: Matrix = layer[name];
      assertClose(`layer ${l} ${name}`, ours, matrix(expected[l][name]), tolerance);
    }
  });
}

test("note 003 from manual_seed(0): the first weights are PyTorch's bits", () => {
  assertParameters(network.init(torchGenerator(0)), reference.start, 0);
});

test("note 003: a step of SGD and one of Adam give PyTorch's losses and parameters to 6 decimals", () => {
  const afterSgd = step(sgd(0.1), network.init(torchGenerator(0)));
  assert.ok(Math.abs(afterSgd.loss - reference.sgd.loss) < 5e-7, `loss ${afterSgd.loss}`);
  assertParameters(afterSgd.params, reference.sgd.parameters, 5e-7);
  const afterAdam = step(adam(0.1), afterSgd.params);
  assert.ok(Math.abs(afterAdam.loss - reference.adam.loss) < 5e-7, `loss ${afterAdam.loss}`);
  assertParameters(afterAdam.params, reference.adam.parameters, 5e-7);
});
