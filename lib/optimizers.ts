import type { Floats } from "./kernels/arena";
import { adam as adamStep, descend, momentum as momentumStep } from "./kernels/optimizers";
import { coefficient, decayOf, expectBelow, rate, type WeightDecay } from "./optimizers/settings";
import { type Moments, stepEach, zeroMoments } from "./optimizers/step-each";
import type { Params } from "./params";
import { type Schedule, toSchedule } from "./schedules";

/**
 * A rule that turns gradients into new parameters. Pure: `update` changes none of its arguments. Each operation on
 * entries is rounded to the precision of the parameters, which gradients and state share: float32 parameters are
 * computed in float32, as in PyTorch.
 */
export interface Optimizer<S = unknown> {
  readonly name: string;
  /** The state before the first step. */
  init(params: Params): S;
  /** New parameters and state; `step` counts from 1. */
  update<P extends Params>(gradients: P, state: S, params: P, step: number): { params: P; state: S };
}

/** The velocity v of every parameter; null without momentum. */
export interface SgdState {
  readonly velocity: Moments | null;
}

/** Settings of sgd. */
export interface SgdOptions extends WeightDecay {
  /** γ in [0, 1], or γ at each step; default 0. */
  readonly momentum?: number | Schedule;
  /** Gradients are taken at θ + γ v; default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent with the momentum of the notes: v ← γ v − α ∇E, θ ← θ + v. With γ = 0, the default,
 * θ ← θ − α ∇E. v starts at 0. PyTorch keeps v ← γ v + ∇E, θ ← θ − α v: the same path as long as α is constant; when
 * α changes, PyTorch scales all of v by the new α, this form only the newest gradient (lib/optimizers/pytorch-sgd.ts).
 *
 * With `nesterov` ∇E is the gradient at θ + γ v. As gradients are taken at the parameters that an optimizer returns,
 * these are the points φ = θ + γ v: v ← γ v − α ∇E(φ), φ ← φ − α ∇E(φ) + γ⁺ v with γ⁺ the coefficient of the next step.
 * θ = φ − γ⁺ v after a step. PyTorch's Nesterov momentum gives the same φ as long as α and γ are constant.
 *
 * Weight decay λ: ∇E + λ θ takes the place of ∇E.
 * @throws if α, γ or λ is out of range (α and λ finite and ≥ 0, 0 ≤ γ ≤ 1), or gradients and params differ in form,
 * shape or precision
 * Source: note 004, "Momentum" and "Nesterov"; B. T. Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1; I. Sutskever,
 * J. Martens, G. Dahl, G. Hinton, ICML 2013, equations 3 and 4.
 * @example
 * const descent = sgd(0.1, { momentum: 0.5 })
 * const first = descent.update(matrix([[2]]), descent.init(matrix([[1]])), matrix([[1]]), 1)
 * first.params.data[0] // 0.8
 * descent.update(matrix([[2]]), first.state, first.params, 2).params.data[0] // 0.5
 * sgd(0.1, { momentum: 0.5, nesterov: true }).update(matrix([[2]]), { velocity: [matrix([[0]])] }, matrix([[1]]), 1).params.data[0] // ≈ 0.7
 * sgd(-1) // throws /learning rate is -1/
 */
export function sgd(learningRate: number | Schedule, options: SgdOptions = {}): Optimizer<SgdState> {
  const { momentum = 0, nesterov = false } = options;
  const schedule = toSchedule(learningRate, "sgd");
  const decay = decayOf("sgd", options);
  const plain = momentum === 0;
  if (nesterov && plain) throw new Error("sgd: nesterov needs momentum (it is 0)");
  const gamma = coefficient("sgd", momentum);
  return {
    name: plain ? "sgd" : nesterov ? "sgd with Nesterov momentum" : "sgd with momentum",

    init: (params) => ({ velocity: plain ? null : zeroMoments(params) }),

    update(gradients, { velocity }, params, step) {
      const alpha = rate("sgd", schedule, step);
      if (plain) {
        const rule = (theta: Floats, g: Floats, _: Floats[], lambda: number) => [
          descend(theta, g, alpha, lambda),
        ];
        const next = stepEach("sgd", rule, params, gradients, [], decay(params));
        return { params: next.params, state: { velocity: null } };
      }
      if (!velocity) throw new Error("sgd.update: the state has no velocity (start with init(params))");
      const numbers = nesterov
        ? { gamma: gamma(step), s: -alpha, p: 1, q: gamma(step + 1), r: -alpha }
        : { gamma: gamma(step), s: -alpha, p: 1, q: 1, r: 0 };
      const next = stepEach(
        "sgd",
        (theta, g, [v], lambda) => momentumStep(theta, g, v, numbers, lambda),
        params,
        gradients,
        [velocity],
        decay(params),
      );
      return { params: next.params, state: { velocity: next.moments[0] } };
    },
  };
}

/** The moving averages m of the gradients and v of their squares, not yet corrected for their start at 0. */
export interface AdamState {
  readonly m: Moments;
  readonly v: Moments;
  /** With amsgrad the largest v so far, entry by entry; else null. */
  readonly largest: Moments | null;
}

/** Adam's settings; the defaults of β₁, β₂ and ε are those of the paper. */
export interface AdamOptions extends WeightDecay {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** v̂ from the largest v so far (lib/optimizers/amsgrad.ts); default false. */
  readonly amsgrad?: boolean;
  /** Weight decay as θ ← θ − α λ θ and not in the gradient (lib/optimizers/adamw.ts); default false. */
  readonly decoupled?: boolean;
  /** How errors call it; default "adam". */
  readonly name?: string;
}

/**
 * Adam: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), θ ← θ − α m̂/(√v̂ + ε),
 * with g = ∇E + λ θ, λ the weight decay and t the step. m and v start at 0. The operations are PyTorch's, in its order:
 * m + (1 − β₁)(g − m), √v/√(1 − β₂ᵗ) + ε and (α/(1 − β₁ᵗ)) m.
 * @throws if a setting is out of range (α, ε and λ finite and ≥ 0, 0 ≤ β < 1), t is not a whole number ≥ 1, or
 * gradients and params differ in form, shape or precision
 * Source: D. P. Kingma, J. Ba, ICLR 2015, algorithm 1.
 * @example
 * const optimizer = adam(0.1)
 * optimizer.update(matrix([[5, -0.001]]), optimizer.init(matrix([[1, 1]])), matrix([[1, 1]]), 1).params.data[1] // ≈ 1.1000
 * adam(0.1, { beta1: 1 }) // throws /beta1 is 1/
 */
export function adam(
  learningRate: number | Schedule = 1e-3,
  options: AdamOptions = {},
): Optimizer<AdamState> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { amsgrad = false, decoupled = false, name = "adam" } = options;
  const schedule = toSchedule(learningRate, name);
  expectBelow(`${name}: beta1`, beta1, 1);
  expectBelow(`${name}: beta2`, beta2, 1);
  expectBelow(`${name}: epsilon`, epsilon, Number.POSITIVE_INFINITY);
  const decay = decayOf(name, options);
  return {
    name,

    init: (params) => ({
      m: zeroMoments(params),
      v: zeroMoments(params),
      largest: amsgrad ? zeroMoments(params) : null,
    }),

    update(gradients, state, params, step) {
      const alpha = rate(name, schedule, step);
      const numbers = {
        alpha: alpha / (1 - integerPower(beta1, step)),
        w1: 1 - beta1,
        beta2,
        w2: 1 - beta2,
        c: Math.sqrt(1 - integerPower(beta2, step)),
        epsilon,
      };
      if (Boolean(state.largest) !== amsgrad)
        throw new Error(
          `${name}.update: the state is not its own: it ${amsgrad ? "lacks" : "has"} amsgrad's largest v (start with init(params))`,
        );
      const old = state.largest === null ? [state.m, state.v] : [state.m, state.v, state.largest];
      const next = stepEach(
        name,
        (theta, g, [m, v, largest], lambda) =>
          decoupled
            ? adamStep(theta, g, m, v, largest, numbers, 0, 1 - alpha * lambda)
            : adamStep(theta, g, m, v, largest, numbers, lambda, 1),
        params,
        gradients,
        old,
        decay(params),
      );
      const [m, v, largest = null] = next.moments;
      return { params: next.params, state: { m, v, largest } };
    },
  };
}

/**
 * xⁿ by repeated squaring: products only, so the digits are the same in every engine, which those of `**` are not.
 * @throws if n is not a whole number ≥ 0
 * @example
 * integerPower(0.5, 3) // 0.125
 * integerPower(2, 0) // 1
 */
export function integerPower(x: number, n: number): number {
  if (!Number.isInteger(n) || n < 0)
    throw new Error(`integerPower: n is ${n} (it must be a whole number ≥ 0)`);
  let power = 1;
  for (let square = x, rest = n; rest > 0; square *= square, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) power *= square;
  return power;
}
