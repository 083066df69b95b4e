import { checkFinite } from "../check-data";
import { symmetricEigen } from "../eigenvalues";
import { type Matrix, shape, zeros } from "../matrix";

/** How large a learning rate may be for ADALINE on some data. */
export interface StabilityLimit {
  /** 2/λmax: batch training converges for 0 < η below it and diverges above it. */
  readonly limit: number;
  /** 2/(λmax + λmin), the rate at which the slowest error shrinks fastest, by (κ − 1)/(κ + 1) an epoch. */
  readonly best: number;
  /** 2/max ‖(x, 1)‖²: online, below it no correction leaves its own sample with a larger error. */
  readonly online: number;
  /** λ of R, from the largest to the smallest. */
  readonly eigenvalues: readonly number[];
  /** κ = λmax/λmin; Infinity where R is singular. */
  readonly conditionNumber: number;
}

/**
 * The correlation matrix of the inputs with the bias as a constant feature 1, R = (1/m) Σⱼ x̃ⱼ x̃ⱼᵀ with x̃ = (x, 1):
 * the Hessian of ADALINE's E = 1/(2m) Σ (t − z)² in (w, b). (d+1)×(d+1); sums run over the samples in their order.
 * @param X d×m, a sample a column
 * @throws if there is no sample or an entry is not finite
 * @example
 * inputCorrelation(matrix([[1, 3]])) // matrix([[5, 2], [2, 1]])
 */
export function inputCorrelation(X: Matrix): Matrix {
  if (X.cols === 0) throw new Error(`inputCorrelation: X is ${shape(X)} (it needs at least one column)`);
  checkFinite("inputCorrelation", "X", X);
  const n = X.rows + 1;
  const entry = (i: number, j: number) => (i < X.rows ? X.data[i * X.cols + j] : 1);
  const R = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k <= i; k++) {
      let total = 0;
      for (let j = 0; j < X.cols; j++) total += entry(i, j) * entry(k, j);
      R.data[i * n + k] = total / X.cols;
      R.data[k * n + i] = total / X.cols;
    }
  return R;
}

/**
 * The largest learning rate of ADALINE on these inputs. A batch step turns the distance u to the best (w, b) into
 * (I − ηR)u with R = inputCorrelation(X), so it shrinks in every direction if and only if 0 < η < 2/λmax(R). That is
 * for the loss with ½, as here; where the gradient is written without it, as 2/m Σ …, the limit is 1/λmax.
 * @param X d×m, a sample a column; the targets play no part
 * @throws if there is no sample or an entry is not finite
 * Source: B. Widrow, J. M. McCool, M. G. Larimore, C. R. Johnson, Proc. IEEE 64 (1976) 1151; LeCun, Bottou, Orr and
 * Müller, "Efficient BackProp" (1998), section 5.
 * @example
 * stabilityLimit(matrix([[-1, 1]])).limit // 2
 * stabilityLimit(matrix([[0, 2]])).eigenvalues // ≈ [2.61803399, 0.38196601]
 * stabilityLimit(matrix([[0, 2]])).limit // ≈ 0.76393202
 */
export function stabilityLimit(X: Matrix): StabilityLimit {
  const { values } = symmetricEigen(inputCorrelation(X));
  const [largest, smallest] = [values[0], values[values.length - 1]];
  let longest = 0;
  for (let j = 0; j < X.cols; j++) {
    let square = 1;
    for (let i = 0; i < X.rows; i++) square += X.data[i * X.cols + j] * X.data[i * X.cols + j];
    longest = Math.max(longest, square);
  }
  // R has no negative eigenvalue; rounding may make a zero one look so
  const singular = smallest <= 1e-14 * largest;
  return {
    limit: 2 / largest,
    best: 2 / (largest + Math.max(0, smallest)),
    online: 2 / longest,
    eigenvalues: values,
    conditionNumber: singular ? Number.POSITIVE_INFINITY : largest / smallest,
  };
}
