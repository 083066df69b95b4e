import type { Layer } from "../layer";
import type { BatchNormCache, BatchNormParams } from "../layers/batch-norm";
import { addColumn, hadamard, type Matrix, scale, subtract } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { addRow, columnMeans, negative, rowMeans, scaleColumns, scaleRows } from "../matrix-rows";
import { type Step, withGradients, withInputGradient } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

type BatchNorm = Layer<BatchNormParams, BatchNormCache>;
type BatchNormStep = Step<BatchNormParams, BatchNormCache>;

const paper = "S. Ioffe, C. Szegedy, ICML (2015) 448";
const backward = `${paper}, section 3: the chain through variance and mean`;
const running = `${paper}, algorithm 2; PyTorch's documentation of BatchNorm1d`;

const epsilonOf = ({ description }: BatchNorm) => (description as { epsilon: number }).epsilon;

/** ∂E/∂Â, and it less its mean, or less its part along Â. */
const normalizedError = ({ params, dOutput }: BatchNormStep) => scaleRows(dOutput, params.gain);
const lessMean = (D: Matrix) => addColumn(D, negative(rowMeans(D)));
const along = (D: Matrix, normalized: Matrix) => scaleRows(normalized, rowMeans(hadamard(D, normalized)));

/** The layer whose forward divides by another deviation than √(σ² + ε). */
const dividedBy = (
  right: BatchNorm,
  deviation: (variance: number, m: number, epsilon: number) => number,
): BatchNorm => ({
  ...right,
  forward(params, A, random) {
    const { cache } = right.forward(params, A, random);
    const inverseDeviation = mapEntries(cache.variance, (v) => 1 / deviation(v, A.cols, epsilonOf(right)));
    const normalized = scaleRows(addColumn(A, negative(cache.mean)), inverseDeviation);
    const output = addColumn(scaleRows(normalized, params.gain), params.shift);
    return { output, cache: { ...cache, normalized, inverseDeviation } };
  },
});

/**
 * Batch normalization.
 * @example
 * batchNormMutations.at(-1).id // "batchNorm/batch-statistics-after-training"
 */
export const batchNormMutations: readonly Mutation[] = mutationsOf<BatchNorm>(
  "batch normalization",
  subjects.batchNorm,
  [
    {
      name: "mean-term-forgotten",
      wrong: "The term of the mean is missing: that every input moves the batch's mean is left out.",
      read: backward,
      make: (right) =>
        withInputGradient(right, (step) => {
          const D = normalizedError(step);
          return scaleRows(subtract(D, along(D, step.cache.normalized)), step.cache.inverseDeviation);
        }),
    },
    {
      name: "variance-term-forgotten",
      wrong: "The term of the variance is missing: that every input moves the batch's variance is left out.",
      read: backward,
      make: (right) =>
        withInputGradient(right, (step) =>
          scaleRows(lessMean(normalizedError(step)), step.cache.inverseDeviation),
        ),
    },
    {
      name: "statistics-as-constants",
      wrong:
        "Mean and variance count as constants, as after training; in training they depend on every sample.",
      read: backward,
      make: (right) =>
        withInputGradient(right, (step) => scaleRows(normalizedError(step), step.cache.inverseDeviation)),
    },
    {
      name: "gain-forgotten",
      wrong: "The error goes back without the gain γ.",
      read: backward,
      make: (right) =>
        withInputGradient(right, ({ dOutput: D, cache: { normalized, inverseDeviation } }) =>
          scaleRows(subtract(lessMean(D), along(D, normalized)), inverseDeviation),
        ),
    },
    {
      name: "statistics-over-features",
      wrong:
        "In backward the means run along the wrong axis: over the features of a sample, not over the samples of a feature.",
      read: backward,
      make: (right) =>
        withInputGradient(right, (step) => {
          const { normalized, inverseDeviation } = step.cache;
          const D = normalizedError(step);
          const alongNormalized = scaleColumns(normalized, columnMeans(hadamard(D, normalized)));
          const across = subtract(addRow(D, negative(columnMeans(D))), alongNormalized);
          return scaleRows(across, inverseDeviation);
        }),
    },
    {
      name: "gain-gradient-of-input",
      wrong: "The gradient of the gain is built with the layer's input in place of the normalized values.",
      read: backward,
      make: (right) =>
        withGradients(right, ({ dOutput, cache: { normalized, inverseDeviation, mean } }) => {
          const centered = scaleRows(
            normalized,
            mapEntries(inverseDeviation, (s) => 1 / s),
          );
          const A = addColumn(centered, mean);
          return { gain: scale(rowMeans(hadamard(dOutput, A)), A.cols) };
        }),
    },
    {
      name: "shift-gradient-averaged",
      wrong: "The gradient of the shift is averaged over the batch; it is a sum, as 1/m stands in the loss.",
      read: backward,
      make: (right) => withGradients(right, ({ dOutput }) => ({ shift: rowMeans(dOutput) })),
    },
    {
      name: "unbiased-variance",
      wrong:
        "Forward divides by the unbiased deviation, with m − 1, backward is that of the biased one; only the running variance is unbiased.",
      read: `${paper}, algorithm 1`,
      make: (right) => dividedBy(right, (v, m, epsilon) => Math.sqrt((v * m) / (m - 1) + epsilon)),
    },
    {
      name: "epsilon-outside-root",
      wrong: "ε is added to the deviation, outside the root, in place of the variance.",
      read: `${paper}, algorithm 1`,
      make: (right) => dividedBy(right, (v, _m, epsilon) => Math.sqrt(v) + epsilon),
    },
    {
      name: "running-variance-biased",
      wrong: "The running variance collects the batches' biased variances, divided by m and not by m − 1.",
      read: running,
      shows: "after training",
      make: (right) => ({
        ...right,
        observe: (params, cache) => {
          const m = cache.normalized.cols;
          const biased = { ...cache, variance: scale(cache.variance, (m - 1) / m) };
          return right.observe?.(params, biased) ?? params;
        },
      }),
    },
    {
      name: "batch-statistics-after-training",
      wrong:
        "After training the layer still normalizes by the batch before it, so that a sample's output depends on its neighbours.",
      read: running,
      shows: "after training",
      make: (right) => ({ ...right, inference: undefined }),
    },
  ],
);
