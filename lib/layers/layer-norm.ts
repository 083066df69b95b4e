import { type Initializer, oneInit, zeroInit } from "../initializers";
import { expectInput, expectShape, type Layer } from "../layer";
import { addColumn, hadamard, type Matrix, type Precision, rowSums, subtract } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { addRow, columnMeans, negative, scaleColumns, scaleRows } from "../matrix-rows";

/** The parameters of `layerNorm`: gain γ and shift β, one entry for each feature. */
export type LayerNormParams = { readonly gain: Matrix; readonly shift: Matrix };

/** What `layerNorm` keeps: Â, of the shape of A, and 1/√(σ² + ε), one entry for each sample. */
export interface LayerNormCache {
  readonly normalized: Matrix;
  readonly inverseDeviation: Matrix;
}

/** What may be chosen for `layerNorm`. */
export interface LayerNormOptions {
  /** ε > 0; default 1e-5, as in PyTorch. */
  readonly epsilon?: number;
  /** Default oneInit. */
  readonly gain?: Initializer;
  /** Default zeroInit. */
  readonly shift?: Initializer;
  readonly name?: string;
  /** Default "float64". */
  readonly precision?: Precision;
}

/**
 * Layer normalization of A, features×m: each sample (column) is shifted and scaled over its features to mean 0 and
 * variance 1, then each feature gets gain γ and shift β, features×1. With the mean μ and the variance σ² (divided by
 * the number of features) of each column,
 *
 *     Â = (A − 1 μ) diag(1/√(σ² + ε))        Y = diag(γ) Â + β 1ᵀ
 *
 * and with dY = ∂E/∂Y, dÂ = diag(γ) dY, and means over each column,
 *
 *     dγ = (dY ⊙ Â) 1        dβ = dY 1        dA = (dÂ − 1 mean(dÂ) − Â diag(mean(dÂ ⊙ Â))) diag(1/√(σ² + ε))
 *
 * Each column of dA is orthogonal to 1 and, but for ε, to that of Â: adding to a sample or scaling it changes nothing.
 * A sample with equal features has Â = 0 and Y = β. It computes the same in training and after it. `init` draws the
 * gain, then the shift.
 * @throws if features or ε is out of range, or A, dY or the parameters have other shapes
 * Source: J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450 (2016), equation 3; PyTorch's `nn.LayerNorm` (ε).
 * @example
 * const layer = layerNorm(2)
 * const params = layer.init(randomState(1))
 * const { output, cache } = layer.forward(params, matrix([[1, 5], [3, 5]]))
 * output.data // ≈ [-0.999995, 0, 0.999995, 0]
 * layer.backward(params, cache, matrix([[1, 1], [0, 0]])).gradients.shift // matrix([[2], [0]])
 * layer.forward(params, matrix([[1]])) // throws /layerNorm.forward: A is 1×1, expected 2×1/
 */
export function layerNorm(
  features: number,
  options: LayerNormOptions = {},
): Layer<LayerNormParams, LayerNormCache> {
  const { epsilon = 1e-5, gain = oneInit, shift = zeroInit, name = "layerNorm" } = options;
  const { precision = "float64" } = options;
  if (!Number.isInteger(features) || features < 1)
    throw new Error(`layerNorm: features is ${features} (it must be a whole number ≥ 1)`);
  if (!(epsilon > 0 && Number.isFinite(epsilon)))
    throw new Error(`layerNorm: epsilon is ${epsilon} (it must be a finite number > 0)`);
  return {
    name,
    description: { kind: "layerNorm", features, epsilon },

    init: (random) => ({
      gain: gain(random, features, 1, precision),
      shift: shift(random, features, 1, precision),
    }),

    forward({ gain, shift }, A) {
      expectShape(`${name}.forward: gain`, gain, features, 1);
      expectShape(`${name}.forward: shift`, shift, features, 1);
      expectInput(`${name}.forward: A`, A, features, gain);
      const mean = columnMeans(A);
      const centered = addRow(A, negative(mean));
      const variance = columnMeans(hadamard(centered, centered));
      const inverseDeviation = mapEntries(variance, (v) => 1 / Math.sqrt(v + epsilon));
      const normalized = scaleColumns(centered, inverseDeviation);
      const output = addColumn(scaleRows(normalized, gain), shift);
      return { output, cache: { normalized, inverseDeviation } };
    },

    backward({ gain }, { normalized, inverseDeviation }, dOutput) {
      expectShape(`${name}.backward: dOutput`, dOutput, features, normalized.cols);
      const dNormalized = scaleRows(dOutput, gain);
      const alongOnes = columnMeans(dNormalized);
      const alongNormalized = columnMeans(hadamard(dNormalized, normalized));
      const across = subtract(
        addRow(dNormalized, negative(alongOnes)),
        scaleColumns(normalized, alongNormalized),
      );
      return {
        dInput: scaleColumns(across, inverseDeviation),
        gradients: { gain: rowSums(hadamard(dOutput, normalized)), shift: rowSums(dOutput) },
      };
    },
  };
}
