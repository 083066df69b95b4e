import type { Sampler } from "../samplers";
import { type BatchOptions, byKey, checkBatches, cut } from "./cut";

/**
 * All samples once an epoch, in an order between sorted and shuffled, so that the distribution drifts within the epoch:
 * the sample with rank r of m by key (0, 1, …; equal keys in random order) stands at r/m + spread · n with n drawn from
 * the standard normal distribution, and the samples come by growing place. With spread 0 they are sorted, with
 * labels as keys class after class; with a spread far above 1 they are shuffled. Draws a permutation, then m normal
 * numbers.
 * @param keys one number for each sample, e.g. its label or the time it was taken
 * @param spread ≥ 0, in epochs: how far a sample strays from its place
 * @throws if a key is not finite, the batch size no whole number ≥ 1, the spread not a finite number ≥ 0, or every
 * sample would be dropped
 * Source: note 004, "Order of the training samples" (drift of the distribution); the model of the drift is this
 * project's.
 * @example
 * const labels = [0, 1, 0, 1, 0, 1]
 * drifting(labels, 3, 0)(1, randomState(42)).map((batch) => [...batch].map((j) => labels[j])) // [[0, 0, 0], [1, 1, 1]]
 */
export function drifting(
  keys: ArrayLike<number>,
  batchSize: number,
  spread: number,
  options: BatchOptions = {},
): Sampler {
  const m = byKey("drifting", "keys", keys).length;
  checkBatches("drifting", m, batchSize, options);
  if (!(spread >= 0 && Number.isFinite(spread)))
    throw new Error(`drifting: the spread is ${spread} (it must be a finite number ≥ 0)`);
  return (_epoch, random) => {
    // sort is stable: equal keys stay in the order of the permutation
    const ranked = Array.from(random.permutation(m)).sort((j, k) => keys[j] - keys[k]);
    const noise = random.normals(m);
    const place = ranked.map((_, rank) => rank / m + spread * noise[rank]);
    const ranks = place.map((_, rank) => rank).sort((r, s) => place[r] - place[s] || r - s);
    return cut(
      Int32Array.from(ranks, (rank) => ranked[rank]),
      batchSize,
      options,
    );
  };
}
