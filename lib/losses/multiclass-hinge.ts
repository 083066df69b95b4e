import type { Loss } from "../losses";
import { type Matrix, precisionOf, zeros } from "../matrix";
import { checkTargets } from "./targets";

/** What multiclassHinge keeps of a forward. */
export interface MarginCache {
  readonly prediction: Matrix;
  /** For each column the row of its class. */
  readonly classes: Int32Array;
  /** For each column the row of the largest other entry, the first of equal ones. */
  readonly rivals: Int32Array;
  /** For each column max(0, 1 + z_rival − z_class). */
  readonly shortfalls: Float64Array;
}

/**
 * The hinge of Crammer and Singer for several classes: E = 1/m Σⱼ max(0, 1 + maxᵢ zᵢ − z_y) over m columns, where y is
 * the column's class and i runs through the others; ∂E/∂z is 1/m at the largest other entry and −1/m at y where the
 * maximum is above 0, else 0. It has kinks where that margin is just met or two other entries are both the largest:
 * there the gradient is 0 and that of the first of them. Targets are one-hot columns.
 * Source: Crammer and Singer, Journal of Machine Learning Research 2 (2001) 265.
 * @throws also if there is only one row, or a column of the target is not one-hot
 * @example
 * const { loss, cache } = multiclassHinge.forward(matrix([[2], [1.5], [0]]), matrix([[1], [0], [0]]))
 * loss // 0.5
 * multiclassHinge.backward(cache) // matrix([[-1], [1], [0]])
 * multiclassHinge.forward(matrix([[2], [1]]), matrix([[0.5], [0.5]])) // throws /column 0 of the target is not one-hot/
 */
export const multiclassHinge: Loss<MarginCache> = {
  name: "multiclassHinge",
  kinks: [],
  forward(prediction, target) {
    checkTargets("multiclassHinge", prediction, target, "in [0, 1]");
    const { rows, cols, data } = prediction;
    if (rows < 2) throw new Error(`multiclassHinge: prediction is 1×${cols} (it needs at least two rows)`);
    const classes = classesOf(target);
    const rivals = new Int32Array(cols);
    const shortfalls = new Float64Array(cols);
    let loss = 0;
    for (let j = 0; j < cols; j++) {
      const y = classes[j];
      let rival = y === 0 ? 1 : 0;
      for (let i = rival + 1; i < rows; i++)
        if (i !== y && data[i * cols + j] > data[rival * cols + j]) rival = i;
      const [z, largest] = [data[y * cols + j], data[rival * cols + j]];
      // two equal infinities are at distance 0
      shortfalls[j] = Math.max(0, 1 + (largest === z ? 0 : largest - z));
      rivals[j] = rival;
      loss += shortfalls[j];
    }
    return { loss: loss / cols, cache: { prediction, classes, rivals, shortfalls } };
  },
  backward({ prediction, classes, rivals, shortfalls }) {
    const { rows, cols } = prediction;
    const dZ = zeros(rows, cols, precisionOf(prediction));
    for (let j = 0; j < cols; j++) {
      if (shortfalls[j] === 0) continue;
      dZ.data[rivals[j] * cols + j] = 1 / cols;
      dZ.data[classes[j] * cols + j] = -1 / cols;
    }
    return dZ;
  },
};

/** For each column of entries in [0, 1] the row of its only 1. */
function classesOf({ rows, cols, data }: Matrix): Int32Array {
  const classes = new Int32Array(cols);
  for (let j = 0; j < cols; j++) {
    let ones = 0;
    for (let i = 0; i < rows; i++) {
      const t = data[i * cols + j];
      if (t === 1) classes[j] = i;
      ones += t === 0 ? 0 : t === 1 ? 1 : 2;
    }
    if (ones !== 1)
      throw new Error(
        `multiclassHinge: column ${j} of the target is not one-hot (one entry must be 1 and the others 0)`,
      );
  }
  return classes;
}
