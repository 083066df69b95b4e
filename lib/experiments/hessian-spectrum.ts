import { tanh } from "../activations";
import { rings } from "../datasets/rings";
import { gradientFunction, hessian } from "../diagnostics/curvature";
import { symmetricEigen } from "../eigenvalues";
import { xavierNormal } from "../initializers";
import { median } from "../intervals";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { oneHot, softmaxCrossEntropy } from "../losses";
import { sgd } from "../optimizers";
import type { Params } from "../params";
import { randomState } from "../random";
import { deepBlock, kindOf } from "./block-network";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  kind: choiceSetting(
    ["plain", "normalized", "residual", "residual normalized"],
    "plain",
    "A block is tanh and dense, with batch normalization before the tanh where it is normalized, and a way around where it is residual.",
  ),
  blocks: wholeSetting(4, "Blocks between the first and the last dense layer.", { min: 1 }),
  width: wholeSetting(6, "Units of each hidden layer.", { min: 1 }),
  samples: wholeSetting(64, "Points of the two rings; all of them in every gradient.", { min: 2 }),
  steps: wholeSetting(200, "Steps of training between the two measurements.", { min: 1 }),
  learningRate: numberSetting(0.05, "Rate of gradient descent with momentum 0.9.", { above: 0 }),
};

const columns = {
  step: { unit: "steps", doc: "Steps of training done." },
  loss: { unit: "nats", doc: "Mean loss of all samples." },
  largest: { unit: "1", doc: "λmax, the largest eigenvalue of the Hessian by all learned parameters." },
  smallest: { unit: "1", doc: "The smallest, negative where the loss curves downwards." },
  median: { unit: "1", doc: "The median of the eigenvalues' magnitudes." },
  spread: { unit: "1", doc: "The largest magnitude of an eigenvalue over the median magnitude." },
};

function network(kind: string, width: number, blocks: number): Layer<Params> {
  const weights = xavierNormal;
  // a gain of 1 is Xavier's between layers of equal width
  const block = deepBlock(width, kindOf(kind, 1), { gain: 1, activation: tanh });
  return serial(
    dense(2, width, { weights }) as unknown as Layer,
    ...Array.from({ length: blocks }, () => block),
    elementwise(tanh) as unknown as Layer,
    dense(width, 2, { weights }) as unknown as Layer,
  ) as unknown as Layer<Params>;
}

/**
 * The eigenvalues of the loss's Hessian by all learned parameters of a small network on two rings, before and after
 * some steps of training, in networks with and without batch normalization and residual connections. The Hessian is
 * made of differences of gradients (lib/diagnostics/curvature); tanh keeps it free of kinks.
 * Source: note 004, "Training techniques", section 4; L. Sagun, L. Bottou, Y. LeCun, arXiv:1611.07476 (2016).
 * @example
 * const [before, after] = await hessianSpectrum.run({ width: 3, blocks: 1, samples: 16, steps: 5 }, 0)
 * [before.step, after.step, before.largest > 0, after.loss < before.loss] // [0, 5, true, true]
 */
export const hessianSpectrum = defineExperiment({
  name: "hessian-spectrum",
  description:
    "Eigenvalues of a network's Hessian at the start and after training, with and without batch normalization and residual connections.",
  settings,
  columns,
  index: ["step"],
  async run({ kind, blocks, width, samples, steps, learningRate }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { X, labels } = rings(random.stream("data"), { samples });
    const layer = network(kind, width, blocks);
    const E = gradientFunction(layer, softmaxCrossEntropy, X, oneHot(labels, 2));
    const measure = (params: Params, step: number) => {
      const { values } = symmetricEigen(hessian(E, params));
      const sizes = Float64Array.from(values, Math.abs);
      const [largest, smallest] = [values[0], values[values.length - 1]];
      const middle = median(sizes);
      const spread = Math.max(...sizes) / middle;
      return { step, loss: E(params).loss, largest, smallest, median: middle, spread };
    };
    let params = layer.init(random.stream("weights"));
    const rows = [measure(params, 0)];
    const rule = sgd(learningRate, { momentum: 0.9 });
    let state = rule.init(params);
    for (let step = 1; step <= steps; step++) {
      signal?.throwIfAborted();
      ({ params, state } = rule.update(E(params).gradients, state, params, step));
      if (step % 20 === 0) onProgress?.(0.5 + (0.5 * step) / steps);
    }
    return [...rows, measure(params, steps)];
  },
});
