const LENGTH = 624;
const SHIFT = 397;

/**
 * The generator MT19937: 32-bit words with period 2^19937 − 1.
 * Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM Trans. Model. Comput. Simul. 8 (1998) 3–30; the two
 * ways of seeding are those of its authors' revision of 2002 (init_genrand and init_by_array).
 */
export interface MersenneTwister {
  /** The next word, a whole number from 0 to 2³² − 1. */
  word(): number;
}

/**
 * MT19937 seeded by one word, as `numpy.random.RandomState(seed)` does for an int.
 * @example
 * mersenneTwister(5489).word() // 3499211612
 */
export function mersenneTwister(seed: number): MersenneTwister {
  return generator(stateOfWord(seed));
}

/**
 * MT19937 seeded by a list of words, as `numpy.random.RandomState([…])` does.
 * @throws if the list is empty
 * @example
 * mersenneTwisterOfKey([0x123, 0x234, 0x345, 0x456]).word() // 1067595299
 */
export function mersenneTwisterOfKey(key: readonly number[]): MersenneTwister {
  if (key.length === 0)
    throw new Error("mersenneTwisterOfKey: the key is empty (it needs at least one word)");
  const state = stateOfWord(19650218);
  let i = 1;
  let j = 0;
  const wrap = () => {
    if (i >= LENGTH) {
      state[0] = state[LENGTH - 1];
      i = 1;
    }
  };
  for (let k = Math.max(LENGTH, key.length); k > 0; k--) {
    state[i] = (state[i] ^ Math.imul(mixed(state[i - 1], 30), 1664525)) + key[j] + j;
    i++;
    j = (j + 1) % key.length;
    wrap();
  }
  for (let k = LENGTH - 1; k > 0; k--) {
    state[i] = (state[i] ^ Math.imul(mixed(state[i - 1], 30), 1566083941)) - i;
    i++;
    wrap();
  }
  state[0] = 0x80000000;
  return generator(state);
}

const mixed = (word: number, bits: number): number => word ^ (word >>> bits);

function stateOfWord(seed: number): Uint32Array {
  const state = new Uint32Array(LENGTH);
  state[0] = seed;
  for (let i = 1; i < LENGTH; i++) state[i] = Math.imul(1812433253, mixed(state[i - 1], 30)) + i;
  return state;
}

function generator(state: Uint32Array): MersenneTwister {
  let position = LENGTH;
  return {
    word() {
      if (position === LENGTH) {
        regenerate(state);
        position = 0;
      }
      return tempered(state[position++]);
    },
  };
}

function regenerate(state: Uint32Array): void {
  // indices are taken modulo LENGTH, in stretches that need no division
  for (let i = 0; i < LENGTH - SHIFT; i++) state[i] = twisted(state[i], state[i + 1], state[i + SHIFT]);
  for (let i = LENGTH - SHIFT; i < LENGTH - 1; i++)
    state[i] = twisted(state[i], state[i + 1], state[i + SHIFT - LENGTH]);
  state[LENGTH - 1] = twisted(state[LENGTH - 1], state[0], state[SHIFT - 1]);
}

function twisted(high: number, low: number, shifted: number): number {
  const y = (high & 0x80000000) | (low & 0x7fffffff);
  return shifted ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

function tempered(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  y ^= y >>> 18;
  return y >>> 0;
}
