import { gradientNorm as norm } from "../optimizers/gradient-norm";
import type { Params } from "../params";
import { zerosLike } from "../params";
import { addScaled, innerProduct } from "./tree";

/** How the gradients of batches scatter, and whether they are right on average. */
export interface GradientNoise {
  /** ‖ḡ‖ of the batches' mean gradient ḡ. */
  readonly meanNorm: number;
  /** (1/(n − 1)) Σ ‖gₖ − ḡ‖², the trace of the batch gradients' covariance. */
  readonly variance: number;
  /** variance/‖ḡ‖². For random batches of B samples, times B, the simple noise scale tr Σ/‖G‖². */
  readonly noiseToSignal: number;
  /** For each batch the cosine of the angle between gₖ and the reference gradient. */
  readonly cosines: readonly number[];
  /** ‖ḡ − G‖/‖G‖ against the reference gradient G: the bias of the batches taken together. */
  readonly bias: number;
}

/**
 * Mean, scatter and bias of the gradients of several batches at the same parameters. Of all batches of one epoch the
 * bias is rounding where they are equally large and hold every sample once, and shows where samples are left out or
 * repeated. Of the k-th batch over many epochs it is the bias that the order of the samples gives that step.
 * @param gradients one tree for each batch, at least two
 * @param full G, the gradient of all samples; the batches' mean unless given
 * @throws if there are fewer than two batches, or trees differ in form
 * Source: S. McCandlish et al., "An Empirical Model of Large-Batch Training", arXiv:1812.06162 (2018).
 * @example
 * gradientNoise([matrix([[1, 1]]), matrix([[1, -1]])]).variance // 2
 * gradientNoise([matrix([[1, 1]]), matrix([[1, -1]])]).noiseToSignal // 2
 * gradientNoise([matrix([[1, 1]]), matrix([[1, -1]])], matrix([[2, 0]])).bias // 0.5
 */
export function gradientNoise<P extends Params>(gradients: readonly P[], full?: P): GradientNoise {
  const n = gradients.length;
  if (n < 2) throw new Error(`gradientNoise: there are ${n} gradients (scatter needs at least two)`);
  const total = gradients.reduce((sum, g) => addScaled(sum, 1, g), zerosLike(gradients[0]));
  const mean = addScaled(zerosLike(total), 1 / n, total);
  const reference = full ?? mean;
  const scatter = gradients.reduce((sum, g) => {
    const deviation = addScaled(g, -1, mean);
    return sum + innerProduct(deviation, deviation);
  }, 0);
  const variance = scatter / (n - 1);
  const meanNorm = norm(mean);
  return {
    meanNorm,
    variance,
    noiseToSignal: variance / (meanNorm * meanNorm),
    cosines: gradients.map((g) => innerProduct(g, reference) / (norm(g) * norm(reference))),
    bias: norm(addScaled(mean, -1, reference)) / norm(reference),
  };
}
