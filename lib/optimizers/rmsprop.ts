import { scaled } from "../kernels/optimizers";
import type { Optimizer } from "../optimizers";
import { type Schedule, toSchedule } from "../schedules";
import { decayOf, expectBelow, rate, type WeightDecay } from "./settings";
import { type Moments, stepEach, zeroMoments } from "./step-each";

/** The moving average v of the squares of the gradients. */
export interface RmspropState {
  readonly v: Moments;
}

/** Settings of rmsprop; the defaults are PyTorch's, where ρ is called alpha. Hinton's slide has ρ = 0.9. */
export interface RmspropOptions extends WeightDecay {
  readonly rho?: number;
  readonly epsilon?: number;
}

/**
 * RMSProp: v ← ρ v + (1 − ρ) g², θ ← θ − α g/(√v + ε) with g = ∇E + λ θ. v starts at 0 and is not corrected for it, so
 * the first step is α sign(g)/√(1 − ρ) up to ε: ten times α with ρ = 0.99.
 * @throws if a setting is out of range (α, ε and λ finite and ≥ 0, 0 ≤ ρ < 1), or gradients and params differ in form,
 * shape or precision
 * Source: T. Tieleman, G. Hinton, Neural Networks for Machine Learning, lecture 6e (2012); PyTorch 2.13,
 * torch.optim.RMSprop.
 * @example
 * const optimizer = rmsprop(0.01)
 * optimizer.update(matrix([[5, -0.1]]), optimizer.init(matrix([[1, 1]])), matrix([[1, 1]]), 1).params.data[1] // ≈ 1.1000
 * rmsprop(0.01, { rho: 1 }) // throws /rmsprop: rho is 1/
 */
export function rmsprop(
  learningRate: number | Schedule = 1e-2,
  options: RmspropOptions = {},
): Optimizer<RmspropState> {
  const { rho = 0.99, epsilon = 1e-8 } = options;
  const schedule = toSchedule(learningRate, "rmsprop");
  expectBelow("rmsprop: rho", rho, 1);
  expectBelow("rmsprop: epsilon", epsilon, Number.POSITIVE_INFINITY);
  const decay = decayOf("rmsprop", options);
  return {
    name: "rmsprop",

    init: (params) => ({ v: zeroMoments(params) }),

    update(gradients, state, params, step) {
      const numbers = { alpha: rate("rmsprop", schedule, step), rho, w: 1 - rho, epsilon };
      const next = stepEach(
        "rmsprop",
        (theta, g, [v], lambda) => scaled(theta, g, v, numbers, lambda),
        params,
        gradients,
        [state.v],
        decay(params),
      );
      return { params: next.params, state: { v: next.moments[0] } };
    },
  };
}
