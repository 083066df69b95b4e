import type { Layer, LayerDescription } from "../layer";
import type { ResidualCache, ResidualParams } from "../layers/residual";
import { add, type Matrix, scale } from "../matrix";
import type { Params } from "../params";
import { zerosLike } from "../params";
import { type Step, withGradients, withInputGradient } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

type Residual = Layer<ResidualParams<Params, Params>, ResidualCache>;
type ResidualStep = Step<ResidualParams<Params, Params>, ResidualCache>;

const identity = "K. He, X. Zhang, S. Ren, J. Sun, CVPR (2016) 770, equation 1";
const projection = "K. He, X. Zhang, S. Ren, J. Sun, CVPR (2016) 770, equation 2";

const insideOf = ({ description }: Residual) =>
  description as Extract<LayerDescription, { kind: "residual" }>;

/** The error that comes out of the branch, or another one for another error that goes into it. */
const throughBranch = (right: Residual, { params, cache }: ResidualStep, dOutput: Matrix) =>
  insideOf(right).branch.backward(params.branch, cache.branch, dOutput).dInput;

const onIdentity = mutationsOf<Residual>("residual", subjects.residual, [
  {
    name: "shortcut-forgotten",
    wrong: "Only the error through the branch goes back; what the shortcut carries is missing.",
    read: identity,
    make: (right) => withInputGradient(right, (step) => throughBranch(right, step, step.dOutput)),
  },
  {
    name: "branch-forgotten",
    wrong: "Only the shortcut carries the error back; what comes through the branch is not added.",
    read: identity,
    make: (right) => withInputGradient(right, ({ dOutput }) => dOutput),
  },
  {
    name: "paths-averaged",
    wrong: "The errors of the two paths are averaged; where paths meet in the forward, their errors add up.",
    read: identity,
    make: (right) => withInputGradient(right, ({ dInput }) => scale(dInput, 0.5)),
  },
  {
    name: "added-before-branch",
    wrong:
      "The shortcut's error is added in front of the branch, which gets the error twice and alone carries it back.",
    read: identity,
    make: (right) =>
      withInputGradient(right, (step) => throughBranch(right, step, add(step.dOutput, step.dOutput))),
  },
]);

const onProjection = mutationsOf<Residual>("residual", subjects.projection, [
  {
    name: "projection-bypassed",
    wrong: "The shortcut hands the error on as it is, as if it were the identity; only equal widths hide it.",
    read: projection,
    make: (right) =>
      withInputGradient(right, (step) => add(throughBranch(right, step, step.dOutput), step.dOutput)),
  },
  {
    name: "projection-not-learned",
    wrong: "The projection on the shortcut gets no gradient.",
    read: projection,
    make: (right) => withGradients(right, ({ gradients }) => ({ shortcut: zerosLike(gradients.shortcut) })),
  },
]);

/**
 * Layers with a way around them.
 * @example
 * residualMutations.at(-1).id // "projection/projection-not-learned"
 */
export const residualMutations: readonly Mutation[] = [...onIdentity, ...onProjection];
