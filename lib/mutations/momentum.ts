import { scale } from "../matrix";
import { sgd } from "../optimizers";
import { gradientNorm } from "../optimizers/gradient-norm";
import { pytorchSgd } from "../optimizers/pytorch-sgd";
import { mapParams, type Params } from "../params";
import { entrywise } from "./entrywise";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";
import type { MomentumSettings, Tuned } from "./tuned-optimizers";

const note = 'note 004, "Momentum"';

type Momentum = Tuned<MomentumSettings>;

/** Momentum with another new velocity, or another step than by that velocity. */
const moving = (
  right: Momentum,
  velocity: (gammaV: number, alphaG: number) => number,
  move: (v: number, old: number, alpha: number) => number = (v) => v,
): Momentum =>
  entrywise(right, 1, (theta, g, [old], step) => {
    const { momentum, rate } = right.settings;
    const v = velocity(momentum * old, rate(step) * g);
    return [theta + move(v, old, rate(step)), v];
  });

const onMomentum = mutationsOf<Momentum>("optimizers", subjects.momentum, [
  {
    name: "uphill",
    wrong: "The gradient enters the velocity with a plus: the parameters climb the loss.",
    read: note,
    make: (right) => moving(right, (gammaV, alphaG) => gammaV + alphaG),
  },
  {
    name: "velocity-sign",
    wrong: "The old velocity enters with a minus: it brakes in place of carrying on.",
    read: note,
    make: (right) => moving(right, (gammaV, alphaG) => -gammaV - alphaG),
  },
  {
    name: "rate-twice",
    wrong: "The learning rate enters twice, in the velocity and again in the step.",
    read: `${note}: the notes have both forms, with the rate in the one place or in the other`,
    make: (right) =>
      moving(
        right,
        (gammaV, alphaG) => gammaV - alphaG,
        (v, _old, alpha) => alpha * v,
      ),
  },
  {
    name: "velocity-not-kept",
    wrong: "The velocity is not kept from step to step, so that this is plain gradient descent.",
    read: note,
    make: (right) => moving(right, (_gammaV, alphaG) => -alphaG),
  },
  {
    name: "gradient-damped",
    wrong:
      "The velocity is a moving average, with 1 − γ before the gradient; the notes' momentum has no such factor.",
    read: `${note}; PyTorch's documentation of SGD: dampening`,
    make: (right) => moving(right, (gammaV, alphaG) => gammaV - (1 - right.settings.momentum) * alphaG),
  },
  {
    name: "old-velocity",
    wrong: "The parameters move by the velocity of the step before; it is updated too late.",
    read: note,
    make: (right) =>
      moving(
        right,
        (gammaV, alphaG) => gammaV - alphaG,
        (_v, old) => old,
      ),
  },
  {
    name: "rate-scales-velocity",
    wrong:
      "Every step scales the whole velocity by the newest learning rate, as PyTorch does; in the notes' form each gradient keeps its own.",
    read: `${note}; PyTorch's documentation of SGD`,
    shows: "changing rate",
    make: ({ settings, name }) => ({
      ...pytorchSgd(settings.rate, { momentum: settings.momentum }),
      name,
      settings,
    }),
  },
]);

const onNesterov = mutationsOf<Momentum>("optimizers", subjects.nesterov, [
  {
    name: "not-looked-ahead",
    wrong:
      "The gradient is taken where the parameters are and not where the velocity carries them: this is plain momentum.",
    read: `${note}: Nesterov`,
    make: ({ settings, name }) => ({
      ...sgd(settings.rate, { momentum: settings.momentum }),
      name,
      settings,
    }),
  },
]);

const onWeightDecay = mutationsOf<Tuned<{ weightDecay: number }>>("optimizers", subjects.weightDecay, [
  {
    name: "growth",
    wrong: "The decay has the wrong sign: it drives the weights away from zero.",
    read: "PyTorch's documentation of SGD: weight_decay",
    make: (right) =>
      entrywise(right, 0, (theta, g, _moments, step) => [
        theta - right.settings.rate(step) * (g - right.settings.weightDecay * theta),
      ]),
  },
]);

const pascanu = "R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013, algorithm 1";

/** Descent along other gradients. */
const scaledDescent = (
  right: Tuned<{ bound: number }>,
  scaled: <P extends Params>(gradients: P, bound: number) => P,
): Tuned<{ bound: number }> => {
  const { rate, bound } = right.settings;
  const descent = sgd(rate);
  return {
    ...right,
    init: descent.init,
    update: (gradients, state, params, step) =>
      descent.update(scaled(gradients, bound), state as ReturnType<typeof descent.init>, params, step),
  };
};

const onClipping = mutationsOf<Tuned<{ bound: number }>>("optimizers", subjects.clipping, [
  {
    name: "each-matrix-by-itself",
    wrong:
      "Each matrix is clipped by its own norm, which turns the gradient; the norm is that of all gradients together.",
    read: pascanu,
    make: (right) =>
      scaledDescent(right, (gradients, bound) =>
        mapParams((G) => scale(G, Math.min(1, bound / gradientNorm(G))), gradients),
      ),
  },
  {
    name: "short-ones-lengthened",
    wrong: "Gradients shorter than the bound are stretched to it; they should stay as they are.",
    read: pascanu,
    make: (right) =>
      scaledDescent(right, (gradients, bound) => {
        const factor = bound / gradientNorm(gradients);
        return mapParams((G) => scale(G, factor), gradients);
      }),
  },
]);

/**
 * Gradient descent with velocity, decay or clipping.
 * @example
 * momentumMutations.at(-1).id // "clipping/short-ones-lengthened"
 */
export const momentumMutations: readonly Mutation[] = [
  ...onMomentum,
  ...onNesterov,
  ...onWeightDecay,
  ...onClipping,
];
