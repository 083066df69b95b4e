import { type Initializer, oneInit, zeroInit } from "../initializers";
import { expectInput, expectShape, type Layer } from "../layer";
import { addColumn, hadamard, type Matrix, type Precision, rowSums, shape, subtract, zeros } from "../matrix";
import { full, mapEntries } from "../matrix-entries";
import { negative, rowMeans, scaleRows } from "../matrix-rows";
import { zerosLike } from "../params";

/**
 * The parameters of `batchNorm`, each with one entry for each feature: gain γ and shift β, which are learned, and the
 * running statistics, which are not: their gradient is 0, and `observe` moves them.
 */
export type BatchNormParams = {
  readonly gain: Matrix;
  readonly shift: Matrix;
  readonly runningMean: Matrix;
  readonly runningVariance: Matrix;
};

/** What `batchNorm` keeps: Â, of the shape of A, and for each feature 1/√(σ² + ε), μ and σ². */
export interface BatchNormCache {
  readonly normalized: Matrix;
  readonly inverseDeviation: Matrix;
  readonly mean: Matrix;
  readonly variance: Matrix;
}

/** What may be chosen for `batchNorm`. */
export interface BatchNormOptions {
  /** ε > 0; default 1e-5. */
  readonly epsilon?: number;
  /** The weight of the new batch in the running statistics, in [0, 1]; default 0.1. */
  readonly momentum?: number;
  /** Default oneInit. */
  readonly gain?: Initializer;
  /** Default zeroInit. */
  readonly shift?: Initializer;
  readonly name?: string;
  /** Default "float64". */
  readonly precision?: Precision;
}

/**
 * Batch normalization of A, features×m: each feature (row) is shifted and scaled over the batch to mean 0 and variance
 * 1, then gets gain γ and shift β, features×1. With the mean μ and the variance σ² (divided by m) of each row,
 *
 *     Â = diag(1/√(σ² + ε)) (A − μ 1ᵀ)        Y = diag(γ) Â + β 1ᵀ
 *
 * The paper's chain through σ² and μ, put together: with dY = ∂E/∂Y, dÂ = diag(γ) dY, and means over each row,
 *
 *     dγ = (dY ⊙ Â) 1        dβ = dY 1        dA = diag(1/√(σ² + ε)) (dÂ − mean(dÂ) 1ᵀ − diag(mean(dÂ ⊙ Â)) Â)
 *
 * Each row of dA is orthogonal to 1 and, but for ε, to that of Â: adding to a feature or scaling it changes nothing.
 * A feature that is constant over the batch has Â = 0 and Y = β.
 *
 * After a forward in training `observe` moves the running statistics, which start at 0 and 1, as PyTorch does:
 *
 *     running ← (1 − momentum) running + momentum · new,   new = μ and the unbiased m/(m − 1) σ²
 *
 * (TensorFlow's momentum is 1 minus this one.) `inference()` computes with them instead of μ and σ², so that samples no
 * longer depend on each other; there dA = diag(γ/√(running variance + ε)) dY. In both the running statistics count as
 * constants. `init` draws the gain, then the shift.
 * @throws if a setting is out of range, A, dY or the parameters have other shapes, or in training A has one column,
 * whose variance is 0
 * Source: S. Ioffe, C. Szegedy, ICML (2015) 448, algorithms 1 and 2 and section 3; PyTorch's `nn.BatchNorm1d` (ε,
 * momentum).
 * @example
 * import { forInference } from "../layer"
 * const layer = batchNorm(1)
 * const params = layer.init(randomState(1))
 * const { output, cache } = layer.forward(params, matrix([[1, 3, 5]]))
 * output.data // ≈ [-1.224743, 0, 1.224743]
 * layer.backward(params, cache, matrix([[1, 0, 0]])).dInput.data // ≈ [0.10206303, -0.20412376, 0.10206073]
 * const moved = layer.observe(params, cache)
 * moved.runningMean.data // ≈ [0.3]
 * moved.runningVariance.data // ≈ [1.3]
 * forInference(layer).forward(moved, matrix([[1.44]])).output.data // ≈ [0.99984]
 * layer.forward(params, matrix([[1]])) // throws /batchNorm.forward: A is 1×1, and one sample has variance 0/
 */
export function batchNorm(
  features: number,
  options: BatchNormOptions = {},
): Layer<BatchNormParams, BatchNormCache> {
  const { epsilon = 1e-5, momentum = 0.1, name = "batchNorm", precision = "float64" } = options;
  const { gain = oneInit, shift = zeroInit } = options;
  if (!Number.isInteger(features) || features < 1)
    throw new Error(`batchNorm: features is ${features} (it must be a whole number ≥ 1)`);
  if (!(epsilon > 0 && Number.isFinite(epsilon)))
    throw new Error(`batchNorm: epsilon is ${epsilon} (it must be a finite number > 0)`);
  if (!(momentum >= 0 && momentum <= 1))
    throw new Error(`batchNorm: momentum is ${momentum} (it must be in [0, 1])`);

  const init: Layer<BatchNormParams>["init"] = (random) => ({
    gain: gain(random, features, 1, precision),
    shift: shift(random, features, 1, precision),
    runningMean: zeros(features, 1, precision),
    runningVariance: full(features, 1, 1, precision),
  });
  const inverseRoot = (variance: Matrix) => mapEntries(variance, (v) => 1 / Math.sqrt(v + epsilon));
  const expectShapes = (params: BatchNormParams, A: Matrix) => {
    for (const which of ["gain", "shift", "runningMean", "runningVariance"] as const)
      expectShape(`${name}.forward: ${which}`, params[which], features, 1);
    expectInput(`${name}.forward: A`, A, features, params.gain);
  };
  /** dγ, dβ, and no gradient for the running statistics. */
  const gradientsOf = (params: BatchNormParams, normalized: Matrix, dOutput: Matrix) => ({
    gain: rowSums(hadamard(dOutput, normalized)),
    shift: rowSums(dOutput),
    runningMean: zerosLike(params.runningMean),
    runningVariance: zerosLike(params.runningVariance),
  });

  const trained: Layer<BatchNormParams, Pick<BatchNormCache, "normalized" | "inverseDeviation">> = {
    name,
    description: { kind: "batchNorm", features, epsilon, statistics: "running" },
    init,

    forward(params, A) {
      expectShapes(params, A);
      const inverseDeviation = inverseRoot(params.runningVariance);
      const normalized = scaleRows(addColumn(A, negative(params.runningMean)), inverseDeviation);
      const output = addColumn(scaleRows(normalized, params.gain), params.shift);
      return { output, cache: { normalized, inverseDeviation } };
    },

    backward(params, { normalized, inverseDeviation }, dOutput) {
      expectShape(`${name}.backward: dOutput`, dOutput, features, normalized.cols);
      const dInput = scaleRows(scaleRows(dOutput, params.gain), inverseDeviation);
      return { dInput, gradients: gradientsOf(params, normalized, dOutput) };
    },
  };

  return {
    name,
    description: { kind: "batchNorm", features, epsilon, statistics: "batch" },
    init,

    forward(params, A) {
      expectShapes(params, A);
      if (A.cols < 2)
        throw new Error(
          `${name}.forward: A is ${shape(A)}, and one sample has variance 0 (train on batches of two or more; after training use forInference(layer))`,
        );
      const mean = rowMeans(A);
      const centered = addColumn(A, negative(mean));
      const variance = rowMeans(hadamard(centered, centered));
      const inverseDeviation = inverseRoot(variance);
      const normalized = scaleRows(centered, inverseDeviation);
      const output = addColumn(scaleRows(normalized, params.gain), params.shift);
      return { output, cache: { normalized, inverseDeviation, mean, variance } };
    },

    backward(params, { normalized, inverseDeviation }, dOutput) {
      expectShape(`${name}.backward: dOutput`, dOutput, features, normalized.cols);
      const dNormalized = scaleRows(dOutput, params.gain);
      const alongOnes = rowMeans(dNormalized);
      const alongNormalized = rowMeans(hadamard(dNormalized, normalized));
      const across = subtract(
        addColumn(dNormalized, negative(alongOnes)),
        scaleRows(normalized, alongNormalized),
      );
      const dInput = scaleRows(across, inverseDeviation);
      return { dInput, gradients: gradientsOf(params, normalized, dOutput) };
    },

    observe(params, { normalized: { cols: m }, mean, variance }) {
      const move = (running: Matrix, batch: Matrix, factor: number) =>
        mapEntries(running, (r, i) => (1 - momentum) * r + momentum * factor * batch.data[i]);
      return {
        ...params,
        runningMean: move(params.runningMean, mean, 1),
        runningVariance: move(params.runningVariance, variance, m / (m - 1)),
      };
    },

    inference: () => trained,
  };
}
