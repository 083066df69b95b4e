import { type Matrix, multiply, shape } from "../matrix";

/**
 * How much of what a weight update does to a layer is the same for all samples, and so could have been done by its
 * bias. A step W ← W − η dW moves the pre-activations by ΔZ = −η dW A; of the sum of squares of ΔZ this is the share of
 * the rows' means, Σᵢ m (mean of row i)² / Σᵢⱼ ΔZᵢⱼ², in [0, 1], whatever the learning rate. If every row of A has mean 0
 * it is 0: then weights cannot shift what follows.
 * @param dW ∂E/∂W, outputs×inputs
 * @param A the layer's input, inputs×m
 * @throws if the shapes do not fit, there is no sample, or dW A is zero or not finite
 * Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, ICLR 2016 (arXiv:1511.07289), calls the effect bias shift.
 * @example
 * biasShift(matrix([[1, 1]]), matrix([[1, -1], [2, -2]])) // 0
 * biasShift(matrix([[1, 1]]), matrix([[1, 1], [2, 2]])) // 1
 * biasShift(matrix([[1]]), matrix([[0, 1, 2]])) // ≈ 0.6
 */
export function biasShift(dW: Matrix, A: Matrix): number {
  if (A.cols === 0) throw new Error(`biasShift: A is ${shape(A)} (it needs at least one sample)`);
  const { rows, cols: m, data } = multiply(dW, A);
  let common = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = i * m; k < (i + 1) * m; k++) {
      sum += data[k];
      total += data[k] * data[k];
    }
    common += (sum * sum) / m;
  }
  if (!(total > 0 && Number.isFinite(total)))
    throw new Error(`biasShift: the squares of dW A sum to ${total} (it must be finite and > 0)`);
  return common / total;
}
