import type { Loss, meanSquaredError, Pair } from "../losses";
import { add, type Matrix, rowSums, scale, subtract, transpose } from "../matrix";
import { columnSums, takeColumns } from "../matrix-entries";
import { mapParams } from "../params";
import { onlyColumns, withGradients } from "./changes";
import type { Dense } from "./dense";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

const batch = 'note 004, "Backpropagation in vector form (batch)"';
const pitfall = 'note 004, "Layer decomposition", pitfalls: collecting over the batch';

/** The dense layer's gradients with the samples weighted by hand: only these columns of the error count. */
const ofSamples = (right: Dense, kept: (j: number, m: number) => boolean): Dense =>
  withGradients(right, ({ params, cache, dOutput: dZ }) => {
    const some = onlyColumns(dZ, (j) => kept(j, dZ.cols));
    return right.backward(params, cache, some).gradients;
  });

const inLayer = mutationsOf<Dense>("batching", subjects.dense, [
  {
    name: "bias-of-last-sample",
    wrong: "The gradient of the bias is the last sample's alone; those of the others are not added.",
    read: pitfall,
    make: (right) => withGradients(right, ({ dOutput: dZ }) => ({ bias: takeColumns(dZ, [dZ.cols - 1]) })),
  },
  {
    name: "bias-not-summed",
    wrong: "The gradient of the bias has a column for each sample: it is not summed over the batch.",
    read: pitfall,
    make: (right) => withGradients(right, ({ dOutput: dZ }) => ({ bias: dZ })),
  },
  {
    name: "bias-over-units",
    wrong:
      "The gradient of the bias is summed along the wrong axis: over the units, with one entry for each sample.",
    read: batch,
    make: (right) => withGradients(right, ({ dOutput: dZ }) => ({ bias: transpose(columnSums(dZ)) })),
  },
  {
    name: "bias-averaged",
    wrong: "The gradient of the bias is averaged over the batch where that of the weights is summed.",
    read: pitfall,
    make: (right) => withGradients(right, ({ dOutput: dZ }) => ({ bias: scale(rowSums(dZ), 1 / dZ.cols) })),
  },
  {
    name: "averaged-twice",
    wrong:
      "The gradients are divided by the number of samples here, although the loss is a mean already: 1/m enters twice.",
    read: `${batch}; in this project 1/m stands in the loss`,
    make: (right) =>
      withGradients(right, ({ dOutput: dZ, gradients }) =>
        mapParams((G) => scale(G, 1 / dZ.cols), gradients),
      ),
  },
  {
    name: "assigned-not-accumulated",
    wrong:
      "Each sample's gradients replace those of the sample before and are not added to them; the last one's are left.",
    read: batch,
    make: (right) => ofSamples(right, (j, m) => j === m - 1),
  },
  {
    name: "last-sample-left-out",
    wrong: "The loop over the samples ends one too early: the last sample's gradients are missing.",
    read: batch,
    make: (right) => ofSamples(right, (j, m) => m === 1 || j < m - 1),
  },
  {
    name: "gradients-not-reset",
    wrong:
      "The gradients are added to those of the batch before, because they are not set to zero in between.",
    read: "note 004, the training loops in PyTorch: zero_grad before backward",
    shows: "calls in between",
    make: (right) => {
      let sum: ReturnType<Dense["backward"]>["gradients"] | undefined;
      return withGradients(right, ({ gradients }) => {
        sum = sum === undefined ? gradients : mapParams(add, gradients, sum);
        return sum;
      });
    },
  },
]);

/** The loss with another number to divide by, in the gradient and, if so stated, in the loss. */
const dividedBy = (
  right: Loss<Pair>,
  divisor: (T: Matrix) => number,
  where: "gradient" | "both",
): Loss<Pair> => ({
  ...right,
  forward(Y, T) {
    const { loss, cache } = right.forward(Y, T);
    return { loss: where === "both" ? (loss * Y.cols) / divisor(T) : loss, cache };
  },
  backward: ({ prediction: Y, target: T }) => scale(subtract(Y, T), 1 / divisor(T)),
});

const inLoss = mutationsOf<typeof meanSquaredError>("batching", subjects.meanSquaredError, [
  {
    name: "summed-not-averaged",
    wrong: "Loss and gradient are sums over the batch, not means: 1/m is missing in both.",
    read: batch,
    make: (right) => dividedBy(right, () => 1, "both"),
  },
  {
    name: "averaged-over-units",
    wrong: "The gradient is divided by the number of output units in place of the number of samples.",
    read: batch,
    make: (right) => dividedBy(right, (T) => T.rows, "gradient"),
  },
  {
    name: "size-of-first-batch",
    wrong:
      "Every batch is divided by the size of the first one; the last, smaller batch of an epoch comes out too small.",
    read: 'note 004, "Implementation": m is taken from each batch',
    shows: "calls in between",
    make: (right) => {
      let m: number | undefined;
      return dividedBy(
        right,
        (T) => {
          m ??= T.cols;
          return m;
        },
        "both",
      );
    },
  },
]);

/**
 * Slips in going from one sample to a batch.
 * @example
 * batchingMutations.at(-1).id // "meanSquaredError/size-of-first-batch"
 */
export const batchingMutations: readonly Mutation[] = [...inLayer, ...inLoss];
