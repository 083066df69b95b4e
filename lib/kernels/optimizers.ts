import { type Floats, isDouble, place, pointerOf, reserve, reset, take } from "./arena";
import { newMatrix } from "./region";
import { core } from "./wasm";

// One step of the optimizers over the entries of one parameter, in the precision of its array. The formulas stand in
// assembly/optimizers.ts; what their numbers are in each rule stands in lib/optimizers.

/** Entries per call: all arrays of a piece stay in the processor's cache. */
const piece = 1 << 13;

/**
 * θ − α (g + λ θ).
 * @throws if θ and g are not both float64 or both float32
 * @example
 * [...descend(Float64Array.of(1, 2), Float64Array.of(10, 20), 0.5, 0)] // [-4, -8]
 * descend(new Float64Array(1), new Float32Array(1), 1, 0) // throws /float64 and float32 in one step/
 */
export function descend(theta: Floats, g: Floats, alpha: number, lambda: number): Floats {
  const run = isDouble(theta) ? core.descend64 : core.descend32;
  return step([theta, g], 1, (at, n) => run(at[0], at[1], at[2], n, alpha, lambda))[0];
}

/** The numbers of a step with momentum. */
export interface MomentumNumbers {
  readonly gamma: number;
  readonly s: number;
  readonly p: number;
  readonly q: number;
  readonly r: number;
}

/**
 * θ + p (q b′ + r d) and b′ = γ b + s d, with d = g + λ θ.
 * @throws if the arrays are not all float64 or all float32
 * @example
 * const [theta, g, b] = [[1], [2], [3]].map((x) => Float64Array.from(x))
 * momentum(theta, g, b, { gamma: 0.5, s: 1, p: -1, q: 1, r: 0 }, 0).map((x) => x[0]) // [-2.5, 3.5]
 */
export function momentum(
  theta: Floats,
  g: Floats,
  b: Floats,
  { gamma, s, p, q, r }: MomentumNumbers,
  lambda: number,
): Floats[] {
  const run = isDouble(theta) ? core.momentum64 : core.momentum32;
  return step([theta, g, b], 2, (at, n) =>
    run(at[0], at[1], at[2], at[3], at[4], n, gamma, s, p, q, r, lambda),
  );
}

/** The numbers of a step scaled by the root of a sum of squares. */
export interface ScaledNumbers {
  readonly alpha: number;
  readonly rho: number;
  readonly w: number;
  readonly epsilon: number;
}

/**
 * θ − α d/(√s′ + ε) and s′ = ρ s + w d², with d = g + λ θ.
 * @throws if the arrays are not all float64 or all float32
 * @example
 * const [theta, g, s] = [[1], [2], [5]].map((x) => Float64Array.from(x))
 * scaled(theta, g, s, { alpha: 3, rho: 1, w: 1, epsilon: 0 }, 0).map((x) => x[0]) // [-1, 9]
 */
export function scaled(
  theta: Floats,
  g: Floats,
  s: Floats,
  { alpha, rho, w, epsilon }: ScaledNumbers,
  lambda: number,
): Floats[] {
  const run = isDouble(theta) ? core.scaled64 : core.scaled32;
  return step([theta, g, s], 2, (at, n) =>
    run(at[0], at[1], at[2], at[3], at[4], n, alpha, rho, w, epsilon, lambda),
  );
}

/** The numbers of a step of Adam: w₁ = 1 − β₁, w₂ = 1 − β₂, c = √(1 − β₂ᵗ), κ = 1 without decoupled weight decay. */
export interface AdamNumbers {
  readonly alpha: number;
  readonly w1: number;
  readonly beta2: number;
  readonly w2: number;
  readonly c: number;
  readonly epsilon: number;
}

/**
 * κ θ − α m′/(√v̂/c + ε), m′ = m + w₁ (d − m) and v′ = β₂ v + w₂ d², with d = g + λ θ and v̂ = v′; with an array of the
 * largest v so far, v̂ is the larger of that and v′, and comes fourth.
 * @throws if the arrays are not all float64 or all float32
 * @example
 * const [theta, g, zero] = [[1], [2], [0]].map((x) => Float64Array.from(x))
 * const numbers = { alpha: 0.5, w1: 0.5, beta2: 0.75, w2: 0.25, c: 1, epsilon: 0 }
 * adam(theta, g, zero, zero, undefined, numbers, 0, 1).map((x) => x[0]) // [0.5, 1, 1]
 */
export function adam(
  theta: Floats,
  g: Floats,
  m: Floats,
  v: Floats,
  largest: Floats | undefined,
  { alpha, w1, beta2, w2, c, epsilon }: AdamNumbers,
  lambda: number,
  kappa: number,
): Floats[] {
  const run = isDouble(theta) ? core.adam64 : core.adam32;
  if (largest === undefined)
    // biome-ignore format: one call a line
    return step([theta, g, m, v], 3, (at, n) =>
      run(at[0], at[1], at[2], at[3], 0, at[4], at[5], at[6], 0, n, alpha, w1, beta2, w2, c, epsilon, lambda, kappa),
    );
  // biome-ignore format: one call a line
  return step([theta, g, m, v, largest], 4, (at, n) =>
    run(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], n, alpha, w1, beta2, w2, c, epsilon, lambda, kappa),
  );
}

/**
 * x with every entry cut to [−bound, bound]; NaN stays.
 * @example
 * [...clamp(Float64Array.of(-3, 0.5, 3), 1)] // [-1, 0.5, 1]
 */
export function clamp(x: Floats, bound: number): Floats {
  const run = isDouble(x) ? core.clamp64 : core.clamp32;
  return step([x], 1, (at, n) => run(at[0], at[1], n, bound))[0];
}

/**
 * Σ (s xᵢ)² in float64; the order of the sum depends on the length alone.
 * @example
 * sumOfSquares(Float32Array.of(3, 4), 2) // 100
 */
export function sumOfSquares(x: Floats, s: number): number {
  const run = isDouble(x) ? core.sumOfSquares64 : core.sumOfSquares32;
  let total = 0;
  for (let from = 0; from < x.length; from += piece) {
    const to = Math.min(from + piece, x.length);
    reset();
    total += run(place(x, from, to, "sum of squares"), to - from, s);
  }
  return total;
}

/** Pointers to the operands of a piece, then to its results. (Kept: a new list for each call would be felt.) */
const pointers: number[] = [];

/** `count` new arrays, filled piece by piece by `run`. */
function step(
  operands: readonly Floats[],
  count: number,
  run: (pointers: readonly number[], n: number) => void,
): Floats[] {
  const { length, BYTES_PER_ELEMENT: bytes } = operands[0];
  for (let k = 1; k < operands.length; k++)
    if (operands[k].BYTES_PER_ELEMENT !== bytes)
      throw new Error(
        "optimizer: float64 and float32 in one step (parameters, gradients and state must have one precision: convert with toPrecision)",
      );
  const results: Floats[] = [];
  let resident = true;
  for (let k = 0; k < count; k++) results.push(newMatrix(1, length, operands[0]).data);
  for (let k = 0; k < operands.length + count; k++) {
    pointers[k] = pointerOf(k < operands.length ? operands[k] : results[k - operands.length]);
    if (pointers[k] === 0) resident = false;
  }
  if (resident) {
    run(pointers, length);
    return results;
  }
  for (let from = 0; from < length; from += piece) {
    const to = Math.min(from + piece, length);
    reset();
    for (let k = 0; k < operands.length; k++) pointers[k] = place(operands[k], from, to, "optimizer");
    for (let k = 0; k < count; k++) pointers[operands.length + k] = reserve((to - from) * bytes, "optimizer");
    run(pointers, to - from);
    for (let k = 0; k < count; k++) take(pointers[operands.length + k], results[k], from, to - from);
  }
  return results;
}
