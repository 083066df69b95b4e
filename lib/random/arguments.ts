/**
 * n, the number of draws that a method was asked for.
 * @throws if it is not a whole number ≥ 0
 * @example
 * expectCount("uniforms", 3) // 3
 * expectCount("uniforms", -1) // throws /uniforms: the number of draws is -1/
 */
export function expectCount(method: string, n: number): number {
  if (!Number.isInteger(n) || n < 0)
    throw new Error(`${method}: the number of draws is ${n} (it must be a whole number ≥ 0)`);
  return n;
}

/**
 * Nothing if whole numbers of {low, …, high − 1} can be drawn into an Int32Array.
 * @throws if a bound is not a whole number of 32 bits, or low is not smaller than high
 * @example
 * expectBounds(3, 3) // throws /low is 3, high is 3 \(low must be smaller\)/
 */
export function expectBounds(low: number, high: number): void {
  for (const bound of [low, high - 1])
    if (bound !== (bound | 0))
      throw new Error(`integers: the bounds are ${low} and ${high} (they must be whole numbers of 32 bits)`);
  if (low >= high) throw new Error(`integers: low is ${low}, high is ${high} (low must be smaller)`);
}

/**
 * Nothing if there is a uniform distribution on [low, high).
 * @throws if low > high, or one of them or high − low is not finite
 * @example
 * expectInterval(1, 0) // throws /low is 1, high is 0/
 */
export function expectInterval(low: number, high: number): void {
  if (!(low <= high && Number.isFinite(low) && Number.isFinite(high) && Number.isFinite(high - low)))
    throw new Error(`fillUniform: low is ${low}, high is ${high} (finite, low must not be larger)`);
}

/**
 * Nothing if there is a normal distribution with these parameters.
 * @throws if one is not finite, or the deviation is negative
 * @example
 * expectNormal(0, -1) // throws /the deviation is -1/
 */
export function expectNormal(mean: number, deviation: number): void {
  if (!Number.isFinite(mean)) throw new Error(`fillNormal: the mean is ${mean} (it must be finite)`);
  if (!(Number.isFinite(deviation) && deviation >= 0))
    throw new Error(`fillNormal: the deviation is ${deviation} (it must be a finite number ≥ 0)`);
}

/**
 * Nothing if `size` numbers of {0, …, n − 1} can be chosen.
 * @throws if there are too few, or size is not a whole number ≥ 0
 * @example
 * expectChoice(3, 4, false) // throws /cannot choose 4 different ones from 3 numbers/
 */
export function expectChoice(n: number, size: number, replace: boolean): void {
  if (!(n > 0) && size > 0) throw new Error(`choice: cannot choose ${size} from ${n} numbers`);
  if (expectCount("choice", size) > n && !replace)
    throw new Error(`choice: cannot choose ${size} different ones from ${n} numbers`);
}

/**
 * The array, each entry set to the next draw.
 * @example
 * [...fill(new Int32Array(2), () => 7)] // [7, 7]
 */
export function fill<T extends Float64Array | Float32Array | Int32Array>(target: T, draw: () => number): T {
  for (let i = 0; i < target.length; i++) target[i] = draw();
  return target;
}
