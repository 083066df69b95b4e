import type { Sampler } from "../samplers";
import { type BatchOptions, byKey, checkBatches, cut, permuted } from "./cut";

/**
 * Batches of samples with similar keys, for example sequences of similar length, which then need little padding: the
 * samples are divided into buckets by key, in every epoch shuffled within their bucket and cut into batches, and the
 * batches of all buckets are put in random order. Every sample comes once an epoch, unless dropLast drops the smaller
 * last batch of a bucket. Draws: a permutation for each bucket, by growing key, then one of the batches.
 * @param keys one number for each sample
 * @param buckets how many, of equal numbers of samples or one more; or the boundaries b₁ < b₂ < …: bucket i then holds
 * bᵢ ≤ key < bᵢ₊₁, the first all keys below b₁, the last all from the last boundary on
 * @throws if a key is not finite, the batch size no whole number ≥ 1, a number of buckets not from 1 to that of the
 * samples, boundaries do not grow, or every sample would be dropped
 * Source: note 004, "Order of the training samples"; boundaries as in TensorFlow's `bucket_by_sequence_length`.
 * @example
 * const lengths = [9, 1, 8, 2, 7, 3]
 * bucketed(lengths, 2, 3)(1, randomState(42)).map((batch) => [...batch].map((j) => lengths[j])) // [[3, 7], [2, 1], [9, 8]]
 * bucketed(lengths, 2, [5])(1, randomState(42)).map((batch) => [...batch].map((j) => lengths[j])) // [[3], [7], [1, 2], [8, 9]]
 */
export function bucketed(
  keys: ArrayLike<number>,
  batchSize: number,
  buckets: number | readonly number[],
  options: BatchOptions = {},
): Sampler {
  const sorted = byKey("bucketed", "keys", keys);
  checkBatches("bucketed", sorted.length, batchSize);
  const starts =
    typeof buckets === "number" ? equalParts(sorted.length, buckets) : divide(sorted, keys, buckets);
  const members = starts.map((start, k) => sorted.subarray(start, starts[k + 1]));
  if (options.dropLast && members.every(({ length }) => length < batchSize))
    throw new Error(
      `bucketed: dropLast would drop all ${sorted.length} samples (no bucket holds ${batchSize}, the batch size)`,
    );
  return (_epoch, random) => {
    const batches = members.flatMap((bucket) => cut(permuted(bucket, random), batchSize, options));
    return [...random.permutation(batches.length)].map((k) => batches[k]);
  };
}

/** Where the parts of n samples begin, ⌊n/parts⌋ or one more in each. */
function equalParts(n: number, parts: number): number[] {
  if (!Number.isInteger(parts) || parts < 1 || parts > n)
    throw new Error(`bucketed: there are ${parts} buckets for ${n} samples (a whole number from 1 to ${n})`);
  return Array.from({ length: parts }, (_, k) => Math.floor((k * n) / parts));
}

/** Where the keys reach the boundaries; buckets without a sample fall away. */
function divide(sorted: Int32Array, keys: ArrayLike<number>, boundaries: readonly number[]): number[] {
  boundaries.forEach((boundary, k) => {
    if (!(boundary > (boundaries[k - 1] ?? Number.NEGATIVE_INFINITY)))
      throw new Error(`bucketed: boundaries[${k}] is ${boundary} (boundaries must grow)`);
  });
  const starts = [0, ...boundaries.map((boundary) => sorted.filter((j) => keys[j] < boundary).length)];
  return [...new Set(starts)].filter((start) => start < sorted.length);
}
