import { fromData, type Matrix } from "./matrix";
import { emptyLike, mapParams, type Params, zerosLike } from "./params";
import { type Schedule, toSchedule } from "./schedules";

/**
 * A rule that turns gradients into new parameters. Pure: `update` changes none of its arguments.
 * Entries are computed in float64 and stored in the precision of the parameters.
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
  readonly velocity: Params | null;
}

/**
 * Stochastic gradient descent with the momentum of the notes: v ← γ v − α ∇E, θ ← θ + v. With γ = 0, the default,
 * θ ← θ − α ∇E. v starts at 0. PyTorch keeps v ← γ v + ∇E, θ ← θ − α v: the same path as long as α is constant; when
 * α changes, PyTorch scales all of v by the new α, this form only the newest gradient.
 * @throws if α or γ is out of range (α finite and ≥ 0, 0 ≤ γ ≤ 1), or gradients and params differ in form or shape
 * Source: note 004, "Momentum"; B. T. Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1.
 * @example
 * const descent = sgd(0.1, { momentum: 0.5 })
 * const first = descent.update(matrix([[2]]), descent.init(matrix([[1]])), matrix([[1]]), 1)
 * first.params.data[0] // 0.8
 * descent.update(matrix([[2]]), first.state, first.params, 2).params.data[0] // 0.5
 * sgd(-1) // throws /learning rate is -1/
 */
export function sgd(
  learningRate: number | Schedule,
  { momentum = 0 }: { momentum?: number } = {},
): Optimizer<SgdState> {
  const schedule = toSchedule(learningRate);
  expectBetween("sgd: momentum", momentum, 0, 1);
  return {
    name: momentum === 0 ? "sgd" : "sgd with momentum",

    init: (params) => ({ velocity: momentum === 0 ? null : zerosLike(params) }),

    update(gradients, { velocity }, params, step) {
      const alpha = rate("sgd", schedule, step);
      if (velocity === null)
        return {
          params: mapParams((theta, g) => minusScaled(theta, alpha, g), params, gradients),
          state: { velocity },
        };
      const newVelocity = mapParams((v, g) => decayMinusScaled(momentum, v, alpha, g), velocity, gradients);
      return {
        params: mapParams((theta, v) => minusScaled(theta, -1, v), params, newVelocity),
        state: { velocity: newVelocity },
      };
    },
  };
}

/** θ − α g. */
function minusScaled(theta: Matrix, alpha: number, g: Matrix): Matrix {
  const next = emptyLike(theta.data);
  for (let i = 0; i < next.length; i++) next[i] = theta.data[i] - alpha * g.data[i];
  return fromData(theta.rows, theta.cols, next);
}

/** γ v − α g. */
function decayMinusScaled(gamma: number, v: Matrix, alpha: number, g: Matrix): Matrix {
  const next = emptyLike(v.data);
  for (let i = 0; i < next.length; i++) next[i] = gamma * v.data[i] - alpha * g.data[i];
  return fromData(v.rows, v.cols, next);
}

/** The moving averages m of the gradients and v of their squares, not yet corrected for their start at 0. */
export interface AdamState {
  readonly m: Params;
  readonly v: Params;
}

/** Adam's constants; the defaults are those of the paper. */
export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * Adam: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), θ ← θ − α m̂/(√v̂ + ε),
 * with g = ∇E and t the step. m and v start at 0.
 * @throws if a constant is out of range (α finite and ≥ 0, 0 ≤ β < 1, ε finite and ≥ 0) or t is not a whole number ≥ 1
 * Source: D. P. Kingma, J. Ba, ICLR 2015, algorithm 1.
 * @example
 * const optimizer = adam(0.1)
 * optimizer.update(matrix([[5, -0.001]]), optimizer.init(matrix([[1, 1]])), matrix([[1, 1]]), 1).params.data[1] // ≈ 1.1000
 * adam(0.1, { beta1: 1 }) // throws /beta1 is 1/
 */
export function adam(
  learningRate: number | Schedule = 1e-3,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {},
): Optimizer<AdamState> {
  const schedule = toSchedule(learningRate);
  expectBelow("adam: beta1", beta1, 1);
  expectBelow("adam: beta2", beta2, 1);
  expectBelow("adam: epsilon", epsilon, Number.POSITIVE_INFINITY);
  return {
    name: "adam",

    init: (params) => ({ m: zerosLike(params), v: zerosLike(params) }),

    update(gradients, state, params, step) {
      const alpha = rate("adam", schedule, step);
      const m = mapParams((m, g) => average(beta1, m, g), state.m, gradients);
      const v = mapParams((v, g) => averageOfSquares(beta2, v, g), state.v, gradients);
      const mCorrection = 1 - integerPower(beta1, step);
      const vCorrection = 1 - integerPower(beta2, step);
      const move = (theta: Matrix, m: Matrix, v: Matrix) =>
        adamMove(theta, m, v, alpha / mCorrection, 1 / vCorrection, epsilon);
      return { params: mapParams(move, params, m, v), state: { m, v } };
    },
  };
}

/** θ − α m̂/(√v̂ + ε), with α/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) as factors: two divisions fewer for every entry. */
function adamMove(
  theta: Matrix,
  m: Matrix,
  v: Matrix,
  mFactor: number,
  vFactor: number,
  epsilon: number,
): Matrix {
  const next = emptyLike(theta.data);
  for (let i = 0; i < next.length; i++)
    next[i] = theta.data[i] - (mFactor * m.data[i]) / (Math.sqrt(vFactor * v.data[i]) + epsilon);
  return fromData(theta.rows, theta.cols, next);
}

/** β m + (1 − β) g. */
function average(beta: number, m: Matrix, g: Matrix): Matrix {
  const next = emptyLike(m.data);
  for (let i = 0; i < next.length; i++) next[i] = beta * m.data[i] + (1 - beta) * g.data[i];
  return fromData(m.rows, m.cols, next);
}

/** β v + (1 − β) g². */
function averageOfSquares(beta: number, v: Matrix, g: Matrix): Matrix {
  const next = emptyLike(v.data);
  for (let i = 0; i < next.length; i++) next[i] = beta * v.data[i] + (1 - beta) * (g.data[i] * g.data[i]);
  return fromData(v.rows, v.cols, next);
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

function rate(name: string, schedule: Schedule, step: number): number {
  if (!Number.isInteger(step) || step < 1)
    throw new Error(`${name}.update: the step is ${step} (steps count 1, 2, 3, …)`);
  const alpha = schedule(step);
  if (!Number.isFinite(alpha) || alpha < 0)
    throw new Error(
      `${name}.update: the learning rate at step ${step} is ${alpha} (it must be a finite number ≥ 0)`,
    );
  return alpha;
}

function expectBetween(what: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new Error(`${what} is ${value} (it must be in [${low}, ${high}])`);
}

function expectBelow(what: string, value: number, bound: number): void {
  if (!(value >= 0 && value < bound)) throw new Error(`${what} is ${value} (it must be in [0, ${bound}))`);
}
