import { fromData, type Matrix, shape } from "../matrix";

/**
 * Q (n×k) of the decomposition A = Q R of an n×k matrix, n ≥ k: orthonormal columns, QᵀQ = I, and R upper triangular
 * with a diagonal ≥ 0, which makes Q unique where the columns of A are independent. By Householder reflections
 * H = I − 2 v vᵀ, one a column, each of which takes what is below the diagonal to 0: Hₖ … H₁ A = R, Q = H₁ … Hₖ.
 * @throws if A has fewer rows than columns, or entries that are not finite
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations (4th ed.), algorithms 5.1.1 and 5.2.1.
 * @example
 * orthonormalColumns(matrix([[3, 1], [4, 2]])).data // ≈ [0.6, -0.8, 0.8, 0.6]
 * orthonormalColumns(zeros(1, 2)) // throws /A is 1×2/
 */
export function orthonormalColumns(A: Matrix): Matrix {
  const { rows: n, cols: k } = A;
  if (n < k)
    throw new Error(`orthonormalColumns: A is ${shape(A)} (it needs at least as many rows as columns)`);
  if (!A.data.every(Number.isFinite)) throw new Error("orthonormalColumns: an entry of A is not finite");
  const R = Float64Array.from(A.data);
  const reflections: Float64Array[] = [];
  for (let j = 0; j < k; j++) {
    const v = reflectionVector(R, n, k, j);
    reflect(R, k, v, j);
    reflections.push(v);
  }
  // the first k columns of the identity, with R's signs, through the reflections from the last to the first
  const Q = new Float64Array(n * k);
  for (let j = 0; j < k; j++) Q[j * k + j] = R[j * k + j] < 0 ? -1 : 1;
  for (let j = k - 1; j >= 0; j--) reflect(Q, k, reflections[j], j);
  return fromData(n, k, Q);
}

/** The unit vector v, 0 above row j, whose reflection takes column j below the diagonal to 0; all 0 if it is there. */
function reflectionVector(R: Float64Array, n: number, k: number, j: number): Float64Array {
  const v = new Float64Array(n);
  let below = 0;
  for (let i = j; i < n; i++) {
    v[i] = R[i * k + j];
    if (i > j) below += v[i] * v[i];
  }
  if (below === 0) return new Float64Array(n);
  const length = Math.sqrt(v[j] * v[j] + below);
  // away from the diagonal's sign, so that nothing cancels
  v[j] += v[j] < 0 ? -length : length;
  const norm = Math.sqrt(v[j] * v[j] + below);
  for (let i = j; i < n; i++) v[i] /= norm;
  return v;
}

/** M ← (I − 2 v vᵀ) M for a matrix M with k columns; v is 0 above row `from`. */
function reflect(M: Float64Array, k: number, v: Float64Array, from: number): void {
  const projections = new Float64Array(k);
  for (let i = from; i < v.length; i++) for (let j = 0; j < k; j++) projections[j] += v[i] * M[i * k + j];
  for (let i = from; i < v.length; i++) for (let j = 0; j < k; j++) M[i * k + j] -= 2 * v[i] * projections[j];
}
