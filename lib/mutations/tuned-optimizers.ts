import { adam, type Optimizer, sgd } from "../optimizers";
import { adagrad } from "../optimizers/adagrad";
import { adamw } from "../optimizers/adamw";
import { amsgrad } from "../optimizers/amsgrad";
import { clipByNorm, transformGradients } from "../optimizers/gradient-clipping";
import { rmsprop } from "../optimizers/rmsprop";
import { constant, type Schedule } from "../schedules";

/** An optimizer that shows its settings, which a wrong one made from it needs. */
export interface Tuned<S = unknown> extends Optimizer {
  readonly settings: S & { readonly rate: Schedule };
}

/** An optimizer at the settings of one case of data/references/optimizers.py. */
export interface OptimizerSubject {
  readonly kind: "optimizer";
  readonly id: string;
  /** The right optimizer, at another learning rate where one is given. */
  right(rate?: Schedule): Tuned;
  /** The name of the case. */
  readonly reference: string;
}

function tuned<S>(
  id: string,
  reference: string,
  learningRate: number,
  settings: S,
  make: (rate: Schedule, settings: S) => Optimizer,
): OptimizerSubject {
  return {
    kind: "optimizer",
    id,
    reference,
    right: (rate = constant(learningRate)) => ({
      ...make(rate, settings),
      settings: { ...settings, rate },
    }),
  };
}

/** γ, the coefficient of the velocity. */
export interface MomentumSettings {
  readonly momentum: number;
}

/** Adam's β₁, β₂ and ε, and λ of AdamW. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** ρ of RMSProp, and ε of RMSProp and AdaGrad. */
export interface ScalingSettings {
  readonly rho: number;
  readonly epsilon: number;
}

const gamma: MomentumSettings = { momentum: 0.9 };
const betas = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * The optimizers that there are mutations of.
 * @example
 * optimizerSubjects.adam.right().settings.beta2 // 0.999
 */
export const optimizerSubjects = {
  momentum: tuned("momentum", "momentum", 0.01, gamma, (rate, settings) => sgd(rate, settings)),
  nesterov: tuned("nesterov", "nesterov", 0.01, gamma, (rate, settings) =>
    sgd(rate, { ...settings, nesterov: true }),
  ),
  weightDecay: tuned("weightDecay", "sgd, weight decay", 0.01, { weightDecay: 0.1 }, (rate, settings) =>
    sgd(rate, settings),
  ),
  clipping: tuned("clipping", "sgd, clipped by norm", 0.01, { bound: 2 }, (rate, { bound }) =>
    transformGradients(sgd(rate), clipByNorm(bound, { epsilon: 1e-6 })),
  ),
  rmsprop: tuned("rmsprop", "rmsprop", 0.02, { rho: 0.99, epsilon: 1e-8 }, (rate, settings) =>
    rmsprop(rate, settings),
  ),
  adagrad: tuned("adagrad", "adagrad", 0.1, { rho: 1, epsilon: 1e-10 }, (rate, { epsilon }) =>
    adagrad(rate, { epsilon }),
  ),
  adam: tuned("adam", "adam", 0.02, { ...betas, weightDecay: 0 }, (rate, settings) => adam(rate, settings)),
  amsgrad: tuned("amsgrad", "amsgrad", 0.02, { ...betas, weightDecay: 0 }, (rate, settings) =>
    amsgrad(rate, settings),
  ),
  adamw: tuned("adamw", "adamw, weight decay", 0.02, { ...betas, weightDecay: 0.5 }, (rate, settings) =>
    adamw(rate, settings),
  ),
};
