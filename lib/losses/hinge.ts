import type { Loss, Pair } from "../losses";
import { precisionOf, zeros } from "../matrix";
import { checkTargets } from "./targets";

/**
 * E = 1/m Σ max(0, 1 − t z) over all entries of m columns, targets t ∈ {−1, 1}; ∂E/∂z = −t/m where t z < 1, else 0,
 * also at the kink t z = 1.
 * Source: Cortes and Vapnik, Machine Learning 20 (1995) 273; the value at the kink as in Shalev-Shwartz, Singer and
 * Srebro's Pegasos, ICML 2007.
 * @example
 * hinge.forward(matrix([[0.5, -3]]), matrix([[1, -1]])).loss // 0.25
 * hinge.backward(hinge.forward(matrix([[0.5, -3]]), matrix([[1, -1]])).cache) // matrix([[-0.5, 0]])
 */
export const hinge: Loss<Pair> = {
  name: "hinge",
  kinks: [-1, 1],
  forward(prediction, target) {
    checkTargets("hinge", prediction, target, "−1 or 1");
    const [Z, T] = [prediction.data, target.data];
    let loss = 0;
    for (let k = 0; k < Z.length; k++) loss += Math.max(0, 1 - T[k] * Z[k]);
    return { loss: loss / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    const dZ = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
    const [Z, T] = [prediction.data, target.data];
    for (let k = 0; k < Z.length; k++) dZ.data[k] = T[k] * Z[k] < 1 ? -T[k] / prediction.cols : 0;
    return dZ;
  },
};

/**
 * E = 1/m Σ max(0, 1 − t z)² over all entries of m columns, targets t ∈ {−1, 1}; ∂E/∂z = −2t max(0, 1 − t z)/m, which
 * has no kink.
 * Source: Y. Tang, "Deep Learning using Linear Support Vector Machines", arXiv:1306.0239 (2013), the L2-SVM.
 * @example
 * squaredHinge.forward(matrix([[0.5, -3]]), matrix([[1, -1]])).loss // 0.125
 * squaredHinge.backward(squaredHinge.forward(matrix([[0.5, -3]]), matrix([[1, -1]])).cache) // matrix([[-0.5, 0]])
 */
export const squaredHinge: Loss<Pair> = {
  name: "squaredHinge",
  kinks: [],
  forward(prediction, target) {
    checkTargets("squaredHinge", prediction, target, "−1 or 1");
    const [Z, T] = [prediction.data, target.data];
    let loss = 0;
    for (let k = 0; k < Z.length; k++) {
      const shortfall = Math.max(0, 1 - T[k] * Z[k]);
      loss += shortfall * shortfall;
    }
    return { loss: loss / prediction.cols, cache: { prediction, target } };
  },
  backward({ prediction, target }) {
    const dZ = zeros(prediction.rows, prediction.cols, precisionOf(prediction));
    const [Z, T] = [prediction.data, target.data];
    for (let k = 0; k < Z.length; k++) {
      const shortfall = Math.max(0, 1 - T[k] * Z[k]);
      dZ.data[k] = shortfall > 0 ? (-2 * T[k] * shortfall) / prediction.cols : 0;
    }
    return dZ;
  },
};
