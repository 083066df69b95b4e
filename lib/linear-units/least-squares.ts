import { symmetricEigen } from "../eigenvalues";
import type { LinearUnit } from "../linear-units";
import { column, type Matrix } from "../matrix";
import { adalineLoss } from "./adaline";
import { inputCorrelation } from "./stability";
import { finiteTargetsOf, type Targets } from "./unit";

/** The unit that no training can better, and its loss. */
export interface LeastSquares extends LinearUnit {
  /** The smallest E = 1/(2m) Σ (t − z)² of any linear unit; half of the least mean squared error. */
  readonly loss: number;
}

/**
 * The linear unit with the least E = 1/(2m) Σⱼ (tⱼ − zⱼ)², to which ADALINE tends: R (w, b) = (1/m) Σⱼ tⱼ (xⱼ, 1) with
 * R = inputCorrelation(X), solved through R's eigenvectors. Where several units are equally good (eigenvalues below
 * 1e-14 of the largest count as 0), it is the one with the least ‖(w, b)‖. Digits are lost in proportion to R's
 * condition number: about 16 − log₁₀ κ are right.
 * @param X d×m, a sample a column
 * @param t m targets, a 1×m matrix or a list
 * @throws if shapes do not fit, there is no sample, or a number is not finite
 * Source: note on the perceptron and ADALINE, section 3 (the loss); Golub and Van Loan, Matrix
 * Computations (4th ed.), §5.5.
 * @example
 * leastSquares(matrix([[0, 1, 2]]), [1, 3, 5]).weights.data // ≈ [2.000000000]
 * leastSquares(matrix([[0, 1, 2]]), [1, 3, 5]).bias // ≈ 1.000000000
 * leastSquares(matrix([[0, 0, 1, 1], [0, 1, 0, 1]]), [0, 1, 1, 0]).loss // ≈ 0.125000000
 */
export function leastSquares(X: Matrix, t: Targets): LeastSquares {
  const targets = finiteTargetsOf("leastSquares", "t", X, t);
  const { values, vectors } = symmetricEigen(inputCorrelation(X));
  const n = X.rows + 1;
  const p = Array.from({ length: n }, (_, i) => {
    let total = 0;
    for (let j = 0; j < X.cols; j++) total += targets[j] * (i < X.rows ? X.data[i * X.cols + j] : 1);
    return total / X.cols;
  });
  const solution = new Array<number>(n).fill(0);
  values.forEach((value, k) => {
    if (value <= 1e-14 * values[0]) return;
    let along = 0;
    for (let i = 0; i < n; i++) along += vectors.data[i * n + k] * p[i];
    for (let i = 0; i < n; i++) solution[i] += (along / value) * vectors.data[i * n + k];
  });
  const unit = { weights: column(solution.slice(0, -1)), bias: solution[X.rows] };
  return { ...unit, loss: adalineLoss(unit, X, targets) };
}
