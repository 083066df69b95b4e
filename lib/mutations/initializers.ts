import type { Initializer } from "../initializers";
import { scale } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

const xavier = 'note 004, "Parameter initialization": Xavier';
const he = 'note 004, "Parameter initialization": He';

/** The initializer with its weights multiplied by a factor. */
const scaled =
  (right: Initializer, factor: (fanIn: number, fanOut: number) => number): Initializer =>
  (random, rows, cols, precision) =>
    scale(right(random, rows, cols, precision), factor(cols, rows));

const onHeNormal = mutationsOf<Initializer>("initializers", subjects.heNormal, [
  {
    name: "outputs-for-inputs",
    wrong:
      "The variance follows the number of outputs in place of that of the inputs; square weights hide it.",
    read: he,
    make: (right) => (random, rows, cols, precision) =>
      right(random, rows, cols, precision, { fanIn: rows, fanOut: cols }),
  },
  {
    name: "factor-two-forgotten",
    wrong: "The factor 2, which makes up for the half that ReLU cuts off, is missing.",
    read: he,
    make: (right) => scaled(right, () => Math.SQRT1_2),
  },
  {
    name: "bias-counted-as-input",
    wrong: "The bias is counted among the inputs, although it starts at 0 and adds no variance.",
    read: he,
    make: (right) => (random, rows, cols, precision) =>
      right(random, rows, cols, precision, { fanIn: cols + 1, fanOut: rows }),
  },
  {
    name: "all-units-alike",
    wrong:
      "All units of the layer get the same weights, and so the same gradients: they stay alike for ever.",
    read: 'note 004, "Parameter initialization"; I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), section 8.4',
    make: (right) => (random, rows, cols, precision) => {
      const W = right(random, rows, cols, precision);
      return mapEntries(W, (_w, _i, j) => W.data[j]);
    },
  },
]);

const onXavierNormal = mutationsOf<Initializer>("initializers", subjects.xavierNormal, [
  {
    name: "variance-for-deviation",
    wrong: "The normal numbers are multiplied by the variance in place of its root, the standard deviation.",
    read: xavier,
    make: (right) => scaled(right, (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut))),
  },
  {
    name: "factor-two-forgotten",
    wrong:
      "The 2 that comes of averaging inputs and outputs is missing: the variance is half of what it should be.",
    read: xavier,
    make: (right) => scaled(right, () => Math.SQRT1_2),
  },
]);

const onXavierUniform = mutationsOf<Initializer>("initializers", subjects.xavierUniform, [
  {
    name: "deviation-for-bound",
    wrong:
      "The standard deviation is used as the bound of the uniform distribution, whose variance is only a third of the bound's square.",
    read: xavier,
    make: (right) => scaled(right, () => 1 / Math.sqrt(3)),
  },
  {
    name: "one-sided",
    wrong: "The weights are drawn between 0 and the bound, not on both sides of 0: all of them are positive.",
    read: xavier,
    // U(−b, b) becomes U(0, b)
    make: (right) => (random, rows, cols, precision) => {
      const b = Math.sqrt(6 / (rows + cols));
      return mapEntries(right(random, rows, cols, precision), (w) => (w + b) / 2);
    },
  },
]);

const onLeaky = mutationsOf<Initializer>("initializers", subjects.heNormalLeaky, [
  {
    name: "slope-not-squared",
    wrong: "The slope of the leaky ReLU enters unsquared, although it is variances that add up.",
    read: "K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026, equation 15",
    make: (right) => scaled(right, () => Math.sqrt(1.04 / 1.2)),
  },
]);

/**
 * Initial weights.
 * @example
 * initializerMutations.at(-1).id // "heNormalLeaky/slope-not-squared"
 */
export const initializerMutations: readonly Mutation[] = [
  ...onHeNormal,
  ...onXavierNormal,
  ...onXavierUniform,
  ...onLeaky,
];
