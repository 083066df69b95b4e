/** What may be chosen where samples are cut into batches. */
export interface BatchOptions {
  /** Whether a last batch with fewer samples than the others is left out; false unless given. */
  readonly dropLast?: boolean;
}

/**
 * The samples in their order, cut into batches; the last may be smaller, or is dropped. The batches are views of
 * `order`.
 * @example
 * cut(Int32Array.from([4, 2, 0, 1, 3]), 2) // [Int32Array.from([4, 2]), Int32Array.from([0, 1]), Int32Array.from([3])]
 * cut(Int32Array.from([4, 2, 0]), 2, { dropLast: true }) // [Int32Array.from([4, 2])]
 */
export function cut(
  order: Int32Array,
  batchSize: number,
  { dropLast = false }: BatchOptions = {},
): Int32Array[] {
  const batches: Int32Array[] = [];
  for (let from = 0; from < order.length; from += batchSize)
    if (!dropLast || from + batchSize <= order.length) batches.push(order.subarray(from, from + batchSize));
  return batches;
}

/**
 * Nothing if a sampler can make batches of its settings.
 * @throws if a number is not a whole number ≥ 1, or every sample would be dropped
 * @example
 * checkBatches("shuffled", 10, 0) // throws /shuffled: batchSize is 0 \(it must be a whole number ≥ 1\)/
 * checkBatches("shuffled", 3, 4, { dropLast: true }) // throws /shuffled: dropLast would drop all 3 samples/
 */
export function checkBatches(
  where: string,
  samples: number,
  batchSize: number,
  { dropLast = false }: BatchOptions = {},
): void {
  for (const [what, value] of [
    ["samples", samples],
    ["batchSize", batchSize],
  ] as const)
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`${where}: ${what} is ${value} (it must be a whole number ≥ 1)`);
  if (dropLast && batchSize > samples)
    throw new Error(
      `${where}: dropLast would drop all ${samples} samples (the batch size is ${batchSize}, larger than their number)`,
    );
}

/**
 * The indices 0 … n − 1 by growing key; equal keys keep the order of their indices.
 * @throws if there is no key or one is not finite
 * @example
 * byKey("sortedBy", "keys", [3, 1, 3, 2]) // Int32Array.from([1, 3, 0, 2])
 * byKey("sortedBy", "keys", [3, NaN]) // throws /sortedBy: keys\[1\] is NaN \(every one must be finite\)/
 */
export function byKey(where: string, name: string, keys: ArrayLike<number>): Int32Array {
  if (keys.length === 0) throw new Error(`${where}: ${name} is empty (one for each sample)`);
  for (let j = 0; j < keys.length; j++)
    if (!Number.isFinite(keys[j]))
      throw new Error(`${where}: ${name}[${j}] is ${keys[j]} (every one must be finite)`);
  return Int32Array.from({ length: keys.length }, (_, j) => j).sort((j, k) => keys[j] - keys[k] || j - k);
}

/**
 * The entries of a list in random order; it draws one permutation and leaves the list as it is.
 * @example
 * permuted(Int32Array.from([10, 11, 12, 13, 14]), randomState(42)) // Int32Array.from([11, 14, 12, 10, 13])
 */
export function permuted(list: Int32Array, random: { permutation(n: number): Int32Array }): Int32Array {
  return random.permutation(list.length).map((k) => list[k]);
}
