import { flattenParams, isStatistic, type Params } from "../params";
import type { Schedule } from "../schedules";

// What the optimizers share: their settings, checked.

/**
 * The learning rate of a step.
 * @throws if the step is not a whole number ≥ 1, or the schedule's value not a finite number ≥ 0
 * @example
 * rate("sgd", () => 0.1, 1) // 0.1
 * rate("sgd", () => 0.1, 0) // throws /sgd.update: the step is 0/
 * rate("sgd", (step) => -step, 2) // throws /the learning rate at step 2 is -2/
 */
export function rate(name: string, schedule: Schedule, step: number): number {
  if (!Number.isInteger(step) || step < 1)
    throw new Error(`${name}.update: the step is ${step} (steps count 1, 2, 3, …)`);
  const alpha = schedule(step);
  if (!Number.isFinite(alpha) || alpha < 0)
    throw new Error(
      `${name}.update: the learning rate at step ${step} is ${alpha} (it must be a finite number ≥ 0)`,
    );
  return alpha;
}

/**
 * The coefficient γ of momentum at each step, checked.
 * @throws if a number is not in [0, 1]; the function that is returned throws if a schedule's value is not
 * @example
 * coefficient("sgd", 0.9)(7) // 0.9
 * coefficient("sgd", (step) => step)(2) // throws /sgd.update: the momentum at step 2 is 2/
 * coefficient("sgd", 1.5) // throws /sgd: momentum is 1.5/
 */
export function coefficient(name: string, momentum: number | Schedule): Schedule {
  if (typeof momentum === "number") {
    expectBetween(`${name}: momentum`, momentum, 0, 1);
    return () => momentum;
  }
  return (step) => {
    const gamma = momentum(step);
    expectBetween(`${name}.update: the momentum at step ${step}`, gamma, 0, 1);
    return gamma;
  };
}

/**
 * Checks that low ≤ value ≤ high.
 * @throws if not
 * @example
 * expectBetween("sgd: momentum", 0.9, 0, 1) // undefined
 * expectBetween("sgd: momentum", 1.5, 0, 1) // throws /sgd: momentum is 1.5/
 */
export function expectBetween(what: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new Error(`${what} is ${value} (it must be in [${low}, ${high}])`);
}

/**
 * Checks that 0 ≤ value < bound.
 * @throws if not
 * @example
 * expectBelow("adam: beta1", 0.9, 1) // undefined
 * expectBelow("adam: beta1", 1, 1) // throws /adam: beta1 is 1/
 */
export function expectBelow(what: string, value: number, bound: number): void {
  if (!(value >= 0 && value < bound)) throw new Error(`${what} is ${value} (it must be in [0, ${bound}))`);
}

/** Weight decay, which adds λ/2 ‖θ‖² to the loss, and which parameters it concerns. */
export interface WeightDecay {
  /** λ; default 0. */
  readonly weightDecay?: number;
  /**
   * Which parameters decay, by their paths in flattenParams; default all, as in PyTorch, biases too. Running statistics
   * never do.
   */
  readonly decays?: (path: string) => boolean;
}

/**
 * λ of every matrix of a tree, in the order of flattenParams, as a function of the tree; undefined where λ is 0.
 * @throws if λ is not a finite number ≥ 0
 * @example
 * const noBias = decayOf("sgd", { weightDecay: 0.1, decays: (path) => !path.endsWith("bias") })
 * noBias({ weights: matrix([[1]]), bias: matrix([[2]]), runningMean: matrix([[3]]) }) // [0.1, 0, 0]
 * decayOf("sgd", {})(matrix([[1]])) // undefined
 * decayOf("sgd", { weightDecay: -1 }) // throws /sgd: weightDecay is -1/
 */
export function decayOf(
  name: string,
  { weightDecay = 0, decays = () => true }: WeightDecay,
): (params: Params) => number[] | undefined {
  expectBelow(`${name}: weightDecay`, weightDecay, Number.POSITIVE_INFINITY);
  if (weightDecay === 0) return () => undefined;
  return (params) =>
    flattenParams(params).map(({ path }) => (!isStatistic(path) && decays(path) ? weightDecay : 0));
}
