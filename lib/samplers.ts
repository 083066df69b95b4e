import type { Random } from "./random";
import { type BatchOptions, byKey, checkBatches, cut } from "./samplers/cut";

/**
 * The order of an epoch: lists of sample indices (columns of X, from 0), one list a mini-batch. Epochs count from 1.
 * What is random is drawn from `random`, so the same generator at the same position gives the same batches.
 * The lists are not to be changed.
 */
export type Sampler = (epoch: number, random: Random) => readonly Int32Array[];

/**
 * All samples once an epoch, in a new random order each time: one permutation, `random.permutation(samples)`, cut into
 * batches. The draws are those of train's own shuffling.
 * @throws if a number is not a whole number ≥ 1, or every sample would be dropped
 * Source: note 004, "Order of the training samples"; L. Bottou, "Stochastic Gradient Descent Tricks" (2012).
 * @example
 * shuffled(5, 2)(1, randomState(42)) // [Int32Array.from([1, 4]), Int32Array.from([2, 0]), Int32Array.from([3])]
 * shuffled(5, 2, { dropLast: true })(1, randomState(42)) // [Int32Array.from([1, 4]), Int32Array.from([2, 0])]
 */
export function shuffled(samples: number, batchSize: number, options: BatchOptions = {}): Sampler {
  checkBatches("shuffled", samples, batchSize, options);
  return (_epoch, random) => cut(random.permutation(samples), batchSize, options);
}

/**
 * All samples in their order, 0, 1, 2, …, the same in every epoch. It draws nothing.
 * @throws as shuffled does
 * @example
 * fixedOrder(5, 2)(1, randomState(42)) // [Int32Array.from([0, 1]), Int32Array.from([2, 3]), Int32Array.from([4])]
 */
export function fixedOrder(samples: number, batchSize: number, options: BatchOptions = {}): Sampler {
  checkBatches("fixedOrder", samples, batchSize, options);
  const batches = cut(
    Int32Array.from({ length: samples }, (_, j) => j),
    batchSize,
    options,
  );
  return () => batches;
}

/**
 * All samples by growing key, equal keys by index, the same in every epoch: with labels as keys sorted by class, with
 * times in time's order, with negative difficulties from hard to easy. It draws nothing.
 * @param keys one number for each sample
 * @throws if a key is not finite, the batch size is not a whole number ≥ 1, or every sample would be dropped
 * @example
 * sortedBy([1, 0, 1, 0], 2)(1, randomState(42)) // [Int32Array.from([1, 3]), Int32Array.from([0, 2])]
 */
export function sortedBy(keys: ArrayLike<number>, batchSize: number, options: BatchOptions = {}): Sampler {
  const order = byKey("sortedBy", "keys", keys);
  checkBatches("sortedBy", order.length, batchSize, options);
  const batches = cut(order, batchSize, options);
  return () => batches;
}
