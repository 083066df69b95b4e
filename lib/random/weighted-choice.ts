/**
 * `size` numbers of {0, …, n − 1} with probabilities p, by inversion of the distribution function, in the order of
 * draws of NumPy: with replacement one uniform number each; without it rounds of as many uniform numbers as are still
 * missing, of which each new number counts once, and the probabilities of those found are set to 0 before the next.
 * @param uniforms draws that many numbers of U(0, 1)
 * @param p n numbers ≥ 0 with sum 1 (within √ε = 1.5e-8)
 * @throws if p is no such distribution, or has fewer positive entries than are asked for without replacement
 * Source: NumPy, numpy/random/mtrand.pyx, RandomState.choice.
 * @example
 * import { randomState } from "../random"
 * [...randomState(42).choice(3, 4, true, [0.5, 0.25, 0.25])] // [0, 2, 1, 1]
 * [...randomState(42).choice(3, 2, false, [0.5, 0.5, 0])] // [0, 1]
 * randomState(0).choice(2, 1, true, [0.5, 0.6]) // throws /p sums to 1.1/
 */
export function chooseWeighted(
  uniforms: (n: number) => Float64Array,
  n: number,
  size: number,
  replace: boolean,
  p: ArrayLike<number>,
): Int32Array {
  const left = expectDistribution(n, p);
  if (replace) return Int32Array.from(uniforms(size), inverse(left));
  const positive = left.filter((probability) => probability > 0).length;
  if (positive < size)
    throw new Error(
      `choice: cannot choose ${size} different ones where ${positive} probabilities are positive`,
    );
  const found: number[] = [];
  while (found.length < size) {
    const round = Array.from(uniforms(size - found.length), inverse(left));
    for (const index of new Set(round)) {
      found.push(index);
      left[index] = 0;
    }
  }
  return Int32Array.from(found);
}

/** The function that takes u to the first index at which the cumulative sum of p, divided by its total, exceeds u. */
function inverse(p: Float64Array): (u: number) => number {
  let total = 0;
  const cumulative = p.map((probability) => {
    total += probability;
    return total;
  });
  const share = cumulative.map((sum) => sum / total);
  return (u) => {
    let [from, to] = [0, share.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (share[middle] > u) to = middle;
      else from = middle + 1;
    }
    return from;
  };
}

function expectDistribution(n: number, p: ArrayLike<number>): Float64Array {
  if (p.length !== n) throw new Error(`choice: p has ${p.length} entries for ${n} numbers (one for each)`);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(p[i] >= 0)) throw new Error(`choice: p[${i}] is ${p[i]} (a probability is a number ≥ 0)`);
    total += p[i];
  }
  if (!(Math.abs(total - 1) <= 1.4901161193847656e-8))
    throw new Error(`choice: p sums to ${total} (the sum must be 1)`);
  return Float64Array.from(p);
}
