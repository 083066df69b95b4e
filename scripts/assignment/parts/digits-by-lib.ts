import { type DigitsOptions, digitsNetwork } from "../../../lib/assignment/cases/digits";
import { heNormal, xavierUniform } from "../../../lib/initializers";
import { softmaxCrossEntropy } from "../../../lib/losses";
import type { Matrix } from "../../../lib/matrix";
import { takeColumns } from "../../../lib/matrix-entries";
import { adam, type Optimizer, sgd } from "../../../lib/optimizers";
import type { Params } from "../../../lib/params";
import { randomState } from "../../../lib/random";

/** The notebook's network, with lib's own initializers. */
export const network = () => digitsNetwork([heNormal(), xavierUniform]);

const optimizerOf: Record<DigitsOptions["rule"], (rate: (step: number) => number) => Optimizer> = {
  momentum: (rate) => sgd((step) => 0.05 * rate(step), { momentum: 0.9 }) as Optimizer,
  adam: (rate) => adam((step) => 0.005 * rate(step)) as Optimizer,
};

/** The training of the notebook, by lib's own functions. */
export function trainedByLib(X: Matrix, T: Matrix, { rule, seed, steps, start }: DigitsOptions): Params[] {
  const layers = network();
  const random = randomState(seed);
  let params: Params[] = start ? [...start] : layers.init(random.stream("weights"));
  const optimizer = optimizerOf[rule]((step) => 1 - (step - 1) / steps);
  let state = optimizer.init(params);
  let order: Int32Array = new Int32Array(0);
  for (let step = 1; step <= steps; step++) {
    if (order.length < 50) order = random.permutation(X.cols);
    const batch = order.subarray(0, 50);
    order = order.subarray(50);
    const { output, cache } = layers.forward(params, takeColumns(X, batch));
    const pair = softmaxCrossEntropy.forward(output, takeColumns(T, batch)).cache;
    const { gradients } = layers.backward(params, cache, softmaxCrossEntropy.backward(pair));
    ({ params, state } = optimizer.update(gradients as Params[], state, params, step));
  }
  return params;
}
