import { forInference, type Layer } from "./layer";
import type { Loss } from "./losses";
import { type Matrix, shape } from "./matrix";
import { argmaxColumns, takeColumns } from "./matrix-entries";
import type { Params } from "./params";

/** Columns of one forward pass over many samples, so that its activations stay small. */
const chunk = 1000;

/** The outputs for the columns of X, chunk by chunk, each with its first column. */
function* outputs<P extends Params>(
  layer: Layer<P>,
  params: P,
  X: Matrix,
): Generator<{ output: Matrix; from: number }> {
  const trained = forInference(layer);
  for (let from = 0; from < X.cols; from += chunk) {
    const indices = Int32Array.from({ length: Math.min(chunk, X.cols - from) }, (_, j) => from + j);
    yield { output: trained.forward(params, takeColumns(X, indices)).output, from };
  }
}

/**
 * The class with the largest output for each column of X; of equal ones the first.
 * @throws if the layer has fewer than two outputs, or an output is NaN
 * @example
 * import { dense } from "./layers"
 * const params = { weights: matrix([[1], [-1]]), bias: matrix([[0], [0]]) }
 * [...predict(dense(1, 2), params, matrix([[3, -3]]))] // [0, 1]
 */
export function predict<P extends Params>(layer: Layer<P>, params: P, X: Matrix): Int32Array {
  const classes = new Int32Array(X.cols);
  for (const { output, from } of outputs(layer, params, X)) {
    if (output.rows < 2)
      throw new Error(
        `predict: the output is ${shape(output)} (choosing a class needs a row for each of two or more)`,
      );
    classes.set(argmaxColumns(output), from);
  }
  return classes;
}

/**
 * The share of columns whose predicted class is their label, in [0, 1].
 * @throws if there are not as many labels as columns, there are none, or a label is not one of the layer's classes
 * @example
 * import { dense } from "./layers"
 * const params = { weights: matrix([[1], [-1]]), bias: matrix([[0], [0]]) }
 * accuracy(dense(1, 2), params, matrix([[3, -3, -1, 2]]), [0, 1, 0, 0]) // 0.75
 * accuracy(dense(1, 2), params, matrix([[3]]), [2]) // throws /labels\[0\] is 2 \(allowed are 0 to 1\)/
 */
export function accuracy<P extends Params>(
  layer: Layer<P>,
  params: P,
  X: Matrix,
  labels: ArrayLike<number>,
): number {
  if (labels.length !== X.cols || X.cols === 0)
    throw new Error(
      `accuracy: X is ${shape(X)} with ${labels.length} labels (one for each column, at least one)`,
    );
  const classes = forInference(layer).forward(params, takeColumns(X, [0])).output.rows;
  for (let j = 0; j < labels.length; j++)
    if (!(Number.isInteger(labels[j]) && labels[j] >= 0 && labels[j] < classes))
      throw new Error(`accuracy: labels[${j}] is ${labels[j]} (allowed are 0 to ${classes - 1})`);
  const predicted = predict(layer, params, X);
  let right = 0;
  for (let j = 0; j < labels.length; j++) if (predicted[j] === labels[j]) right += 1;
  return right / labels.length;
}

/**
 * The mean loss over the columns of X, chunk by chunk.
 * @throws if X and T differ in their number of columns or have none
 * @example
 * import { dense } from "./layers"
 * import { meanSquaredError } from "./losses"
 * const params = { weights: matrix([[1]]), bias: matrix([[0]]) }
 * meanLoss(dense(1, 1), meanSquaredError, params, matrix([[3, 1]]), matrix([[1, 1]])) // 1
 */
export function meanLoss<P extends Params>(
  layer: Layer<P>,
  loss: Loss,
  params: P,
  X: Matrix,
  T: Matrix,
): number {
  if (X.cols !== T.cols || X.cols === 0)
    throw new Error(`meanLoss: X is ${shape(X)}, T is ${shape(T)} (a column for each sample, at least one)`);
  let total = 0;
  for (const { output, from } of outputs(layer, params, X)) {
    const indices = Int32Array.from({ length: output.cols }, (_, j) => from + j);
    total += loss.forward(output, takeColumns(T, indices)).loss * output.cols;
  }
  return total / X.cols;
}
