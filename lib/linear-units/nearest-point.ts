/** A point of a convex hull as a combination Σ λᵢ pᵢ of some of the given points, λᵢ > 0, Σ λᵢ = 1. */
export interface NearestPoint {
  readonly point: Float64Array;
  /** Indices of the points with λᵢ > 0, and these λᵢ. */
  readonly support: number[];
  readonly coefficients: number[];
}

const ROUNDING = 1e-13;

/**
 * The point of the convex hull of p₁, …, pₘ that is nearest to the origin, exact up to rounding.
 * The method keeps a small set of points whose affine hull's nearest point lies inside their convex hull, adds the
 * point farthest towards the origin, and drops points until that holds again; the distance falls with every round,
 * so no set comes back and the method ends.
 * Source: P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976) 128–149.
 * @throws if there is no point, or the rounds do not end (the points then coincide up to rounding)
 * @example
 * nearestPoint([[2, 0], [0, 2], [3, 3]]).point[0] // ≈ 1.000000
 * nearestPoint([[2, 0], [0, 2], [3, 3]]).support // [0, 1]
 */
export function nearestPoint(points: readonly ArrayLike<number>[]): NearestPoint {
  if (points.length === 0) throw new Error("nearestPoint: there is no point");
  const squares = points.map((p) => dot(p, p));
  const largest = Math.max(...squares);
  let support = [squares.indexOf(Math.min(...squares))];
  let coefficients = [1];

  for (let round = 0; round < 1000; round++) {
    const point = combination(points, support, coefficients);
    const candidate = argmin(points, (p) => dot(p, point));
    const progress = dot(point, point) - dot(points[candidate], point);
    if (progress <= ROUNDING * largest || support.includes(candidate))
      return { point, support, coefficients };
    const [next, weights] = reduced(points, [...support, candidate], [...coefficients, 0]);
    if (!next.includes(candidate)) return { point, support, coefficients };
    [support, coefficients] = [next, weights];
  }
  throw new Error("nearestPoint: no end after 1000 rounds (do the points coincide up to rounding?)");
}

/** Moves towards the affine hull's nearest point, dropping a point whenever its coefficient falls to 0. */
function reduced(
  points: readonly ArrayLike<number>[],
  support: number[],
  coefficients: number[],
): [number[], number[]] {
  for (;;) {
    const target = affineCoefficients(support.map((i) => points[i]));
    if (target.every((value) => value > ROUNDING)) return [support, target];
    let step = 1;
    target.forEach((value, k) => {
      const now = coefficients[k];
      if (value <= ROUNDING) step = Math.min(step, now > 0 ? now / (now - value) : 0);
    });
    const moved = coefficients.map((value, k) => (1 - step) * value + step * target[k]);
    const smallest = Math.min(...moved);
    const kept = moved.map((value) => value > Math.max(smallest, ROUNDING));
    support = support.filter((_, k) => kept[k]);
    coefficients = moved.filter((_, k) => kept[k]);
  }
}

/** α with Σ αₖ = 1 and ‖Σ αₖ pₖ‖ smallest: (P + 1 1ᵀ) u = 1, α = u / Σ u, where Pₖₗ = pₖ·pₗ. */
function affineCoefficients(points: ArrayLike<number>[]): number[] {
  const u = solve(
    points.map((p) => points.map((q) => 1 + dot(p, q))),
    points.map(() => 1),
  );
  const total = u.reduce((sum, value) => sum + value, 0);
  return u.map((value) => value / total);
}

/** Gaussian elimination with row exchanges; both arguments are overwritten. */
function solve(A: number[][], b: number[]): number[] {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i][k]) > Math.abs(A[pivot][k])) pivot = i;
    [A[k], A[pivot]] = [A[pivot], A[k]];
    [b[k], b[pivot]] = [b[pivot], b[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = A[i][k] / A[k][k];
      for (let j = k; j < n; j++) A[i][j] -= factor * A[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) b[k] -= A[k][j] * b[j];
    b[k] /= A[k][k];
  }
  return b;
}

function combination(
  points: readonly ArrayLike<number>[],
  support: number[],
  coefficients: number[],
): Float64Array {
  const point = new Float64Array(points[0].length);
  support.forEach((index, k) => {
    for (let i = 0; i < point.length; i++) point[i] += coefficients[k] * points[index][i];
  });
  return point;
}

function dot(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) total += p[i] * q[i];
  return total;
}

function argmin(points: readonly ArrayLike<number>[], f: (p: ArrayLike<number>) => number): number {
  let best = 0;
  for (let j = 1; j < points.length; j++) if (f(points[j]) < f(points[best])) best = j;
  return best;
}
