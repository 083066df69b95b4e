import { type Matrix, zeros } from "../matrix";
import { rowMeans } from "../matrix-rows";
import type { Random } from "../random";
import { digitSets } from "./digit-networks";

/** Images and their digits. */
export interface SmallDigits {
  /** 196×m: 14×14 pixels of each image. */
  readonly X: Matrix;
  readonly labels: Int32Array;
}

/**
 * Digits of MNIST's training images at half their width and height, different ones to train and to test with: each
 * pixel is the mean of four, less its mean over those to train with, and all are divided by one number, so that their
 * mean square over those to train with is 1.
 * @param random what chooses them: RandomState.choice(60000, train + test, replace=False)
 * @example
 * import { randomState } from "../random"
 * const { train, test } = smallDigits(randomState(0), 30, 20)
 * [train.X.rows, train.X.cols, test.X.cols] // [196, 30, 20]
 */
export function smallDigits(
  random: Random,
  train: number,
  test: number,
): { train: SmallDigits; test: SmallDigits } {
  const { train: images } = digitSets();
  const chosen = random.choice(images.count, train + test, false);
  const [first, second] = [chosen.slice(0, train), chosen.slice(train)].map((indices) => ({
    X: quartered(images.takeBatch(indices)),
    labels: Int32Array.from(indices, (k) => images.labels[k]),
  }));
  const means = rowMeans(first.X).data;
  for (const { X } of [first, second])
    for (let k = 0; k < X.data.length; k++) X.data[k] -= means[Math.floor(k / X.cols)];
  let squares = 0;
  for (const x of first.X.data) squares += x * x;
  const size = Math.sqrt(squares / first.X.data.length);
  for (const { X } of [first, second]) for (let k = 0; k < X.data.length; k++) X.data[k] /= size;
  return { train: first, test: second };
}

/**
 * Images at half their width and height, each pixel the mean of four.
 * @param images 784×m: 28×28 pixels of each image, row by row
 * @returns 196×m
 * @throws if there are not 784 rows
 * @example
 * const left = matrix(Array.from({ length: 784 }, (_, pixel) => [pixel % 28 < 13 ? 1 : 0]))
 * [...quartered(left).data.subarray(0, 14)] // [1, 1, 1, 1, 1, 1, 0.5, 0, 0, 0, 0, 0, 0, 0]
 * quartered(matrix([[1]])) // throws /the images have 1 rows/
 */
export function quartered({ rows, cols: m, data }: Matrix): Matrix {
  if (rows !== 28 * 28) throw new Error(`quartered: the images have ${rows} rows (they must have 784)`);
  const X = zeros(14 * 14, m);
  for (let pixel = 0; pixel < 28 * 28; pixel++) {
    const [row, col] = [Math.floor(pixel / 28), pixel % 28];
    const to = (14 * (row >> 1) + (col >> 1)) * m;
    for (let j = 0; j < m; j++) X.data[to + j] += data[pixel * m + j] / 4;
  }
  return X;
}
