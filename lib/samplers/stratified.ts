import type { Sampler } from "../samplers";
import { byKey, checkBatches, permuted } from "./cut";

/**
 * All samples once an epoch, with the classes in every batch as in the whole: the samples are shuffled within their
 * class and dealt out, class after class, to ⌈m/batchSize⌉ batches in turn, as cards are; then the batches are put in
 * random order. So of a class with c samples every batch has ⌊c/batches⌋ or one more, and the sizes of the batches
 * differ by one at most; there is no small last batch to drop. Draws: a permutation for each class, by growing label,
 * then one of the batches.
 * @param labels one for each sample, any finite numbers
 * @throws if a label is not finite or the batch size is not a whole number ≥ 1
 * Source: note 004, "Order of the training samples". Dealing in turn is how scikit-learn's StratifiedKFold shares out.
 * @example
 * const labels = [0, 0, 0, 0, 1, 1]
 * const batches = stratified(labels, 3)(1, randomState(42))
 * batches.map((batch) => [...batch].map((j) => labels[j])) // [[0, 0, 1], [0, 0, 1]]
 */
export function stratified(labels: ArrayLike<number>, batchSize: number): Sampler {
  const sorted = byKey("stratified", "labels", labels);
  checkBatches("stratified", sorted.length, batchSize);
  const classes = runs(sorted, (j) => labels[j]);
  const count = Math.ceil(sorted.length / batchSize);
  return (_epoch, random) => {
    const cards = classes.flatMap((members) => [...permuted(members, random)]);
    const batches = Array.from({ length: count }, (_, batch) =>
      Int32Array.from(
        { length: Math.ceil((cards.length - batch) / count) },
        (_card, k) => cards[batch + k * count],
      ),
    );
    return [...random.permutation(count)].map((batch) => batches[batch]);
  };
}

/** A sorted list cut wherever the key changes. */
function runs(sorted: Int32Array, key: (j: number) => number): Int32Array[] {
  const starts = [...sorted.keys()].filter((k) => k === 0 || key(sorted[k]) !== key(sorted[k - 1]));
  return starts.map((start, k) => sorted.subarray(start, starts[k + 1]));
}
