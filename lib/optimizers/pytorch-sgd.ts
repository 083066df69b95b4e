import { momentum as momentumStep } from "../kernels/optimizers";
import type { Optimizer } from "../optimizers";
import { type Schedule, toSchedule } from "../schedules";
import { coefficient, decayOf, expectBelow, rate, type WeightDecay } from "./settings";
import { type Moments, stepEach, zeroMoments } from "./step-each";

/** The buffer b of every parameter; null before the first step. */
export interface PytorchSgdState {
  readonly buffer: Moments | null;
}

/** Settings of pytorchSgd. */
export interface PytorchSgdOptions extends WeightDecay {
  /** γ in [0, 1], or γ at each step; default 0.9. */
  readonly momentum?: number | Schedule;
  /** τ in [0, 1); default 0. */
  readonly dampening?: number;
  /** Moves by ∇E + γ b in place of b; default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent with momentum in PyTorch's form: b ← γ b + (1 − τ) ∇E, θ ← θ − α b, in the first step
 * b = ∇E; with `nesterov` θ ← θ − α (∇E + γ b). ∇E includes λ θ. The learning rate scales all of b, old gradients too:
 * with constant α, and τ = 0, b = −v/α of the notes' form (sgd in lib/optimizers), and the path is the same.
 * @throws if a setting is out of range (α and λ finite and ≥ 0, 0 ≤ γ ≤ 1, 0 ≤ τ < 1), nesterov meets τ ≠ 0,
 * γ = 0 meets either, or gradients and params differ in form, shape or precision
 * Source: PyTorch 2.13, torch.optim.SGD.
 * @example
 * const optimizer = pytorchSgd(0.1, { momentum: 0.5 })
 * const first = optimizer.update(matrix([[2]]), optimizer.init(matrix([[1]])), matrix([[1]]), 1)
 * first.params.data[0] // 0.8
 * optimizer.update(matrix([[2]]), first.state, first.params, 2).params.data[0] // 0.5
 * pytorchSgd(0.1, { dampening: 0.5, nesterov: true }) // throws /nesterov needs dampening 0/
 */
export function pytorchSgd(
  learningRate: number | Schedule,
  options: PytorchSgdOptions = {},
): Optimizer<PytorchSgdState> {
  const { momentum = 0.9, dampening = 0, nesterov = false } = options;
  const schedule = toSchedule(learningRate, "pytorchSgd");
  const gamma = coefficient("pytorchSgd", momentum);
  expectBelow("pytorchSgd: dampening", dampening, 1);
  if (momentum === 0 && (nesterov || dampening !== 0))
    throw new Error(
      "pytorchSgd: the momentum is 0 (nesterov and dampening need one; without them sgd does the same)",
    );
  if (nesterov && dampening !== 0)
    throw new Error(`pytorchSgd: nesterov needs dampening 0 (it is ${dampening})`);
  const decay = decayOf("pytorchSgd", options);
  return {
    name: nesterov ? "PyTorch's sgd with Nesterov momentum" : "PyTorch's sgd with momentum",

    init: () => ({ buffer: null }),

    update(gradients, { buffer }, params, step) {
      const alpha = rate("pytorchSgd", schedule, step);
      if (buffer === undefined)
        throw new Error("pytorchSgd.update: the state has no buffer (start with init(params))");
      const numbers = {
        gamma: gamma(step),
        s: buffer === null ? 1 : 1 - dampening,
        p: -alpha,
        q: nesterov ? gamma(step) : 1,
        r: nesterov ? 1 : 0,
      };
      const next = stepEach(
        "pytorchSgd",
        (theta, g, [b], lambda) => momentumStep(theta, g, b, numbers, lambda),
        params,
        gradients,
        [buffer ?? zeroMoments(params)],
        decay(params),
      );
      return { params: next.params, state: { buffer: next.moments[0] } };
    },
  };
}
