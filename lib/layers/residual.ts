import { identity } from "../activations";
import { forInference, inside, type Layer, type NoParams } from "../layer";
import { elementwise } from "../layers";
import { add, shape } from "../matrix";
import type { Params } from "../params";

/** The parameters of `residual`: those of the branch F and those of the shortcut P, {} for the identity. */
export type ResidualParams<P, S> = { readonly branch: P; readonly shortcut: S };

/** What `residual` keeps: what branch and shortcut keep. */
export interface ResidualCache {
  readonly branch: unknown;
  readonly shortcut: unknown;
}

/**
 * A layer with a way around it, again a layer: Y = A + F(A), or Y = P(A) + F(A) where a projection P, usually `dense`,
 * gives A the shape of F(A). With dY = ∂E/∂Y,
 *
 *     dA = dY + (∂F/∂A)ᵀ dY        or, with a projection, (∂P/∂A)ᵀ dY + (∂F/∂A)ᵀ dY
 *
 * where (∂F/∂A)ᵀ dY is what F's backward returns: whatever F does to the gradient, dY arrives as well. `init` draws the
 * parameters of F, then those of P, and `forward` lets them draw in the same order.
 * @throws if params has no branch or shortcut, F(A) has not the shape of A and there is no projection, or the
 * projection gives another shape; and what one of the two throws, with the way to it
 * Source: K. He, X. Zhang, S. Ren, J. Sun, CVPR (2016) 770, equations 1 (identity) and 2 (projection).
 * @example
 * import { dense } from "../layers"
 * const layer = residual(dense(1, 1))
 * const params = { branch: { weights: matrix([[3]]), bias: matrix([[5]]) }, shortcut: {} }
 * const { output, cache } = layer.forward(params, matrix([[10, 20]]))
 * output // matrix([[45, 85]])
 * layer.backward(params, cache, matrix([[1, 2]])).dInput // matrix([[4, 8]])
 * const wider = residual(dense(1, 2), dense(1, 2))
 * wider.forward(wider.init(randomState(1)), matrix([[10, 20]])).output.rows // 2
 * const unfit = residual(dense(1, 2))
 * unfit.forward(unfit.init(randomState(1)), matrix([[1]])) // throws /residual.forward: A is 1×1, F\(A\) is 2×1/
 */
export function residual<P extends Params, S extends Params = NoParams>(
  branch: Layer<P>,
  projection?: Layer<S>,
): Layer<ResidualParams<P, S>, ResidualCache> {
  const shortcut = projection ?? (elementwise(identity) as unknown as Layer<S>);
  const moves = branch.observe || shortcut.observe;
  const changes = branch.inference || shortcut.inference;
  const places = { branch: `branch (${branch.name})`, shortcut: `shortcut (${shortcut.name})` };
  return {
    name: "residual",
    description: { kind: "residual", branch, shortcut },
    init: (random) => ({
      branch: inside("residual.init", places.branch, () => branch.init(random)),
      shortcut: inside("residual.init", places.shortcut, () => shortcut.init(random)),
    }),

    forward(params, A, random) {
      if (!params?.branch || !params.shortcut)
        throw new Error("residual.forward: params is no record of branch and shortcut (take those of init)");
      const call = "residual.forward";
      const F = inside(call, places.branch, () => branch.forward(params.branch, A, random));
      const P = inside(call, places.shortcut, () => shortcut.forward(params.shortcut, A, random));
      if (F.output.rows !== P.output.rows || F.output.cols !== P.output.cols) {
        const advice = projection
          ? `, the projection of A is ${shape(P.output)} (both must have the same shape)`
          : " (give a projection: residual(layer, dense(inputs, outputs)))";
        throw new Error(`residual.forward: A is ${shape(A)}, F(A) is ${shape(F.output)}${advice}`);
      }
      return { output: add(P.output, F.output), cache: { branch: F.cache, shortcut: P.cache } };
    },

    backward(params, cache, dOutput) {
      const call = "residual.backward";
      const F = inside(call, places.branch, () => branch.backward(params.branch, cache.branch, dOutput));
      const P = inside(call, places.shortcut, () =>
        shortcut.backward(params.shortcut, cache.shortcut, dOutput),
      );
      return {
        gradients: { branch: F.gradients, shortcut: P.gradients },
        get dInput() {
          const dP = inside(call, places.shortcut, () => P.dInput);
          const dF = inside(call, places.branch, () => F.dInput);
          return add(dP, dF);
        },
      };
    },

    observe: moves
      ? (params, cache) => ({
          branch: branch.observe?.(params.branch, cache.branch) ?? params.branch,
          shortcut: shortcut.observe?.(params.shortcut, cache.shortcut) ?? params.shortcut,
        })
      : undefined,
    inference: changes ? () => residual(forInference(branch), forInference(shortcut)) : undefined,
  };
}
