import { logSoftmax as logSoftmaxOf, softmaxBackward, softmax as softmaxOf } from "../activations";
import { hadamard, type Matrix, subtract } from "../matrix";
import { columnSums } from "../matrix-entries";
import { entries, tangentName } from "./rules";
import { repeat } from "./sums";
import type { Operation } from "./variable";

/**
 * P = softmax of every column of Z: dZ = P ⊙ (dP − 1 (1ᵀ (P ⊙ dP))). The Jacobian matrix of a column, diag p − p pᵀ, is
 * symmetric, so tangents go by the same formula.
 * @example
 * softmax.forward(matrix([[0], [0]])) // matrix([[0.5], [0.5]])
 */
export const softmax: Operation = {
  name: "softmax",
  symbol: "softmax",
  expression: (z) => `softmax(${z})`,
  forward: softmaxOf,
  cost: softmaxCost,
  derivatives: [
    {
      pulled: (p) => `${p} ⊙ (d${p} − 1 (1ᵀ (${p} ⊙ d${p})))`,
      pushed: (p, z) => `${p} ⊙ (${tangentName(z)} − 1 (1ᵀ (${p} ⊙ ${tangentName(z)})))`,
      at(P) {
        const apply = (X: Matrix) => softmaxBackward(P, X);
        const cost = 3 * entries(P) + (P.rows - 1) * P.cols;
        return { pull: apply, push: apply, cost: { record: 0, pull: cost, push: cost } };
      },
    },
  ],
};

/**
 * L = log softmax of every column of Z, by log-sum-exp: dZ = dL − P ⊙ 1 (1ᵀ dL) and L̇ = Ż − 1 (1ᵀ (P ⊙ Ż)), with
 * P = softmax(Z).
 * @example
 * logSoftmax.forward(matrix([[1000], [0]])) // matrix([[0], [-1000]])
 */
export const logSoftmax: Operation = {
  name: "logSoftmax",
  symbol: "log softmax",
  expression: (z) => `logSoftmax(${z})`,
  forward: logSoftmaxOf,
  cost: (L) => softmaxCost(L) + L.cols,
  derivatives: [
    {
      pulled: (l, z) => `d${l} − softmax(${z}) ⊙ 1 (1ᵀ d${l})`,
      pushed: (_l, z) => `${tangentName(z)} − 1 (1ᵀ (softmax(${z}) ⊙ ${tangentName(z)}))`,
      at(L, [Z]) {
        const P = softmaxOf(Z);
        const cost = 2 * entries(L) + (L.rows - 1) * L.cols;
        return {
          pull: (dL) => subtract(dL, hadamard(P, repeat(columnSums(dL), P.rows, P.cols))),
          push: (tangent) => subtract(tangent, repeat(columnSums(hadamard(P, tangent)), P.rows, P.cols)),
          cost: { record: softmaxCost(L), pull: cost, push: cost },
        };
      },
    },
  ],
};

/** Subtract the maximum, exponentiate, add, and divide (log softmax: subtract the logarithm of the sum instead). */
function softmaxCost({ rows, cols }: Matrix): number {
  return 3 * rows * cols + (rows - 1) * cols;
}
