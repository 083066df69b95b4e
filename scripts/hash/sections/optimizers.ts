import { adam, integerPower, type Optimizer, sgd } from "../../../lib/optimizers";
import { adagrad } from "../../../lib/optimizers/adagrad";
import { adamw } from "../../../lib/optimizers/adamw";
import { amsgrad } from "../../../lib/optimizers/amsgrad";
import { clipByNorm, clipByValue, transformGradients } from "../../../lib/optimizers/gradient-clipping";
import { gradientNorm } from "../../../lib/optimizers/gradient-norm";
import { pytorchSgd } from "../../../lib/optimizers/pytorch-sgd";
import { rmsprop } from "../../../lib/optimizers/rmsprop";
import { coefficient, decayOf, rate } from "../../../lib/optimizers/settings";
import { stepEach, zeroMoments } from "../../../lib/optimizers/step-each";
import { hyperbolicDecay } from "../../../lib/schedules/hyperbolic-decay";
import { risingMomentum } from "../../../lib/schedules/momentum";
import { draw, precisions } from "../inputs";
import type { Note } from "../recorder";

const falling = hyperbolicDecay(1, 9);

const optimizers: { readonly [name: string]: Optimizer<never> } = {
  sgd: sgd(0.1),
  "sgd with decay and schedule": sgd(falling, { weightDecay: 0.01 }),
  momentum: sgd(0.05, { momentum: 0.9 }),
  "rising momentum": sgd(falling, { momentum: risingMomentum({ every: 5, maximum: 0.9 }) }),
  Nesterov: sgd(falling, { momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  pytorchSgd: pytorchSgd(falling, { momentum: 0.9, dampening: 0.2, weightDecay: 0.01 }),
  "pytorchSgd, Nesterov": pytorchSgd(falling, { nesterov: true }),
  rmsprop: rmsprop(falling, { weightDecay: 0.01 }),
  adagrad: adagrad(0.1, { initialSum: 0.1, weightDecay: 0.01 }),
  adam: adam(falling, { weightDecay: 0.01 }),
  amsgrad: amsgrad(0.1),
  adamw: adamw(0.1, { decays: (path) => path !== "bias" }),
  "clipped by value": transformGradients(adam(0.1), clipByValue(0.2)),
  "clipped by norm": transformGradients(sgd(0.1), clipByNorm(0.5, { epsilon: 1e-6 })),
} as unknown as { readonly [name: string]: Optimizer<never> };

/** 50 steps of every optimizer, with the state after them, and its parts. */
export function optimizersSection(note: Note): void {
  for (const precision of precisions)
    for (const [name, optimizer] of Object.entries(optimizers)) {
      let params = { weights: draw(7, 5, "weights", precision), bias: draw(7, 1, "bias", precision) };
      let state = optimizer.init(params);
      for (let step = 1; step <= 50; step++) {
        const gradients = {
          weights: draw(7, 5, `weights ${step}`, precision),
          bias: draw(7, 1, `bias ${step}`, precision),
        };
        ({ params, state } = optimizer.update(gradients, state, params, step));
        note(`${name}, step ${step}, ${precision}`, params);
      }
      note(`${name}, state, ${precision}`, state);
    }
  const tree = { weights: draw(30, 20, "weights"), bias: draw(30, 1, "bias") };
  const scaled = (s: number) => ({ ...tree.weights, data: tree.weights.data.map((x) => s * x) });
  note(
    "gradient norms",
    [tree, scaled(1e-200), scaled(1e200), draw(200, 200, "many", "float32")].map(gradientNorm),
  );
  note(
    "powers",
    [0.9, 0.999, -1.1].map((x) => Float64Array.from({ length: 200 }, (_, n) => integerPower(x, n))),
  );
  note("settings", [
    rate("hash", falling, 3),
    coefficient("hash", 0.9)(3),
    decayOf("hash", { weightDecay: 0.1 })(tree),
  ]);
  const average = (theta: Float64Array | Float32Array, g: Float64Array | Float32Array) => [
    theta.map((x, i) => (x + g[i]) / 3),
  ];
  note("one rule", stepEach("hash", average, tree, tree, []));
  note("moments", zeroMoments(tree));
}
