import { adam, integerPower } from "../optimizers";
import { entrywise } from "./entrywise";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";
import type { AdamSettings, ScalingSettings, Tuned } from "./tuned-optimizers";

type Scaling = Tuned<ScalingSettings>;
type Adam = Tuned<AdamSettings>;

const hinton = "T. Tieleman, G. Hinton, Neural Networks for Machine Learning, lecture 6e (2012)";
const algorithm = "D. P. Kingma, J. Ba, ICLR 2015, algorithm 1";
const correction = "D. P. Kingma, J. Ba, ICLR 2015, section 3: initialization bias correction";

/** θ ← θ − α g/d(s) with another collection s of the squares, or another divisor d. */
const scaledBy = (
  right: Scaling,
  collect: (s: number, g: number, settings: ScalingSettings) => number,
  divisor: (s: number, epsilon: number) => number = (s, epsilon) => Math.sqrt(s) + epsilon,
): Scaling =>
  entrywise(right, 1, (theta, g, [old], step) => {
    const s = collect(old, g, right.settings);
    return [theta - (right.settings.rate(step) * g) / divisor(s, right.settings.epsilon), s];
  });

const onScaling = [
  ...mutationsOf<Scaling>("optimizers", subjects.rmsprop, [
    {
      name: "root-forgotten",
      wrong:
        "The gradient is divided by its mean square and not by the root of it: large gradients make small steps.",
      read: hinton,
      make: (right) =>
        scaledBy(
          right,
          (s, g, { rho }) => rho * s + (1 - rho) * g * g,
          (s, epsilon) => s + epsilon,
        ),
    },
    {
      name: "never-forgets",
      wrong: "The squares are summed up and never forgotten: this is AdaGrad.",
      read: hinton,
      make: (right) => scaledBy(right, (s, g) => s + g * g),
    },
    {
      name: "weights-swapped",
      wrong:
        "Old and new are swapped in the moving average: it keeps 1 − ρ of the past and takes ρ of the new square.",
      read: hinton,
      make: (right) => scaledBy(right, (s, g, { rho }) => (1 - rho) * s + rho * g * g),
    },
  ]),
  ...mutationsOf<Scaling>("optimizers", subjects.adagrad, [
    {
      name: "sum-not-kept",
      wrong:
        "The sum starts anew in every step, so that each entry moves by the learning rate whatever its gradient.",
      read: "J. Duchi, E. Hazan, Y. Singer, Journal of Machine Learning Research 12 (2011) 2121",
      make: (right) => scaledBy(right, (_s, g) => g * g),
    },
  ]),
];

/** The parts of Adam that can be got wrong. */
interface Parts {
  readonly m: (m: number, g: number, s: AdamSettings) => number;
  readonly v: (v: number, g: number, s: AdamSettings, m: number) => number;
  readonly first: (m: number, s: AdamSettings, t: number) => number;
  readonly second: (v: number, s: AdamSettings, t: number) => number;
  readonly divisor: (v: number, epsilon: number) => number;
  readonly decayed: (theta: number, s: AdamSettings) => number;
}

const rightParts: Parts = {
  m: (m, g, { beta1 }) => beta1 * m + (1 - beta1) * g,
  v: (v, g, { beta2 }) => beta2 * v + (1 - beta2) * g * g,
  first: (m, { beta1 }, t) => m / (1 - integerPower(beta1, t)),
  second: (v, { beta2 }, t) => v / (1 - integerPower(beta2, t)),
  divisor: (v, epsilon) => Math.sqrt(v) + epsilon,
  decayed: (theta) => theta,
};

const adamWith = (wrong: Partial<Parts>, kept: "raw" | "corrected" = "raw") => {
  const parts = { ...rightParts, ...wrong };
  return (right: Adam): Adam =>
    entrywise(right, 2, (theta, g, [m0, v0], t) => {
      const { settings } = right;
      const m = parts.m(m0, g, settings);
      const v = parts.v(v0, g, settings, m);
      const [mHat, vHat] = [parts.first(m, settings, t), parts.second(v, settings, t)];
      const move = (settings.rate(t) * mHat) / parts.divisor(vHat, settings.epsilon);
      const next = parts.decayed(theta, settings) - move;
      return kept === "raw" ? [next, m, v] : [next, mHat, vHat];
    });
};

const onAdam = mutationsOf<Adam>("optimizers", subjects.adam, [
  {
    name: "correction-multiplied",
    wrong:
      "The bias correction multiplies where it must divide: it takes the moments still nearer to their start at zero.",
    read: correction,
    make: adamWith({
      first: (m, { beta1 }, t) => m * (1 - integerPower(beta1, t)),
      second: (v, { beta2 }, t) => v * (1 - integerPower(beta2, t)),
    }),
  },
  {
    name: "correction-missing",
    wrong: "The moments are not corrected for their start at zero.",
    read: correction,
    make: adamWith({ first: (m) => m, second: (v) => v }),
  },
  {
    name: "second-moment-not-corrected",
    wrong: "Only the first moment is corrected for its start at zero, the second one is not.",
    read: correction,
    make: adamWith({ second: (v) => v }),
  },
  {
    name: "correction-stored",
    wrong: "The corrected moments are kept for the next step, which corrects them again.",
    read: algorithm,
    make: adamWith({}, "corrected"),
  },
  {
    name: "step-off-by-one",
    wrong: "The bias correction counts one step too many.",
    read: algorithm,
    make: adamWith({
      first: (m, settings, t) => rightParts.first(m, settings, t + 1),
      second: (v, settings, t) => rightParts.second(v, settings, t + 1),
    }),
  },
  {
    name: "epsilon-inside-root",
    wrong: "ε stands inside the root, where it is far larger beside small gradients.",
    read: algorithm,
    make: adamWith({ divisor: (v, epsilon) => Math.sqrt(v + epsilon) }),
  },
  {
    name: "root-forgotten",
    wrong: "The step is divided by the second moment and not by its root.",
    read: algorithm,
    make: adamWith({ divisor: (v, epsilon) => v + epsilon }),
  },
  {
    name: "betas-swapped",
    wrong: "The two decay rates are swapped.",
    read: algorithm,
    make(right) {
      const { beta1, beta2 } = right.settings;
      const swapped = { ...right.settings, beta1: beta2, beta2: beta1 };
      return { ...adam(swapped.rate, swapped), settings: right.settings };
    },
  },
  {
    name: "square-of-first-moment",
    wrong: "The second moment collects the squares of the first moment in place of the gradient's.",
    read: algorithm,
    make: adamWith({ v: (v, _g, { beta2 }, m) => beta2 * v + (1 - beta2) * m * m }),
  },
]);

const decoupled = "I. Loshchilov, F. Hutter, ICLR 2019, algorithm 2";

const onVariants = [
  ...mutationsOf<Adam>("optimizers", subjects.amsgrad, [
    {
      name: "maximum-forgotten",
      wrong: "The newest second moment is used and not the largest so far: this is Adam.",
      read: "S. J. Reddi, S. Kale, S. Kumar, ICLR 2018, algorithm 2",
      make: (right) => ({ ...adam(right.settings.rate, right.settings), settings: right.settings }),
    },
  ]),
  ...mutationsOf<Adam>("optimizers", subjects.adamw, [
    {
      name: "decay-in-gradient",
      wrong:
        "The decay is added to the gradient, where the division by the second moment's root takes most of it away.",
      read: decoupled,
      make: (right) => ({ ...adam(right.settings.rate, right.settings), settings: right.settings }),
    },
    {
      name: "decay-without-rate",
      wrong: "Each step takes the whole share λ off the parameters; it should be the share α λ.",
      read: `${decoupled}; PyTorch's documentation of AdamW`,
      make: adamWith({ decayed: (theta, { weightDecay }) => (1 - weightDecay) * theta }),
    },
  ]),
];

/**
 * RMSProp, AdaGrad, Adam and what came of it.
 * @example
 * adaptiveMutations.at(-1).id // "adamw/decay-without-rate"
 */
export const adaptiveMutations: readonly Mutation[] = [...onScaling, ...onAdam, ...onVariants];
