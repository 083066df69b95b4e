import { gradientNorm as norm } from "../optimizers/gradient-norm";
import { flattenParams, isStatistic, type Params } from "../params";
import { addScaled } from "./tree";

/** How far a step moved one matrix of parameters. */
export interface UpdateRatio {
  /** "2.weights" */
  readonly path: string;
  /** ‖θ‖ before the step. */
  readonly weightNorm: number;
  /** ‖θ′ − θ‖ */
  readonly updateNorm: number;
  /** ‖θ′ − θ‖ / ‖θ‖; 0 where nothing moved, Infinity where θ was zero and moved, as a bias does in its first step. */
  readonly ratio: number;
}

/**
 * The update-to-weight ratio ‖θ′ − θ‖/‖θ‖ of every matrix of parameters: about 1e-3 is the usual aim, much more hints
 * at a learning rate that is too high, much less at one that is too low. Running statistics are left out.
 * @param before the parameters before a step
 * @param after those after it
 * @throws if the trees differ in form or shape
 * Source: CS231n, "Neural Networks Part 3", ratio of weights to updates.
 * @example
 * updateRatios({ weights: matrix([[3, 4]]) }, { weights: matrix([[3, 4.5]]) })[0].ratio // 0.1
 */
export function updateRatios<P extends Params>(before: P, after: P): UpdateRatio[] {
  const updates = flattenParams(addScaled(after, -1, before));
  return flattenParams(before).flatMap(({ path, value }, k) => {
    if (isStatistic(path)) return [];
    const [weightNorm, updateNorm] = [norm(value), norm(updates[k].value)];
    return [{ path, weightNorm, updateNorm, ratio: updateNorm === 0 ? 0 : updateNorm / weightNorm }];
  });
}
