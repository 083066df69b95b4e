import { log } from "./kernels/functions";
import {
  expectBounds,
  expectChoice,
  expectCount,
  expectInterval,
  expectNormal,
  fill,
} from "./random/arguments";
import { type MersenneTwister, mersenneTwister, mersenneTwisterOfKey } from "./random/mersenne-twister";
import { chooseWeighted } from "./random/weighted-choice";

/**
 * A source of random numbers with a position; every call moves it on. Pass it as an argument, never keep it global.
 * The names of NumPy's methods are those that `randomState` follows; for PyTorch's see random/torch.ts.
 */
export interface Random {
  /** One number of [0, 1) with 53 random bits; `RandomState.rand()`. */
  uniform(): number;
  /** One number of the standard normal distribution, by Marsaglia's polar method; `RandomState.randn()`. */
  normal(): number;
  /** n of them; `RandomState.rand(n)`. */
  uniforms(n: number): Float64Array;
  /** n of them; `RandomState.randn(n)`. */
  normals(n: number): Float64Array;
  /** Fills the array with numbers of U(low, high), in its precision; `RandomState.uniform(low, high, n)`, rounded. */
  fillUniform<T extends Float64Array | Float32Array>(target: T, low: number, high: number): T;
  /** Fills it with numbers of N(mean, deviation²); `RandomState.normal(mean, deviation, n)`, rounded. */
  fillNormal<T extends Float64Array | Float32Array>(target: T, mean: number, deviation: number): T;
  /** n whole numbers of {low, …, high − 1}; `RandomState.randint(low, high, n)`. */
  integers(low: number, high: number, n: number): Int32Array;
  /** 0, …, n − 1 in random order; `RandomState.permutation(n)`. */
  permutation(n: number): Int32Array;
  /** A copy of the list in random order; `RandomState.permutation(list)`. */
  permuted<T>(list: ArrayLike<T>): T[];
  /** Puts the array in random order, in place; `RandomState.shuffle(array)`. */
  shuffle<T>(array: T[]): void;
  /**
   * `size` whole numbers of {0, …, n − 1}, with (default) or without replacement, equally likely or with the n
   * probabilities p; `RandomState.choice(n, size, replace, p)`.
   */
  choice(n: number, size: number, replace?: boolean, p?: ArrayLike<number>): Int32Array;
  /**
   * The stream of this name. It depends on the seed and the name only, not on what has been drawn, so a draw added
   * in one place moves nothing elsewhere. In NumPy: `RandomState([seed, *name.encode()])`; streams of streams put a
   * 256, which is no byte, between the names.
   */
  stream(name: string): Random;
}

/**
 * NumPy's legacy generator `numpy.random.RandomState(seed)`, draw for draw: the same words, whole numbers and uniform
 * numbers bit for bit. Normal numbers hold one logarithm, here and there rounded by different libraries: they may
 * differ from NumPy's by one unit in the last place, and do not differ between machines here.
 * @param seed a whole number from 0 to 2³² − 1
 * @throws if the seed is anything else
 * Source: NumPy, numpy/random/mtrand.pyx and src/legacy (frozen by NEP 19); G. Marsaglia, T. A. Bray, SIAM Rev. 6
 * (1964) 260.
 * @example
 * randomState(42).uniform() // 0.3745401188473625
 * randomState(42).normal() // ≈ 0.496714153011233
 * [...randomState(42).permutation(5)] // [1, 4, 2, 0, 3]
 * [...randomState(42).integers(0, 10, 4)] // [6, 3, 7, 4]
 * randomState(42).stream("layer1/weights").uniform() // 0.8049672595941676
 * randomState(-1) // throws /seed is -1/
 */
export function randomState(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new Error(`randomState: the seed is ${seed} (it must be a whole number from 0 to 4294967295)`);
  return draws(mersenneTwister(seed), [seed]);
}

function draws({ word }: MersenneTwister, key: readonly number[]): Random {
  let cachedNormal: number | undefined;

  const uniform = () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };

  function normal(): number {
    if (cachedNormal !== undefined) {
      const second = cachedNormal;
      cachedNormal = undefined;
      return second;
    }
    let x: number;
    let y: number;
    let s: number;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      s = x * x + y * y;
    } while (s >= 1 || s === 0);
    const factor = Math.sqrt((-2 * log(s)) / s);
    cachedNormal = factor * x;
    return factor * y;
  }

  /** A whole number of {0, …, max}: words cut to the bits of max, until one is not too large. */
  function below(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (word() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  function shuffle(array: { [i: number]: unknown; readonly length: number }): void {
    for (let i = array.length - 1; i > 0; i--) {
      const j = below(i);
      const entry = array[i];
      array[i] = array[j];
      array[j] = entry;
    }
  }

  function integers(low: number, high: number, n: number): Int32Array {
    expectBounds(low, high);
    return fill(new Int32Array(expectCount("integers", n)), () => low + below(high - 1 - low));
  }

  function permutation(n: number): Int32Array {
    const indices = new Int32Array(expectCount("permutation", n));
    for (let i = 0; i < n; i++) indices[i] = i;
    shuffle(indices);
    return indices;
  }

  const uniforms = (n: number) => fill(new Float64Array(expectCount("uniforms", n)), uniform);

  return {
    uniform,
    normal,
    uniforms,
    normals: (n) => fill(new Float64Array(expectCount("normals", n)), normal),
    fillUniform(target, low, high) {
      expectInterval(low, high);
      return fill(target, () => low + (high - low) * uniform());
    },
    fillNormal(target, mean, deviation) {
      expectNormal(mean, deviation);
      return fill(target, () => mean + deviation * normal());
    },
    integers,
    permutation,
    permuted<T>(list: ArrayLike<T>) {
      const copy = Array.from(list);
      shuffle(copy);
      return copy;
    },
    shuffle,
    choice(n, size, replace = true, p) {
      expectChoice(n, size, replace);
      if (p) return chooseWeighted(uniforms, n, size, replace, p);
      return replace ? integers(0, n, size) : permutation(n).slice(0, size);
    },
    stream(name) {
      if (!name) throw new Error("stream: the name is empty");
      const bytes = new TextEncoder().encode(name);
      const longer = key.length === 1 ? [...key, ...bytes] : [...key, 256, ...bytes];
      return draws(mersenneTwisterOfKey(longer), longer);
    },
  };
}
