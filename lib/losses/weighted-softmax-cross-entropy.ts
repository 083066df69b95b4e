import type { Loss, PairWithProbabilities } from "../losses";
import { precisionOf, zeros } from "../matrix";
import { checkWeights, expectOneEach } from "./class-weights";
import { columnSoftmax, logProbability } from "./column-softmax";
import { checkDistributions, checkTargets } from "./targets";

/** What weightedSoftmaxCrossEntropy keeps. */
export interface WeightedCache extends PairWithProbabilities {
  /** What the sum is divided by: the number of samples, or the sum of their weights. */
  readonly divisor: number;
}

/**
 * Softmax cross-entropy with a weight for each class, on the logits Z: E = −1/N Σ wᵢ tᵢⱼ log aᵢⱼ with a = softmax(z) by
 * column; ∂E/∂zᵢⱼ = (aᵢⱼ Σₖ wₖ tₖⱼ − wᵢ tᵢⱼ)/N. By default N is the number of samples m, so that a weight is a factor
 * on its class's losses. With normalization "weights" it is the sum of the batch's weights Σ wᵢ tᵢⱼ, as in PyTorch's
 * cross_entropy for class labels. Targets as for softmaxCrossEntropy; with all weights 1 the loss is that one.
 * @param weights one for each class, finite and ≥ 0
 * @throws also if the weights are out of range or not as many as the rows, or the batch's weights sum to 0 and are
 * divided by
 * @example
 * const loss = weightedSoftmaxCrossEntropy([1, 3])
 * loss.forward(matrix([[0, 0], [0, 0]]), matrix([[1, 0], [0, 1]])).loss // ≈ 1.38629436
 * const byWeights = weightedSoftmaxCrossEntropy([1, 3], { normalization: "weights" })
 * byWeights.forward(matrix([[0, 0], [0, 0]]), matrix([[1, 0], [0, 1]])).loss // ≈ 0.69314718
 * weightedSoftmaxCrossEntropy([1, -1]) // throws /weights\[1\] is -1 \(a weight must be a finite number ≥ 0\)/
 */
export function weightedSoftmaxCrossEntropy(
  weights: readonly number[],
  { normalization = "samples" }: { normalization?: "samples" | "weights" } = {},
): Loss<WeightedCache> {
  const name = "weightedSoftmaxCrossEntropy";
  if (normalization !== "samples" && normalization !== "weights")
    throw new Error(`${name}: normalization is ${normalization} (allowed are "samples" and "weights")`);
  checkWeights(name, "weights", weights);
  return {
    name,
    kinks: [],
    description: { kind: name, weights, normalization },
    forward(prediction, target) {
      checkTargets(name, prediction, target, "in [0, 1]");
      checkDistributions(name, target);
      expectOneEach(name, "weights", weights, prediction);
      const softmax = columnSoftmax(prediction);
      let loss = 0;
      let total = 0;
      for (let k = 0; k < target.data.length; k++) {
        const weight = weights[Math.floor(k / target.cols)] * target.data[k];
        total += weight;
        // what has no weight contributes 0 also where the logarithm is −∞
        if (weight !== 0) loss -= weight * logProbability(prediction, softmax, k);
      }
      const divisor = normalization === "samples" ? target.cols : total;
      if (divisor === 0)
        throw new Error(`${name}: the weights of this batch sum to 0 (nothing to divide by)`);
      return {
        loss: loss / divisor,
        cache: { prediction, target, probabilities: softmax.probabilities, divisor },
      };
    },
    backward({ probabilities: A, target: T, divisor }) {
      const { rows, cols } = T;
      const dZ = zeros(rows, cols, precisionOf(T));
      for (let j = 0; j < cols; j++) {
        let ofSample = 0;
        for (let i = 0; i < rows; i++) ofSample += weights[i] * T.data[i * cols + j];
        for (let i = 0; i < rows; i++) {
          const k = i * cols + j;
          dZ.data[k] = (A.data[k] * ofSample - weights[i] * T.data[k]) / divisor;
        }
      }
      return dZ;
    },
  };
}
