import type { Random } from "../random";
import { expectBounds, expectChoice, expectCount, expectInterval, expectNormal, fill } from "./arguments";
import { boxMuller, normalsOfSixteen } from "./box-muller";
import { fusedMultiplyAdd32, fusedMultiplyAdd64 } from "./fused-multiply-add";
import { mersenneTwister } from "./mersenne-twister";

type Floats = Float64Array | Float32Array;

/** PyTorch's generator: the draws of Random as PyTorch makes them, and those that only PyTorch has. */
export interface TorchGenerator extends Random {
  /** Fills the array with 1 (probability p) and 0; `tensor.bernoulli_(p)`, from which `F.dropout` makes its mask. */
  fillBernoulli<T extends Floats>(target: T, p: number): T;
  /**
   * The low 32 bits of `torch.empty((), dtype=torch.int64).random_()`, with which DataLoader seeds; seeding uses no
   * more than those.
   */
  seed(): number;
}

/**
 * PyTorch's generator on the CPU after `torch.manual_seed(seed)`, or `torch.Generator().manual_seed(seed)`, draw for
 * draw. What is drawn depends on the precision, as there: one word of 32 bits for a float32 number, two for float64.
 *
 * | here | in PyTorch |
 * | --- | --- |
 * | `uniforms(n)`, `uniform()` | `torch.rand(n, dtype=torch.float64)`, `torch.rand((), …)` |
 * | `normals(n)`, `normal()` | `torch.randn(n, dtype=torch.float64)`, `torch.randn((), …)`; n ≥ 16 draws otherwise than n calls |
 * | `fillUniform(array, a, b)` | `tensor.uniform_(a, b)`; (0, 1) on a Float32Array is `torch.rand(n)` |
 * | `fillNormal(array, m, s)` | `tensor.normal_(m, s)`; (0, 1) on a Float32Array is `torch.randn(n)` |
 * | `integers(low, high, n)` | `torch.randint(low, high, (n,))` |
 * | `permutation(n)` | `torch.randperm(n)`; `permutation(list)` and `shuffle` order a list by it |
 * | `choice(n, size)` | `torch.randint(n, (size,))`; without replacement `torch.randperm(n)[:size]` |
 *
 * Whole numbers, permutations and `torch.rand` are PyTorch's bits on every machine. So are, on x86 processors with AVX2
 * or AVX-512, `uniform_(a, b)` and float32's `normal_`; PyTorch's code for x86 without them, which can be had by
 * ATEN_CPU_CAPABILITY=default, rounds these otherwise, in the last digits. Float64's normal numbers hold a logarithm, a
 * sine or a cosine of the machine's mathematical library. Of a million each below and from 16 on, 998 in 1000 were
 * PyTorch's bits and 2 in 10,000 two units in the last place away, the others one; so far are PyTorch's own from each
 * other where the library does without fused multiply-add. A mean other than 0 is added after that.
 *
 * Streams by name and choice with probabilities are refused: PyTorch's generator has no streams, and
 * `torch.multinomial` is not here.
 * @param seed a whole number; as in PyTorch only its low 32 bits count
 * @throws if the seed is not a whole number within ±(2⁵³ − 1)
 * Source: PyTorch 2.13, aten/src/ATen/core/MT19937RNGEngine.h, DistributionsHelper.h, TransformationHelper.h and
 * native/cpu/DistributionTemplates.h; randperm in native/TensorFactories.cpp.
 * @example
 * torchGenerator(0).uniforms(2) // new Float64Array([0.9700530018065531, 0.707819864399788])
 * torchGenerator(0).fillUniform(new Float32Array(2), 0, 1) // new Float32Array([0.49625658988952637, 0.7682217955589294])
 * torchGenerator(0).fillNormal(new Float32Array(2), 0, 1) // ≈ [1.540996, -0.293429]
 * [...torchGenerator(0).permutation(5)] // [4, 0, 1, 3, 2]
 * [...torchGenerator(0).integers(0, 10, 4)] // [4, 9, 3, 0]
 * torchGenerator(0).stream("weights") // throws /no streams by name/
 * torchGenerator(0.5) // throws /the seed is 0.5/
 */
export function torchGenerator(seed: number): TorchGenerator {
  if (!Number.isSafeInteger(seed))
    throw new Error(`torchGenerator: the seed is ${seed} (it must be a whole number within ±(2^53 − 1))`);
  const { word } = mersenneTwister(seed >>> 0);
  let secondOfPair: number | undefined;

  const uniform32 = () => (word() & 0xffffff) / 16777216;
  const uniform64 = () => {
    const high = word() & 0x1fffff;
    return (high * 4294967296 + word()) / 9007199254740992;
  };

  function fillUniform<T extends Floats>(target: T, low: number, high: number): T {
    expectInterval(low, high);
    const [draw, fma, round] =
      target instanceof Float32Array
        ? [uniform32, fusedMultiplyAdd32, Math.fround]
        : [uniform64, fusedMultiplyAdd64, (x: number) => x];
    const [from, to] = [round(low), round(high)];
    const width = round(to - from);
    for (let i = 0; i < target.length; i++) {
      const value = fma(draw(), width, from);
      target[i] = value === to ? from : value;
    }
    return target;
  }

  function normal(): number {
    if (secondOfPair !== undefined) {
      const second = secondOfPair;
      secondOfPair = undefined;
      return second;
    }
    const u = uniform64();
    const [first, second] = boxMuller(u, uniform64());
    secondOfPair = second;
    return first;
  }

  /**
   * Below 16 entries one by one, in float64; else sixteen at a time, the last sixteen drawn anew where they overlap.
   */
  function fillNormal<T extends Floats>(target: T, mean: number, deviation: number): T {
    expectNormal(mean, deviation);
    const size = target.length;
    if (size < 16) {
      for (let i = 0; i < size; i++) target[i] = fusedMultiplyAdd64(normal(), deviation, mean);
      return target;
    }
    const draw = target instanceof Float32Array ? uniform32 : uniform64;
    for (let i = 0; i < size; i++) target[i] = draw();
    const blockAt = (start: number) => target.subarray(start, start + 16);
    for (let start = 0; start + 16 <= size; start += 16) normalsOfSixteen(blockAt(start), mean, deviation);
    if (size % 16 !== 0) {
      const last = blockAt(size - 16);
      for (let i = 0; i < 16; i++) last[i] = draw();
      normalsOfSixteen(last, mean, deviation);
    }
    return target;
  }

  function integers(low: number, high: number, n: number): Int32Array {
    expectBounds(low, high);
    const range = high - low;
    // from 2²⁸ on PyTorch takes two words, so that the remainders are nearly equally likely
    const draw = range < 268435456 ? () => word() % range : () => remainder(word(), word(), range);
    return fill(new Int32Array(expectCount("integers", n)), () => low + draw());
  }

  function permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: expectCount("permutation", n) }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const j = i + (word() % (n - i));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  const permuted = <T>(list: ArrayLike<T>): T[] => Array.from(permutation(list.length), (i) => list[i]);

  return {
    uniform: uniform64,
    normal,
    uniforms: (n) => fillUniform(new Float64Array(expectCount("uniforms", n)), 0, 1),
    normals: (n) => fillNormal(new Float64Array(expectCount("normals", n)), 0, 1),
    fillUniform,
    fillNormal,
    integers,
    permutation,
    permuted,
    shuffle<T>(array: T[]) {
      permuted(array).forEach((item, i) => {
        array[i] = item;
      });
    },
    choice(n, size, replace = true, p) {
      if (p)
        throw new Error(
          "torchGenerator: choice with probabilities is torch.multinomial, which is not here (use randomState)",
        );
      expectChoice(n, size, replace);
      return replace ? integers(0, n, size) : permutation(n).slice(0, size);
    },
    stream(name) {
      throw new Error(
        `torchGenerator: PyTorch's generator has no streams by name, asked for was "${name}" (seed another generator, or use randomState)`,
      );
    },
    fillBernoulli<T extends Floats>(target: T, p: number) {
      if (!(p >= 0 && p <= 1)) throw new Error(`fillBernoulli: p is ${p} (it must be in [0, 1])`);
      return fill(target, () => (uniform64() < p ? 1 : 0));
    },
    seed() {
      word(); // the high half, of which the engine makes no use
      return word();
    },
  };
}

/** (2³² high + low) mod range, range ≤ 2³², in steps that stay below 2⁵³. */
function remainder(high: number, low: number, range: number): number {
  const upper = ((high % range) * 65536 + (low >>> 16)) % range;
  return (upper * 65536 + (low & 0xffff)) % range;
}
