import { type Matrix, zeros } from "../matrix";
import { frobeniusNorm } from "../matrix-entries";
import type { Optimizer } from "../optimizers";
import type { Landscape } from "./landscape";

/** The way of an optimizer over a landscape: where it was before the first and after each step, and how high. */
export interface LandscapePath {
  /** n×(steps + 1), a column for each place. */
  readonly points: Matrix;
  readonly values: Float64Array;
  readonly gradientNorms: Float64Array;
}

/**
 * `steps` steps of an optimizer along the exact gradient. It stops early, with as many columns as were reached, where
 * the value is no longer finite: the optimizer diverged.
 * @throws if steps is not a whole number ≥ 0
 * @example
 * import { sgd } from "../optimizers"
 * import { quadraticRavine } from "../landscapes"
 * const path = followGradient(quadraticRavine([1, 4]), sgd(0.25), column([1, 1]), 2)
 * path.points // matrix([[1, 0.75, 0.5625], [1, 0, 0]])
 * path.values[1] // 0.28125
 */
export function followGradient(
  f: Landscape,
  optimizer: Optimizer,
  start: Matrix,
  steps: number,
): LandscapePath {
  if (!Number.isInteger(steps) || steps < 0)
    throw new Error(`followGradient: steps is ${steps} (it must be a whole number ≥ 0)`);
  const places: Matrix[] = [];
  const values: number[] = [];
  const norms: number[] = [];
  let x = start;
  let state = optimizer.init(start);
  for (let step = 0; step <= steps; step++) {
    const value = f.value(x);
    if (!Number.isFinite(value)) break;
    const gradient = f.gradient(x);
    places.push(x);
    values.push(value);
    norms.push(frobeniusNorm(gradient));
    if (step < steps) ({ params: x, state } = optimizer.update(gradient, state, x, step + 1));
  }
  return {
    points: besideEachOther(places, start.rows),
    values: Float64Array.from(values),
    gradientNorms: Float64Array.from(norms),
  };
}

function besideEachOther(columns: readonly Matrix[], rows: number): Matrix {
  const A = zeros(rows, columns.length);
  columns.forEach(({ data }, j) => {
    for (let i = 0; i < rows; i++) A.data[i * A.cols + j] = data[i];
  });
  return A;
}
