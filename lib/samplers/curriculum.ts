import type { Sampler } from "../samplers";
import { type BatchOptions, byKey, checkBatches, cut, permuted } from "./cut";

/** The share of the samples, the easiest ones, that an epoch uses: a number in (0, 1]. Epochs count from 1. */
export type Pacing = (epoch: number) => number;

/**
 * From easy to hard: an epoch takes the easiest share of the samples, `pacing(epoch)` of m rounded to a whole number
 * (at least 1), in random order. Each of them comes once; once the share is 1 every sample does. Draws one permutation
 * of the samples taken. Negative difficulties give the reverse, from hard to easy.
 * @param difficulty one number for each sample; of equal ones the first count as easier
 * @throws if a difficulty is not finite, the batch size no whole number ≥ 1, a share is not in (0, 1], or dropLast
 * leaves an epoch without a batch
 * Source: Y. Bengio, J. Louradour, R. Collobert, J. Weston, ICML (2009) 41; note 004, "Order of the training samples".
 * @example
 * const half = curriculum([0.9, 0.1, 0.2, 0.8], 2, (epoch) => (epoch < 5 ? 0.5 : 1))
 * half(1, randomState(1)).map((batch) => [...batch]) // [[1, 2]]
 * half(5, randomState(1)).map((batch) => [...batch]) // [[0, 3], [1, 2]]
 */
export function curriculum(
  difficulty: ArrayLike<number>,
  batchSize: number,
  pacing: Pacing,
  options: BatchOptions = {},
): Sampler {
  const easiest = byKey("curriculum", "difficulty", difficulty);
  checkBatches("curriculum", easiest.length, batchSize, options);
  return (epoch, random) => {
    const share = pacing(epoch);
    if (!(share > 0 && share <= 1))
      throw new Error(`curriculum: the share of epoch ${epoch} is ${share} (it must be in (0, 1])`);
    const taken = Math.max(1, Math.round(share * easiest.length));
    checkBatches(`curriculum, epoch ${epoch}`, taken, batchSize, options);
    return cut(permuted(easiest.subarray(0, taken), random), batchSize, options);
  };
}

/**
 * A share that grows evenly, from `start` in epoch 1 to 1 in epoch `epochs` and after it.
 * @throws if start is not in (0, 1] or epochs is not a whole number ≥ 2
 * Source: E. A. Platanios et al., NAACL (2019) 1162, the linear competence.
 * @example
 * [1, 2, 3, 4].map(linearPacing(0.5, 3)) // [0.5, 0.75, 1, 1]
 */
export function linearPacing(start: number, epochs: number): Pacing {
  checkStart("linearPacing", start);
  if (!Number.isInteger(epochs) || epochs < 2)
    throw new Error(`linearPacing: epochs is ${epochs} (it must be a whole number ≥ 2)`);
  return (epoch) => (epoch >= epochs ? 1 : start + ((1 - start) * (epoch - 1)) / (epochs - 1));
}

/**
 * A share that is multiplied by a factor every so many epochs: min(1, start · factor^⌊(epoch − 1)/every⌋).
 * @throws if start is not in (0, 1], the factor not a finite number > 1, or `every` not a whole number ≥ 1
 * Source: G. Hacohen, D. Weinshall, ICML (2019) 2535, fixed exponential pacing, which counts batches, not epochs.
 * @example
 * [1, 2, 3, 4, 5, 6, 7].map(exponentialPacing(0.25, 2, 2)) // [0.25, 0.25, 0.5, 0.5, 1, 1, 1]
 */
export function exponentialPacing(start: number, factor: number, every = 1): Pacing {
  checkStart("exponentialPacing", start);
  if (!(factor > 1 && Number.isFinite(factor)))
    throw new Error(`exponentialPacing: the factor is ${factor} (it must be a finite number > 1)`);
  if (!Number.isInteger(every) || every < 1)
    throw new Error(`exponentialPacing: every is ${every} (it must be a whole number ≥ 1)`);
  return (epoch) => {
    let share = start;
    for (let k = every; k < epoch && share < 1; k += every) share = Math.min(1, share * factor);
    return share;
  };
}

function checkStart(where: string, start: number): void {
  if (!(start > 0 && start <= 1)) throw new Error(`${where}: start is ${start} (it must be in (0, 1])`);
}
