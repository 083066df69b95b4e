import { scaled } from "../kernels/optimizers";
import { fromData } from "../matrix";
import type { Optimizer } from "../optimizers";
import { type Schedule, toSchedule } from "../schedules";
import { decayOf, expectBelow, rate, type WeightDecay } from "./settings";
import { type Moments, stepEach, zeroMoments } from "./step-each";

/** The sum s of the squares of all gradients so far. */
export interface AdagradState {
  readonly sum: Moments;
}

/** Settings of adagrad; the defaults are PyTorch's. */
export interface AdagradOptions extends WeightDecay {
  readonly epsilon?: number;
  /** What s starts at; default 0. */
  readonly initialSum?: number;
}

/**
 * AdaGrad: s ← s + g², θ ← θ − α g/(√s + ε) with g = ∇E + λ θ. Every entry has a rate of its own, which only falls;
 * with s = 0 at the start the first step is α sign(g) up to ε. PyTorch's lr_decay is a schedule here: a/(b + t) of
 * lib/schedules/hyperbolic-decay.ts.
 * @throws if a setting is out of range (α, ε, λ and the initial sum finite and ≥ 0), or gradients and params differ in
 * form, shape or precision
 * Source: J. Duchi, E. Hazan, Y. Singer, J. Mach. Learn. Res. 12 (2011) 2121 (with a diagonal matrix); PyTorch 2.13,
 * torch.optim.Adagrad.
 * @example
 * const optimizer = adagrad(0.1, { epsilon: 0 })
 * const first = optimizer.update(matrix([[3]]), optimizer.init(matrix([[1]])), matrix([[1]]), 1)
 * first.params.data[0] // 0.9
 * optimizer.update(matrix([[4]]), first.state, first.params, 2).params.data[0] // ≈ 0.82
 * adagrad(0.1, { initialSum: -1 }) // throws /adagrad: initialSum is -1/
 */
export function adagrad(
  learningRate: number | Schedule = 1e-2,
  options: AdagradOptions = {},
): Optimizer<AdagradState> {
  const { epsilon = 1e-10, initialSum = 0 } = options;
  const schedule = toSchedule(learningRate, "adagrad");
  expectBelow("adagrad: epsilon", epsilon, Number.POSITIVE_INFINITY);
  expectBelow("adagrad: initialSum", initialSum, Number.POSITIVE_INFINITY);
  const decay = decayOf("adagrad", options);
  return {
    name: "adagrad",

    init: (params) => ({
      sum: zeroMoments(params).map(({ rows, cols, data }) => fromData(rows, cols, data.fill(initialSum))),
    }),

    update(gradients, state, params, step) {
      const numbers = { alpha: rate("adagrad", schedule, step), rho: 1, w: 1, epsilon };
      const next = stepEach(
        "adagrad",
        (theta, g, [s], lambda) => scaled(theta, g, s, numbers, lambda),
        params,
        gradients,
        [state.sum],
        decay(params),
      );
      return { params: next.params, state: { sum: next.moments[0] } };
    },
  };
}
