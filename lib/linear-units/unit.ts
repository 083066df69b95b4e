import { checkFinite } from "../check-data";
import type { LinearUnit } from "../linear-units";
import { type Matrix, shape } from "../matrix";

/** One number for every column of X: a 1×m matrix or a list of m numbers. */
export type Targets = Matrix | ArrayLike<number>;

/**
 * wᵀxⱼ + b for column j of X, added from left to right, the bias last.
 * @example
 * score([1, 2], 10, matrix([[3, 4], [5, 6]]), 1) // 26
 */
export function score(w: ArrayLike<number>, b: number, X: Matrix, j: number): number {
  let z = 0;
  for (let i = 0; i < X.rows; i++) z += w[i] * X.data[i * X.cols + j];
  return z + b;
}

/**
 * The numbers that belong to X's columns, as a list of their own.
 * @param where the function that was given them, for the message
 * @param name what they are called there
 * @throws if there is not one for every column, or X has an entry that is not finite
 * @example
 * targetsOf("train", "t", matrix([[1, 2]]), matrix([[0, 1]])) // [0, 1]
 * targetsOf("train", "t", matrix([[1, 2]]), [0]) // throws /train: X is 1×2, t has 1 entries \(one for every column of X\)/
 */
export function targetsOf(where: string, name: string, X: Matrix, targets: Targets): number[] {
  const isMatrix = "rows" in targets;
  const values = Array.from(isMatrix ? targets.data : targets);
  if (values.length !== X.cols || (isMatrix && targets.rows !== 1))
    throw new Error(
      `${where}: X is ${shape(X)}, ${name} ${isMatrix ? `is ${shape(targets)}` : `has ${values.length} entries`} (one for every column of X)`,
    );
  checkFinite(where, "X", X);
  return values;
}

/**
 * The same, for targets that may be any finite numbers.
 * @throws also if a target is not finite, or there is none
 * @example
 * finiteTargetsOf("train", "t", matrix([[1, 2]]), [0, NaN]) // throws /train: t\[1\] is NaN/
 */
export function finiteTargetsOf(where: string, name: string, X: Matrix, targets: Targets): number[] {
  const values = targetsOf(where, name, X, targets);
  if (values.length === 0) throw new Error(`${where}: X is ${shape(X)} (it needs at least one column)`);
  values.forEach((value, j) => {
    if (!Number.isFinite(value))
      throw new Error(`${where}: ${name}[${j}] is ${value} (every target must be finite)`);
  });
  return values;
}

/**
 * Nothing if the unit fits the samples in the columns of X.
 * @throws if the weights are not d×1 for X d×m, or an entry of X, a weight or the bias is not finite
 * @example
 * checkUnit("predict", { weights: matrix([[1]]), bias: 0 }, matrix([[1], [2]])) // throws /predict: X is 2×1, the weights are 1×1/
 */
export function checkUnit(where: string, { weights, bias }: LinearUnit, X: Matrix): void {
  if (weights.rows !== X.rows || weights.cols !== 1)
    throw new Error(
      `${where}: X is ${shape(X)}, the weights are ${shape(weights)} (they must be ${X.rows}×1)`,
    );
  checkFinite(where, "X", X);
  checkFinite(where, "weights", weights);
  if (!Number.isFinite(bias)) throw new Error(`${where}: the bias is ${bias}`);
}

/**
 * Nothing if the settings of a training are usable.
 * @throws if the learning rate is not a positive finite number or the number of epochs no whole number ≥ 0
 * @example
 * checkSettings("trainPerceptron", 0, 10) // throws /trainPerceptron: the learning rate is 0 \(it must be positive\)/
 */
export function checkSettings(where: string, learningRate: number, epochs: number): void {
  if (!(Number.isFinite(learningRate) && learningRate > 0))
    throw new Error(`${where}: the learning rate is ${learningRate} (it must be positive)`);
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new Error(`${where}: epochs is ${epochs} (it must be a whole number ≥ 0)`);
}
