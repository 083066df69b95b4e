import type { Random } from "../random";
import { type TorchGenerator, torchGenerator } from "./torch";

/**
 * The order in which PyTorch's `DataLoader(dataset, shuffle=True)` gives n samples in the next epoch. The loader's
 * iterator draws a seed for its worker processes, which exist or not, then its RandomSampler draws a seed for a
 * generator of its own, whose `randperm(n)` is the order. So `num_workers` and `batch_size` make no difference to it.
 * @param generator PyTorch's default generator, seeded by `torch.manual_seed`
 * @throws if n is not a whole number ≥ 1
 * Source: PyTorch 2.13, torch/utils/data/dataloader.py, _BaseDataLoaderIter, and sampler.py, RandomSampler.
 * @example
 * const generator = torchGenerator(0)
 * [...shuffledEpoch(generator, 5)] // [1, 4, 2, 3, 0]
 * [...shuffledEpoch(generator, 5)] // [2, 3, 4, 0, 1]
 * shuffledEpoch(generator, 0) // throws /n is 0/
 */
export function shuffledEpoch(generator: TorchGenerator, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 1)
    throw new Error(`shuffledEpoch: n is ${n} (the number of samples, a whole number ≥ 1)`);
  epochInOrder(generator);
  return torchGenerator(generator.seed()).permutation(n);
}

/**
 * What an epoch of `DataLoader(dataset, shuffle=False)` draws from the default generator, as an evaluation between two
 * epochs of training does: the seed for the worker processes, so that what follows is drawn from another position.
 * @example
 * const generator = torchGenerator(0)
 * epochInOrder(generator) // undefined
 * generator.uniform() // ≈ 0.70781986
 */
export function epochInOrder(generator: TorchGenerator): void {
  generator.seed();
}

/**
 * The same for `DataLoader(dataset, shuffle=True, generator=generator)`: the sampler draws its permutations from that
 * generator itself, and at the end of the epoch, which is counted in here, one more, of which it uses nothing.
 * @throws if n is not a whole number ≥ 1
 * Source: as for shuffledEpoch.
 * @example
 * [...shuffledEpochOfPassed(torchGenerator(0), 5)] // [3, 1, 0, 4, 2]
 */
export function shuffledEpochOfPassed(generator: TorchGenerator, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 1)
    throw new Error(`shuffledEpochOfPassed: n is ${n} (the number of samples, a whole number ≥ 1)`);
  epochInOrder(generator);
  const order = generator.permutation(n);
  generator.permutation(n);
  return order;
}

/**
 * A random for `train` whose permutations are the epochs of `DataLoader(dataset, shuffle=True)`; all else is drawn from
 * the generator as it is.
 * @example
 * [...dataLoaderOrder(torchGenerator(0)).permutation(5)] // [1, 4, 2, 3, 0]
 */
export function dataLoaderOrder(generator: TorchGenerator): Random {
  return { ...generator, permutation: (n) => shuffledEpoch(generator, n) };
}
