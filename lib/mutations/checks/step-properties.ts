import { matrix } from "../../matrix";
import type { Optimizer } from "../../optimizers";
import type { Schedule } from "../../schedules";
import type { ScheduleSubject } from "../subject";
import { subjects } from "../subjects";
import type { OptimizerSubject } from "../tuned-optimizers";
import type { Judge } from "./check";

/** The moves of so many steps from θ along a constant gradient, of one number each. */
function moves(optimizer: Optimizer, theta: number, g: number, steps: number): number[] {
  let params = { theta: matrix([[theta]]) };
  let state = optimizer.init(params);
  return Array.from({ length: steps }, (_, t) => {
    const before = params.theta.data[0];
    ({ params, state } = optimizer.update({ theta: matrix([[g]]) }, state, params, t + 1));
    return params.theta.data[0] - before;
  });
}

const near = (a: number, b: number, tolerance = 1e-4) => Math.abs(a - b) <= tolerance * Math.abs(b);

/** The n-th move is `expected(g)`, for small and large gradients of either sign. */
const moveIs =
  (n: number, expected: (g: number) => number) =>
  (optimizer: Optimizer): boolean =>
    [0.01, -1, 300].every((g) => near(moves(optimizer, 0, g, n)[n - 1], expected(g)));

/** Without a gradient θ shrinks by this share in every step. */
const shrinksBy =
  (share: number) =>
  (optimizer: Optimizer): boolean => {
    const [first, second] = moves(optimizer, 5, 0, 2);
    return near(first, -5 * share) && near(second, -5 * (1 - share) * share);
  };

/** Once the learning rate is 0 the notes' momentum coasts: each move is γ times the one before. */
const coasts: Judge = (make) => {
  const optimizer = make(subjects.momentum.right((step) => (step === 1 ? 0.01 : 0))) as Optimizer;
  return [-0.01, -0.009, -0.0081].every((move, t) => near(moves(optimizer, 0, 1, 3)[t], move));
};

const properties = new Map<OptimizerSubject, (optimizer: Optimizer) => boolean>([
  // the terminal velocity α g/(1 − γ)
  [subjects.momentum, moveIs(200, (g) => -0.1 * g)],
  [subjects.nesterov, moveIs(200, (g) => -0.1 * g)],
  [subjects.weightDecay, shrinksBy(0.001)],
  // never longer than α times the bound
  [subjects.clipping, moveIs(1, (g) => -0.01 * Math.max(-2, Math.min(2, g)))],
  // the mean square settles at g²
  [subjects.rmsprop, moveIs(2000, (g) => -0.02 * Math.sign(g))],
  // α/√t
  [subjects.adagrad, moveIs(25, (g) => -0.02 * Math.sign(g))],
  // α from the first step on
  [subjects.adam, (optimizer) => [1, 2, 5].every((n) => moveIs(n, (g) => -0.02 * Math.sign(g))(optimizer))],
  [
    subjects.amsgrad,
    (optimizer) => [1, 2, 5].every((n) => moveIs(n, (g) => -0.02 * Math.sign(g))(optimizer)),
  ],
  [subjects.adamw, shrinksBy(0.01)],
]);

/**
 * What holds for an optimizer by what it is: the terminal velocity of momentum, Adam's steps of size α, the share that
 * weight decay takes; undefined where nothing is known.
 * @example
 * import { subjects } from "../subjects"
 * optimizerProperties(subjects.adam)((right) => right) // true
 */
export function optimizerProperties(subject: OptimizerSubject): Judge | undefined {
  const holds = properties.get(subject);
  if (!holds) return undefined;
  return (make) =>
    holds(make(subject.right()) as Optimizer) && (subject !== subjects.momentum || coasts(make));
}

/**
 * A schedule's rates of 300 steps are between 0 and 0.1, which the first or the last of them reaches, and they only
 * fall, or with warm-up only rise.
 * @example
 * import { subjects } from "../subjects"
 * scheduleProperties(subjects.cosine)((right) => right) // true
 */
export function scheduleProperties(subject: ScheduleSubject): Judge {
  const sign = subject === subjects.linearWarmUp ? -1 : 1;
  return (make) => {
    const schedule = make(subject.right) as Schedule;
    const rates = Array.from({ length: 300 }, (_, k) => schedule(k + 1));
    return (
      rates.every((rate) => rate > 0) &&
      near(Math.max(rates[0], rates[299]), 0.1) &&
      rates.every((rate, k) => k === 0 || sign * (rate - rates[k - 1]) <= 0)
    );
  };
}
