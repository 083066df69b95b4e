import { sigmoid } from "../activations";
import { exp, log1p } from "../kernels/functions";
import type { Loss, Pair } from "../losses";
import { precisionOf, zeros } from "../matrix";
import { checkWeights, expectOneEach } from "./class-weights";
import { checkTargets } from "./targets";

/**
 * Sigmoid binary cross-entropy with weights, on the logits Z: E = −1/m Σ wᵢ (pᵢ tᵢⱼ log σ(zᵢⱼ) +
 * (1 − tᵢⱼ) log(1 − σ(zᵢⱼ))) over all entries of m columns; ∂E/∂zᵢⱼ = wᵢ ((1 − tᵢⱼ) σ(zᵢⱼ) − pᵢ tᵢⱼ σ(−zᵢⱼ))/m. The
 * weights wᵢ and pᵢ, one for each row, are PyTorch's `weight` and `pos_weight`; they do not change the divisor. For one
 * output whose classes 0 and 1 weigh w₀ and w₁ take weights [w₀] and positiveWeights [w₁/w₀]. Targets in [0, 1].
 * @throws also if weights are out of range or not as many as the rows
 * @example
 * const loss = weightedSigmoidBinaryCrossEntropy({ positiveWeights: [3] })
 * loss.forward(matrix([[0, 0]]), matrix([[1, 0]])).loss // ≈ 1.38629436
 * loss.backward(loss.forward(matrix([[0, 0]]), matrix([[1, 0]])).cache) // matrix([[-0.75, 0.25]])
 */
export function weightedSigmoidBinaryCrossEntropy(
  options: { readonly weights?: readonly number[]; readonly positiveWeights?: readonly number[] } = {},
): Loss<Pair> {
  const name = "weightedSigmoidBinaryCrossEntropy";
  const { weights, positiveWeights } = options;
  if (weights) checkWeights(name, "weights", weights);
  if (positiveWeights) checkWeights(name, "positiveWeights", positiveWeights);
  return {
    name,
    kinks: [],
    description: { kind: name, weights, positiveWeights },

    forward(prediction, target) {
      checkTargets(name, prediction, target, "in [0, 1]");
      if (weights) expectOneEach(name, "weights", weights, prediction);
      if (positiveWeights) expectOneEach(name, "positiveWeights", positiveWeights, prediction);
      let loss = 0;
      for (let k = 0; k < target.data.length; k++) {
        const [z, t, i] = [prediction.data[k], target.data[k], Math.floor(k / target.cols)];
        const weight = weights ? weights[i] : 1;
        const positive = weight * (positiveWeights ? positiveWeights[i] : 1) * t;
        const negative = weight * (1 - t);
        const rest = log1p(exp(-Math.abs(z)));
        // a factor of 0 contributes 0 also where the other is infinite
        if (positive !== 0) loss += positive * (Math.max(-z, 0) + rest);
        if (negative !== 0) loss += negative * (Math.max(z, 0) + rest);
      }
      return { loss: loss / prediction.cols, cache: { prediction, target } };
    },

    backward({ prediction, target }) {
      const dZ = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
      for (let k = 0; k < target.data.length; k++) {
        const [z, t, i] = [prediction.data[k], target.data[k], Math.floor(k / target.cols)];
        const weight = weights ? weights[i] : 1;
        const positive = weight * (positiveWeights ? positiveWeights[i] : 1) * t;
        const negative = weight * (1 - t);
        dZ.data[k] = (negative * sigmoid.f(z) - positive * sigmoid.f(-z)) / prediction.cols;
      }
      return dZ;
    },
  };
}
