import { type Matrix, shape } from "../matrix";

/**
 * Checks weights of classes.
 * @throws if there is none, or one is not a finite number ≥ 0
 * @example
 * checkWeights("loss", "weights", [1, 0.5]) // undefined
 * checkWeights("loss", "weights", [1, -1]) // throws /weights\[1\] is -1 \(a weight must be a finite number ≥ 0\)/
 */
export function checkWeights(name: string, what: string, weights: readonly number[]): void {
  if (weights.length === 0) throw new Error(`${name}: ${what} is empty (one for each class)`);
  for (let i = 0; i < weights.length; i++)
    if (!(weights[i] >= 0 && Number.isFinite(weights[i])))
      throw new Error(`${name}: ${what}[${i}] is ${weights[i]} (a weight must be a finite number ≥ 0)`);
}

/**
 * Checks that there is a weight for each row of the prediction.
 * @throws if not
 * @example
 * expectOneEach("loss", "weights", [1, 1], matrix([[1], [2], [3]])) // throws /weights has 2 entries, prediction is 3×1/
 */
export function expectOneEach(
  name: string,
  what: string,
  weights: readonly number[],
  prediction: Matrix,
): void {
  if (weights.length !== prediction.rows)
    throw new Error(
      `${name}: ${what} has ${weights.length} entries, prediction is ${shape(prediction)} (one for each row)`,
    );
}
