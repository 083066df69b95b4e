import { type Matrix, shape, zeros } from "./matrix";

/** Eigenvalues from the largest to the smallest, and the vectors that belong to them. */
export interface SymmetricEigen {
  readonly values: number[];
  /** n×n: column k has length 1 and belongs to values[k]; its entry of largest magnitude is positive. */
  readonly vectors: Matrix;
}

/** Of sweeps over all pairs; towards the end each squares what is left, so few are needed. */
const mostSweeps = 60;

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, A = V diag(λ) Vᵀ, by Jacobi's method: rotations that set one
 * pair of entries beside the diagonal to zero after another, row by row, until all are zero in float64. Time n³ a
 * sweep.
 * @throws if A is not square, not symmetric (up to 1e-12 of its largest entry) or holds an entry that is not finite
 * Source: C. G. J. Jacobi, J. reine angew. Math. 30 (1846) 51; Golub and Van Loan, Matrix Computations (4th ed.), §8.5.
 * @example
 * symmetricEigen(matrix([[2, 1], [1, 2]])).values // ≈ [3.00000000, 1.00000000]
 * symmetricEigen(matrix([[2, 1], [1, 2]])).vectors.data // ≈ [0.70710678, 0.70710678, 0.70710678, -0.70710678]
 * symmetricEigen(matrix([[0, 1], [0, 0]])) // throws /A\[0,1\] is 1, A\[1,0\] is 0 \(A must be symmetric\)/
 */
export function symmetricEigen(A: Matrix): SymmetricEigen {
  const n = A.rows;
  const negligible = 1e-20 * checkSymmetric(A);
  const a = Array.from({ length: n }, (_, i) => Float64Array.from(A.data.subarray(i * n, (i + 1) * n)));
  const v = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
  let rotated = true;
  for (let sweep = 0; rotated; sweep++) {
    if (sweep === mostSweeps) throw new Error(`symmetricEigen: no end after ${mostSweeps} sweeps`);
    rotated = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const size = Math.abs(a[p][q]);
        const changesNeither = a[p][p] + size === a[p][p] && a[q][q] + size === a[q][q];
        if (changesNeither || size <= negligible) continue;
        rotate(a, v, p, q);
        rotated = true;
      }
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((k, l) => a[l][l] - a[k][k] || k - l);
  const vectors = zeros(n, n);
  order.forEach((from, k) => {
    const sign = largestEntry(v, from) < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors.data[i * n + k] = sign * v[i][from];
  });
  return { values: order.map((k) => a[k][k]), vectors };
}

/** A ← Jᵀ A J and V ← V J with the rotation J in the plane (p, q) that makes a_pq zero; |t| = |tan θ| ≤ 1. */
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  const shift = t * a[p][q];
  a[p][p] -= shift;
  a[q][q] += shift;
  a[p][q] = 0;
  a[q][p] = 0;
  for (let k = 0; k < a.length; k++) {
    if (k !== p && k !== q) {
      const [ap, aq] = [a[p][k], a[q][k]];
      a[p][k] = c * ap - s * aq;
      a[q][k] = s * ap + c * aq;
      a[k][p] = a[p][k];
      a[k][q] = a[q][k];
    }
    const [vp, vq] = [v[k][p], v[k][q]];
    v[k][p] = c * vp - s * vq;
    v[k][q] = s * vp + c * vq;
  }
}

function largestEntry(v: Float64Array[], column: number): number {
  let largest = 0;
  // an entry must be clearly larger to take over, so that rounding does not choose between equal ones
  for (const row of v) if (Math.abs(row[column]) > Math.abs(largest) * (1 + 1e-9)) largest = row[column];
  return largest;
}

/** The magnitude of the largest entry, once A is known to be symmetric. */
function checkSymmetric(A: Matrix): number {
  if (A.rows !== A.cols) throw new Error(`symmetricEigen: A is ${shape(A)} (it must be square)`);
  let largest = 0;
  for (let k = 0; k < A.data.length; k++) {
    if (!Number.isFinite(A.data[k]))
      throw new Error(
        `symmetricEigen: A[${Math.floor(k / A.cols)},${k % A.cols}] is ${A.data[k]} (every entry must be finite)`,
      );
    largest = Math.max(largest, Math.abs(A.data[k]));
  }
  for (let i = 0; i < A.rows; i++)
    for (let j = i + 1; j < A.cols; j++) {
      const [upper, lower] = [A.data[i * A.cols + j], A.data[j * A.cols + i]];
      if (Math.abs(upper - lower) > 1e-12 * largest)
        throw new Error(
          `symmetricEigen: A[${i},${j}] is ${upper}, A[${j},${i}] is ${lower} (A must be symmetric)`,
        );
    }
  return largest;
}
