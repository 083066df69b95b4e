import { type Matrix, type Precision, precisionOf, shape, zeros } from "../matrix";

/** The targets that a loss allows. */
export type TargetRange = "finite" | "in [0, 1]" | "−1 or 1";

const bounds = { finite: Number.MAX_VALUE, "in [0, 1]": 1, "−1 or 1": 1 };

/**
 * Checks what a loss is given.
 * @param name how messages call the loss
 * @throws if the shapes or precisions differ, there are no entries, a prediction is NaN, or a target is out of range
 * @example
 * checkTargets("hinge", matrix([[0.5]]), matrix([[1]]), "−1 or 1") // undefined
 * checkTargets("hinge", matrix([[0.5]]), matrix([[0]]), "−1 or 1") // throws /hinge: target \(0, 0\) is 0 \(targets must be −1 or 1\)/
 */
export function checkTargets(name: string, prediction: Matrix, target: Matrix, range: TargetRange): void {
  if (prediction.rows !== target.rows || prediction.cols !== target.cols)
    throw new Error(
      `${name}: prediction is ${shape(prediction)}, target is ${shape(target)} (the shapes must be equal)`,
    );
  if (precisionOf(prediction) !== precisionOf(target))
    throw new Error(
      `${name}: prediction is ${precisionOf(prediction)}, target is ${precisionOf(target)} (convert one with toPrecision)`,
    );
  if (prediction.cols === 0 || prediction.rows === 0)
    throw new Error(
      `${name}: prediction is ${shape(prediction)} (${prediction.cols === 0 ? "the batch is empty" : "it has no rows"})`,
    );
  const [Y, T] = [prediction.data, target.data];
  const high = bounds[range];
  const low = range === "in [0, 1]" ? 0 : -high;
  const signs = range === "−1 or 1";
  for (let k = 0; k < T.length; k++) {
    const t = T[k];
    if (Number.isNaN(Y[k]))
      throw new Error(
        `${name}: prediction ${place(prediction, k)} is NaN (did the training diverge? try a smaller learning rate)`,
      );
    if (!(t >= low && t <= high) || (signs && t * t !== 1))
      throw new Error(`${name}: target ${place(target, k)} is ${t} (targets must be ${range})`);
  }
}

/**
 * Checks that every column of the targets, entries in [0, 1], is a distribution: its sum is 1 within 1e-5.
 * @throws if one is not
 * @example
 * checkDistributions("softmaxCrossEntropy", matrix([[0.5], [0.25]])) // throws /column 0 of the target sums to 0.75 \(it must sum to 1\)/
 */
export function checkDistributions(name: string, target: Matrix): void {
  const { rows, cols, data } = target;
  for (let j = 0; j < cols; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++) total += data[i * cols + j];
    if (Math.abs(total - 1) > 1e-5)
      throw new Error(`${name}: column ${j} of the target sums to ${total} (it must sum to 1)`);
  }
}

/**
 * Checks that there are classes to choose from: `rows` of the prediction, one for each.
 * @throws if there are fewer than two
 * @example
 * expectClasses("softmaxCrossEntropyWithLabels", 1) // throws /prediction has 1 row \(labels need a row for each of two classes or more\)/
 */
export function expectClasses(name: string, rows: number): void {
  if (rows < 2)
    throw new Error(
      `${name}: prediction has ${rows} row${rows === 1 ? "" : "s"} (labels need a row for each of two classes or more)`,
    );
}

/**
 * The classes×n matrix whose column j is 1 in row labels[j] and 0 elsewhere; `name` is how messages call the caller.
 * @throws if classes is not a whole number ≥ 1, or a label not one from 0 to classes − 1
 * @example
 * oneHotColumns("mine", [1, 0], 2, "float64") // matrix([[0, 1], [1, 0]])
 * oneHotColumns("mine", [0], 0, "float64") // throws /mine: classes is 0 \(it must be a whole number ≥ 1\)/
 */
export function oneHotColumns(
  name: string,
  labels: ArrayLike<number>,
  classes: number,
  precision: Precision,
): Matrix {
  if (!Number.isInteger(classes) || classes < 1)
    throw new Error(`${name}: classes is ${classes} (it must be a whole number ≥ 1)`);
  const T = zeros(classes, labels.length, precision);
  for (let j = 0; j < labels.length; j++) {
    const label = labels[j];
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new Error(`${name}: labels[${j}] is ${label} (allowed are 0 to ${classes - 1})`);
    T.data[label * labels.length + j] = 1;
  }
  return T;
}

const place = ({ cols }: Matrix, k: number) => `(${Math.floor(k / cols)}, ${k % cols})`;
