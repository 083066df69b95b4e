import type { Random } from "../random";
import { fixedOrder, type Sampler, shuffled } from "../samplers";

/** What train may be told about the order of the samples. */
export interface OrderOptions {
  readonly batchSize?: number;
  readonly shuffle?: boolean;
  readonly sampler?: Sampler;
  readonly random?: Random;
}

/**
 * The sampler that is given, else one that cuts all samples into batches of batchSize, shuffled unless shuffle is
 * false.
 * @throws if both or neither say how large batches are, or shuffling lacks random
 * @example
 * samplerOf({ batchSize: 2, shuffle: false }, 3)(1, randomState(1)) // [Int32Array.from([0, 1]), Int32Array.from([2])]
 * samplerOf({ batchSize: 2 }, 3) // throws /shuffling needs random/
 */
export function samplerOf(
  { sampler, batchSize, shuffle = true, random }: OrderOptions,
  samples: number,
): Sampler {
  if (sampler) {
    if (batchSize !== undefined)
      throw new Error("train: batchSize and sampler are both given (the sampler says how large batches are)");
    return sampler;
  }
  if (batchSize === undefined) throw new Error("train: batchSize is missing (or give a sampler)");
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new Error(`train: batchSize is ${batchSize} (it must be a whole number ≥ 1)`);
  if (!shuffle) return fixedOrder(samples, batchSize);
  if (!random) throw new Error("train: shuffling needs random (or set shuffle to false)");
  return shuffled(samples, batchSize);
}

/**
 * Stands for a generator where none is given: only who draws will miss it.
 * @example
 * noRandom.permutation(3) // throws /the sampler draws random numbers, and no random is given/
 */
export const noRandom: Random = new Proxy({} as Random, {
  get() {
    throw new Error("train: the sampler draws random numbers, and no random is given");
  },
});

/**
 * Nothing if there is something to do in an epoch.
 * @throws if there is no batch
 * @example
 * expectBatches([], 3) // throws /the sampler made no batches in epoch 3/
 */
export function expectBatches(batches: readonly Int32Array[], epoch: number): void {
  if (!(batches?.length > 0))
    throw new Error(
      `train: the sampler made no batches in epoch ${epoch} (it returns a list of lists of columns)`,
    );
}

/**
 * Nothing if a batch can be made of these samples.
 * @throws if there are none, or one is not there
 * @example
 * expectIndices(Int32Array.of(0, 3), 3) // throws /the sampler chose sample 3 \(X has columns 0 to 2\)/
 */
export function expectIndices(indices: Int32Array, samples: number): void {
  if (!(indices?.length > 0)) throw new Error("train: the sampler made a batch without samples");
  for (let k = 0; k < indices.length; k++)
    if (!(indices[k] >= 0 && indices[k] < samples && Number.isInteger(indices[k])))
      throw new Error(`train: the sampler chose sample ${indices[k]} (X has columns 0 to ${samples - 1})`);
}
