import type { Matrix } from "./matrix";

/**
 * Nothing if every entry of the matrix is finite.
 * @param where the function that was given the matrix, for the message
 * @param name what the matrix is called there
 * @throws if an entry is NaN or ±Infinity; the message names its row and column
 * @example
 * checkFinite("train", "X", matrix([[1, 2], [3, NaN]])) // throws /train: X\[1,1\] \(row 1, column 1\) is NaN/
 */
export function checkFinite(where: string, name: string, A: Matrix): void {
  for (let k = 0; k < A.data.length; k++)
    if (!Number.isFinite(A.data[k])) {
      const [i, j] = [Math.floor(k / A.cols), k % A.cols];
      throw new Error(
        `${where}: ${name}[${i},${j}] (row ${i}, column ${j}) is ${A.data[k]} (every entry must be finite)`,
      );
    }
}

/**
 * Nothing if every label is one of the allowed numbers.
 * @throws if one is not; the message names its index
 * @example
 * checkLabels("trainPerceptron", "t", [0, 1, 2], [0, 1]) // throws /t\[2\] is 2 \(allowed are 0 and 1\)/
 */
export function checkLabels(
  where: string,
  name: string,
  labels: ArrayLike<number>,
  allowed: readonly number[],
): void {
  for (let j = 0; j < labels.length; j++)
    if (!allowed.includes(labels[j]))
      throw new Error(
        `${where}: ${name}[${j}] is ${labels[j]} (allowed are ${allowed.slice(0, -1).join(", ")} and ${allowed[allowed.length - 1]})`,
      );
}
