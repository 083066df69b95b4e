import { column, matrix } from "../../matrix";
import type { BatchNormNumbers } from "./batch-norm-numbers";

/**
 * Three features, of which the last is constant, with deviations and an ε that give plain numbers.
 * @example
 * byHand.cache.variance // matrix([[0.81], [2.56], [0]])
 */
export const byHand: Omit<BatchNormNumbers, "inferred"> = {
  probe: "a constant feature, ε = 1.44",
  epsilon: 1.44,
  momentum: 0.25,
  params: {
    gain: column([2, -1, 3]),
    shift: column([1, 0.5, 4]),
    runningMean: column([4, 0, 1]),
    runningVariance: column([1, 1, 2]),
  },
  A: matrix([
    [2.9, 1.1, 2.9, 1.1],
    [-2.6, 0.6, 0.6, -2.6],
    [5, 5, 5, 5],
  ]),
  dY: matrix([
    [1, 0, 0, 0],
    [0, 2, 0, 0],
    [1, 2, 3, -2],
  ]),
  cache: {
    normalized: matrix([
      [0.6, -0.6, 0.6, -0.6],
      [-0.8, 0.8, 0.8, -0.8],
      [0, 0, 0, 0],
    ]),
    inverseDeviation: column([2 / 3, 0.5, 5 / 6]),
    mean: column([2, -1, 5]),
    variance: column([0.81, 2.56, 0]),
  },
  output: matrix([
    [2.2, -0.2, 2.2, -0.2],
    [1.3, -0.3, -0.3, 1.3],
    [4, 4, 4, 4],
  ]),
  gradients: { gain: column([0.6, 1.6, 0]), shift: column([1, 2, 4]) },
  dInput: matrix([
    [22 / 25, -16 / 75, -34 / 75, -16 / 75],
    [0.09, -0.59, 0.41, 0.09],
    [0, 2.5, 5, -7.5],
  ]),
  moved: { runningMean: column([3.5, -0.25, 2]), runningVariance: column([1.02, 4.81 / 3, 1.5]) },
};
