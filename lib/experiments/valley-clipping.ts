import { rosenbrock } from "../landscapes";
import { column } from "../matrix";
import { sgd } from "../optimizers";
import { clipByNorm, clipByValue, transformGradients } from "../optimizers/gradient-clipping";
import { gradientNorm } from "../optimizers/gradient-norm";
import { randomState } from "../random";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  clipping: choiceSetting(
    ["none", "norm", "value"],
    "none",
    "Whether gradients are shortened to the bound as a whole, or entry by entry, or not at all.",
  ),
  bound: numberSetting(1, "Of the gradient's norm, or of its entries.", { above: 0 }),
  learningRate: numberSetting(1e-3, "Rate of all steps; near the minimum 2/1002 is the largest that holds.", {
    above: 0,
  }),
  reach: numberSetting(4, "The start is uniform in [−reach, reach]².", { above: 0 }),
  steps: wholeSetting(5000, "Steps of descent.", { min: 1 }),
};

const columns = {
  diverged: { unit: "1", doc: "1 if the value stopped being finite, 0 if it did not." },
  value: { unit: "1", doc: "The value at the end; NaN after a divergence." },
  firstNorm: { unit: "1", doc: "‖∇f‖ at the start, before clipping." },
  stepsDone: { unit: "steps", doc: "Steps until the end, or until the value stopped being finite." },
};

/**
 * Gradient descent over Rosenbrock's valley from a random start, where gradients are up to ten thousand times as long as
 * on its floor: with clipping and without.
 * Source: note 004, "Training techniques", section 4; R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013, 1310–1318.
 * @example
 * (await valleyClipping.run({ clipping: "none" }, 4))[0].diverged // 1
 * (await valleyClipping.run({ clipping: "norm" }, 4))[0].diverged // 0
 */
export const valleyClipping = defineExperiment({
  name: "valley-clipping",
  description: "Gradient descent into Rosenbrock's valley from far away, with clipped gradients and without.",
  settings,
  columns,
  index: [],
  async run({ clipping, bound, learningRate, reach, steps }, seed, { signal, onProgress }) {
    const f = rosenbrock();
    const draw = randomState(seed).stream("start");
    const start = column([reach * (2 * draw.uniform() - 1), reach * (2 * draw.uniform() - 1)]);
    const clip = { none: [], norm: [clipByNorm(bound)], value: [clipByValue(bound)] }[clipping];
    const rule = transformGradients(sgd(learningRate), ...clip);
    let [x, state, done] = [start, rule.init(start), 0];
    let value = f.value(x);
    while (done < steps && Number.isFinite(value)) {
      if (done % 1000 === 0) {
        signal?.throwIfAborted();
        onProgress?.(done / steps);
      }
      done += 1;
      ({ params: x, state } = rule.update(f.gradient(x), state, x, done));
      value = f.value(x);
    }
    const diverged = Number.isFinite(value) ? 0 : 1;
    return [
      {
        diverged,
        value: diverged ? Number.NaN : value,
        firstNorm: gradientNorm(f.gradient(start)),
        stepsDone: done,
      },
    ];
  },
});
