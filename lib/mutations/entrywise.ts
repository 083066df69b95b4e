import type { Optimizer } from "../optimizers";
import { type Moments, stepEach, zeroMoments } from "../optimizers/step-each";
import { emptyLike } from "../params";

/** One entry's step: from θ, its gradient, its moments and the step's number to the new θ and the new moments. */
export type EntryRule = (
  theta: number,
  g: number,
  moments: readonly number[],
  step: number,
) => readonly [theta: number, ...moments: number[]];

/**
 * An optimizer written for one entry, in float64, with so many moments that start at 0; the name is the right one's.
 * @example
 * import { sgd } from "../optimizers"
 * const optimizer = entrywise(sgd(1), 0, (theta, g) => [theta - 2 * g])
 * optimizer.update(matrix([[1]]), optimizer.init(matrix([[5]])), matrix([[5]]), 1).params // matrix([[3]])
 */
export function entrywise<O extends Optimizer>(right: O, count: number, rule: EntryRule): O {
  return {
    ...right,
    init: (params) => Array.from({ length: count }, () => zeroMoments(params)),
    update(gradients, state, params, step) {
      const old = state as readonly Moments[];
      const next = stepEach(
        right.name,
        (theta, g, moments) => {
          const results = Array.from({ length: count + 1 }, () => emptyLike(theta));
          for (let k = 0; k < theta.length; k++) {
            const entry = rule(
              theta[k],
              g[k],
              moments.map((moment) => moment[k]),
              step,
            );
            for (let i = 0; i <= count; i++) results[i][k] = entry[i];
          }
          return results;
        },
        params,
        gradients,
        old,
      );
      return { params: next.params, state: next.moments };
    },
  };
}
