/**
 * Places on a line, as near as they can be to where they want to be without coming too close: with the least (weighted)
 * sum of squared distances from the wanted places, in their order, neighbours at least half of both sizes apart. A
 * regression under order, by pooling adjacent violators.
 * Source: M. Ayer et al., Ann. Math. Stat. 26 (1955) 641, for the pooling.
 * @param wanted in the order in which they shall stand
 * @param weights how much each counts; all the same unless given
 * @throws if there is not a size and a weight for each place
 * @example
 * spread([0, 1, 10], [4, 4, 4]) // [-1.5, 2.5, 10]
 */
export function spread(
  wanted: readonly number[],
  sizes: readonly number[],
  weights: readonly number[] = wanted.map(() => 1),
): number[] {
  if (wanted.length !== sizes.length || wanted.length !== weights.length)
    throw new Error(
      `spread: ${sizes.length} sizes and ${weights.length} weights for ${wanted.length} places`,
    );
  const offsets: number[] = [];
  sizes.forEach((size, k) => {
    offsets.push(k === 0 ? 0 : offsets[k - 1] + (sizes[k - 1] + size) / 2);
  });
  // without the distances the places must not decrease: neighbours that would are pooled at their mean
  const pools: Pool[] = [];
  wanted.forEach((place, k) => {
    let pool: Pool = { mean: place - offsets[k], weight: weights[k], size: 1 };
    while (pools.length > 0 && pools[pools.length - 1].mean > pool.mean)
      pool = pooled(pools.pop() as Pool, pool);
    pools.push(pool);
  });
  const means = pools.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean));
  return means.map((mean, k) => mean + offsets[k]);
}

type Pool = { mean: number; weight: number; size: number };

function pooled(a: Pool, b: Pool): Pool {
  const weight = a.weight + b.weight;
  return { mean: (a.mean * a.weight + b.mean * b.weight) / weight, weight, size: a.size + b.size };
}
