import { cos, sin } from "./kernels/functions";
import { type Landscape, landscape } from "./landscapes/landscape";
import { fromData, hadamard, multiply, zeros } from "./matrix";
import { sum } from "./matrix-entries";

/**
 * Rosenbrock's curved valley f(x) = Σ b (xᵢ₊₁ − xᵢ²)² + (a − xᵢ)² over i = 1, …, n − 1. Its floor is the parabola
 * x₂ = x₁²; the minimum 0 lies at (a, a²), and for n > 2, where a must be 1, at (1, …, 1).
 * @throws if n is not a whole number ≥ 2, a or b is not finite, b ≤ 0, or a ≠ 1 with n > 2
 * Source: H. H. Rosenbrock, Comput. J. 3 (1960) 175, with a = 1, b = 100; the sum is SciPy's `rosen`.
 * @example
 * const f = rosenbrock()
 * f.value(column([-1.2, 1])) // ≈ 24.2
 * f.gradient(column([-1.2, 1])).data // ≈ [-215.6, -88.0]
 * f.hessian(column([1, 1])) // matrix([[802, -400], [-400, 200]])
 * rosenbrock({ a: 2, dimensions: 3 }) // throws /a is 2 in 3 dimensions/
 */
export function rosenbrock({ a = 1, b = 100, dimensions: n = 2 } = {}): Landscape {
  if (!Number.isInteger(n) || n < 2)
    throw new Error(`rosenbrock: dimensions is ${n} (it must be a whole number ≥ 2)`);
  if (!Number.isFinite(a) || !(b > 0 && b < Number.POSITIVE_INFINITY))
    throw new Error(`rosenbrock: a is ${a}, b is ${b} (both must be finite, b > 0)`);
  if (n > 2 && a !== 1) throw new Error(`rosenbrock: a is ${a} in ${n} dimensions (beyond two it must be 1)`);
  return landscape("Rosenbrock", n, [n === 2 ? [a, a * a] : Array.from({ length: n }, () => 1)], 0, {
    value(x) {
      let f = 0;
      for (let i = 0; i + 1 < n; i++) f += b * square(x[i + 1] - x[i] * x[i]) + square(a - x[i]);
      return f;
    },
    gradient(x, g) {
      for (let i = 0; i + 1 < n; i++) {
        const offFloor = x[i + 1] - x[i] * x[i];
        g[i] += -4 * b * x[i] * offFloor - 2 * (a - x[i]);
        g[i + 1] += 2 * b * offFloor;
      }
    },
    hessian(x, add) {
      for (let i = 0; i + 1 < n; i++) {
        add(i, i, 12 * b * x[i] * x[i] - 4 * b * x[i + 1] + 2);
        add(i + 1, i + 1, 2 * b);
        add(i, i + 1, -4 * b * x[i]);
      }
    },
  });
}

/** A quadratic landscape; its Hessian is the same everywhere. */
export interface Ravine extends Landscape {
  /** The eigenvalues of the Hessian: the curvatures along the axes of the ravine. */
  readonly curvatures: readonly number[];
  /** κ, the largest curvature divided by the smallest. */
  readonly conditionNumber: number;
}

/**
 * The quadratic ravine f(x) = ½ xᵀ H x with H = Q diag(λ₁, …, λₙ) Qᵀ: curvature λₖ along its k-th axis, minimum 0 at 0.
 * Q turns the axes counter-clockwise by `rotation`, in radians, which needs two dimensions; without it Q = 1.
 * Gradient descent on it converges for rates below 2/λmax, and slowly where κ = λmax/λmin is large.
 * @throws if there is no curvature, one is not finite and > 0, or a rotation is given with other than two
 * Source: J. Nocedal and S. J. Wright, Numerical Optimization (2nd ed., 2006), §3.3.
 * @example
 * const f = quadraticRavine([1, 100])
 * f.value(column([2, 1])) // 52
 * f.gradient(column([2, 1])) // column([2, 100])
 * f.conditionNumber // 100
 * quadraticRavine([1, 3], { rotation: Math.PI / 4 }).hessian(column([0, 0])).data[1] // ≈ -1
 * quadraticRavine([1, -3]) // throws /curvature 1 is -3/
 */
export function quadraticRavine(
  curvatures: readonly number[],
  { rotation = 0 }: { rotation?: number } = {},
): Ravine {
  const n = curvatures.length;
  if (n === 0) throw new Error("quadraticRavine: it needs at least one curvature");
  curvatures.forEach((curvature, k) => {
    if (!(curvature > 0 && curvature < Number.POSITIVE_INFINITY))
      throw new Error(`quadraticRavine: curvature ${k} is ${curvature} (it must be finite and > 0)`);
  });
  if (!Number.isFinite(rotation) || (rotation !== 0 && n !== 2))
    throw new Error(`quadraticRavine: rotation is ${rotation} in ${n} dimensions (it needs two)`);
  const H = zeros(n, n);
  curvatures.forEach((curvature, k) => {
    H.data[k * n + k] = curvature;
  });
  if (rotation !== 0) {
    const [c, s] = [cos(rotation), sin(rotation)];
    const [l, m] = curvatures;
    H.data.set([l * c * c + m * s * s, (l - m) * c * s, (l - m) * c * s, l * s * s + m * c * c]);
  }
  const product = (x: Float64Array) => multiply(H, fromData(n, 1, x));
  const f = landscape("quadratic ravine", n, [curvatures.map(() => 0)], 0, {
    value: (x) => sum(hadamard(fromData(n, 1, x), product(x))) / 2,
    gradient: (x, g) => g.set(product(x).data),
    hessian(_x, add) {
      for (let i = 0; i < n; i++) for (let j = i; j < n; j++) add(i, j, H.data[i * n + j]);
    },
  });
  return { ...f, curvatures, conditionNumber: Math.max(...curvatures) / Math.min(...curvatures) };
}

const square = (x: number) => x * x;
