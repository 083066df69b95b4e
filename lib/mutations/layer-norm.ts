import type { Layer } from "../layer";
import type { LayerNormCache, LayerNormParams } from "../layers/layer-norm";
import { addColumn, hadamard, type Matrix, subtract } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { addRow, columnMeans, negative, rowMeans, scaleColumns, scaleRows } from "../matrix-rows";
import { type Step, withInputGradient } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

type LayerNorm = Layer<LayerNormParams, LayerNormCache>;
type LayerNormStep = Step<LayerNormParams, LayerNormCache>;

const read = "J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450, equation 3";

const normalizedError = ({ params, dOutput }: LayerNormStep) => scaleRows(dOutput, params.gain);
const lessMean = (D: Matrix) => addRow(D, negative(columnMeans(D)));
const along = (D: Matrix, normalized: Matrix) =>
  scaleColumns(normalized, columnMeans(hadamard(D, normalized)));

/**
 * Layer normalization.
 * @example
 * layerNormMutations.at(-1).id // "layerNorm/epsilon-forgotten-in-backward"
 */
export const layerNormMutations: readonly Mutation[] = mutationsOf<LayerNorm>(
  "layer normalization",
  subjects.layerNorm,
  [
    {
      name: "mean-term-forgotten",
      wrong: "The term of the mean is missing: that every feature moves the sample's mean is left out.",
      read,
      make: (right) =>
        withInputGradient(right, (step) => {
          const D = normalizedError(step);
          return scaleColumns(subtract(D, along(D, step.cache.normalized)), step.cache.inverseDeviation);
        }),
    },
    {
      name: "variance-term-forgotten",
      wrong:
        "The term of the variance is missing: that every feature moves the sample's variance is left out.",
      read,
      make: (right) =>
        withInputGradient(right, (step) =>
          scaleColumns(lessMean(normalizedError(step)), step.cache.inverseDeviation),
        ),
    },
    {
      name: "gain-after-means",
      wrong:
        "The gain γ is multiplied in after the means; here it differs within a mean, unlike in batch normalization, and belongs inside.",
      read,
      make: (right) =>
        withInputGradient(right, ({ params, dOutput: D, cache: { normalized, inverseDeviation } }) => {
          const across = subtract(lessMean(D), along(D, normalized));
          return scaleRows(scaleColumns(across, inverseDeviation), params.gain);
        }),
    },
    {
      name: "statistics-over-samples",
      wrong:
        "In backward the means run over the samples of the batch, as in batch normalization; each sample stands by itself here.",
      read,
      make: (right) =>
        withInputGradient(right, (step) => {
          const { normalized, inverseDeviation } = step.cache;
          const D = normalizedError(step);
          const alongNormalized = scaleRows(normalized, rowMeans(hadamard(D, normalized)));
          const across = subtract(addColumn(D, negative(rowMeans(D))), alongNormalized);
          return scaleColumns(across, inverseDeviation);
        }),
    },
    {
      name: "epsilon-forgotten-in-backward",
      wrong: "Backward divides by the deviation without ε, forward by the one with it.",
      read,
      make: (right) =>
        withInputGradient(right, ({ dInput, cache: { inverseDeviation } }) => {
          const { epsilon } = right.description as { epsilon: number };
          // 1/σ over 1/√(σ² + ε)
          const factors = mapEntries(inverseDeviation, (s) => 1 / Math.sqrt(1 - epsilon * s * s));
          return scaleColumns(dInput, factors);
        }),
    },
  ],
);
