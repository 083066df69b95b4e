import type { Layer, LayerDescription, NoParams } from "../layer";
import { hadamard, type Matrix, scale } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { withInputGradient } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

type Dropout = Layer<NoParams, { mask: Matrix }>;

const read = "N. Srivastava et al., Journal of Machine Learning Research 15 (2014) 1929, section 4";
const inverted = `${read}; this project divides by the probability to stay in training (inverted dropout)`;

const rateOf = ({ description }: Dropout) =>
  (description as Extract<LayerDescription, { kind: "dropout" }>).rate;

/** The layer with another mask, in forward and backward. */
const masked = (right: Dropout, maskOf: (mask: Matrix) => Matrix): Dropout => ({
  ...right,
  forward(params, A, random) {
    const mask = maskOf(right.forward(params, A, random).cache.mask);
    return { output: hadamard(A, mask), cache: { mask } };
  },
});

/**
 * Dropout.
 * @example
 * dropoutMutations.at(-1).id // "dropout/scaled-after-training"
 */
export const dropoutMutations: readonly Mutation[] = mutationsOf<Dropout>("dropout", subjects.dropout, [
  {
    name: "mask-forgotten",
    wrong: "The error goes back to all entries, also to those that were dropped in the forward.",
    read,
    make: (right) => withInputGradient(right, ({ dOutput }) => dOutput),
  },
  {
    name: "scale-forgotten-in-backward",
    wrong: "Backward applies the mask, but not the factor by which forward enlarged what stayed.",
    read: inverted,
    make: (right) => withInputGradient(right, ({ dInput }) => scale(dInput, 1 - rateOf(right))),
  },
  {
    name: "second-mask",
    wrong: "Backward draws a mask of its own; it must be the one of the forward.",
    read,
    make(right) {
      const drawn = new WeakMap<Matrix, Matrix>();
      const layer: Dropout = {
        ...right,
        forward(params, A, random) {
          const step = right.forward(params, A, random);
          drawn.set(step.cache.mask, right.forward(params, A, random).cache.mask);
          return step;
        },
      };
      return withInputGradient(layer, ({ cache: { mask }, dOutput }) =>
        hadamard(dOutput, drawn.get(mask) ?? mask),
      );
    },
  },
  {
    name: "not-scaled",
    wrong:
      "What stays is not enlarged, neither in forward nor in backward, so that activations are larger after training than in it.",
    read: inverted,
    make: (right) => masked(right, (mask) => scale(mask, 1 - rateOf(right))),
  },
  {
    name: "rate-as-probability-to-stay",
    wrong: "The rate is taken as the probability that an entry stays; it is the one that it is dropped.",
    read: `${read}, where p is the probability to stay`,
    make: (right) =>
      masked(right, (mask) => mapEntries(mask, (factor) => (factor === 0 ? 1 / rateOf(right) : 0))),
  },
  {
    name: "mask-from-output",
    wrong:
      "The mask is guessed from the zeros of the output: entries that were 0 before, as behind ReLU, count as dropped.",
    read,
    shows: "zeros and kinks",
    make(right) {
      const outputs = new WeakMap<Matrix, Matrix>();
      const layer: Dropout = {
        ...right,
        forward(params, A, random) {
          const step = right.forward(params, A, random);
          outputs.set(step.cache.mask, step.output);
          return step;
        },
      };
      return withInputGradient(layer, ({ cache: { mask }, dInput }) => {
        const Y = outputs.get(mask) ?? mask;
        return mapEntries(dInput, (entry, i, j) => (Y.data[i * Y.cols + j] === 0 ? 0 : entry));
      });
    },
  },
  {
    name: "scaled-after-training",
    wrong:
      "After training the outputs are multiplied by the probability to stay, although training has made up for it already.",
    read: inverted,
    shows: "after training",
    make(right) {
      const factor = 1 - rateOf(right);
      return {
        ...right,
        inference: () => ({
          ...right,
          forward: (_params, A) => ({
            output: scale(A, factor),
            cache: { mask: mapEntries(A, () => factor) },
          }),
        }),
      };
    },
  },
]);
