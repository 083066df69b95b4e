import type { Layer } from "../../layer";
import { dense } from "../../layers";
import type { ResidualCache, ResidualParams } from "../../layers/residual";
import { column, type Matrix, matrix } from "../../matrix";
import { flattenParams, type Params } from "../../params";
import { known } from "../known";
import type { Case, Values } from "../question";
import { aroundTanh, type ResidualNumbers, withProjection } from "./residual-numbers";

/** A branch and a shortcut, added: their sum, and what backward gets. */
export type ResidualForward = (
  branch: Layer,
  shortcut: Layer,
  params: ResidualParams<Params, Params>,
  A: Matrix,
) => { readonly output: Matrix; readonly cache: ResidualCache };

/** From ∂E/∂Y of branch and shortcut to the gradients of both, and ∂E/∂A. */
export type ResidualBackward = (
  branch: Layer,
  shortcut: Layer,
  params: ResidualParams<Params, Params>,
  cache: ResidualCache,
  dY: Matrix,
) => { readonly gradients: ResidualParams<Params, Params>; readonly dInput: Matrix };

const gradientsOfBoth = {
  weights: matrix([
    [1, 2],
    [3, 5],
  ]),
  bias: column([1, 1]),
};

/**
 * Two fully connected layers of two units, by hand: a projection that keeps the width.
 * @example
 * squareProjection.output // matrix([[8, 19], [3, 8]])
 */
export const squareProjection: ResidualNumbers = {
  probe: "a projection 2→2, m = 2",
  branch: dense(2, 2) as unknown as Layer,
  shortcut: dense(2, 2) as unknown as Layer,
  params: {
    branch: {
      weights: matrix([
        [1, 2],
        [0, 1],
      ]),
      bias: column([1, -1]),
    },
    shortcut: {
      weights: matrix([
        [0, 1],
        [1, 0],
      ]),
      bias: column([0, 1]),
    },
  },
  A: matrix([
    [1, 3],
    [2, 5],
  ]),
  dY: matrix([
    [1, 0],
    [0, 1],
  ]),
  witness: "the definition",
  output: matrix([
    [8, 19],
    [3, 8],
  ]),
  gradients: { branch: gradientsOfBoth, shortcut: gradientsOfBoth },
  dInput: matrix([
    [1, 1],
    [3, 1],
  ]),
};

const inputs = [aroundTanh, withProjection, squareProjection];

/** Matrices of a tree by their ways in it: "cache.branch.0.A". */
const named = (name: string, tree: unknown): Values =>
  Object.fromEntries(flattenParams((tree ?? []) as Params, name).map(({ path, value }) => [path, value]));

/** What branch and shortcut keep, each by itself. */
const cacheOf = ({ branch, shortcut, params, A }: ResidualNumbers): ResidualCache => ({
  branch: branch.forward(params.branch, A).cache,
  shortcut: shortcut.forward(params.shortcut, A).cache,
});

/**
 * What the forward of a residual layer is tried on.
 * @example
 * residualForwardCases[2].truth().output.value // matrix([[8, 19], [3, 8]])
 */
export const residualForwardCases: readonly Case<[ResidualForward]>[] = inputs.map((numbers) => ({
  probe: numbers.probe,
  ask(residualForward) {
    const { branch, shortcut, params, A } = numbers;
    const { output, cache } = residualForward(branch, shortcut, params, A);
    return { output, ...named("cache.branch", cache.branch), ...named("cache.shortcut", cache.shortcut) };
  },
  truth() {
    const cache = cacheOf(numbers);
    return {
      ...known(numbers.witness, { output: numbers.output }),
      ...known("the branch", named("cache.branch", cache.branch)),
      ...known("the shortcut", named("cache.shortcut", cache.shortcut)),
    };
  },
}));

/**
 * What its backward is tried on.
 * @example
 * residualBackwardCases[2].truth().dInput.value // matrix([[1, 1], [3, 1]])
 */
export const residualBackwardCases: readonly Case<[ResidualBackward]>[] = inputs.map((numbers) => ({
  probe: numbers.probe,
  ask(residualBackward) {
    const { branch, shortcut, params, dY } = numbers;
    const { gradients, dInput } = residualBackward(branch, shortcut, params, cacheOf(numbers), dY);
    return {
      ...named("gradients.branch", gradients.branch),
      ...named("gradients.shortcut", gradients.shortcut),
      dInput,
    };
  },
  truth: () => known(numbers.witness, { ...named("gradients", numbers.gradients), dInput: numbers.dInput }),
}));
