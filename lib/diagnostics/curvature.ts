import { cubeRootOfEpsilon } from "../gradients/finite-differences";
import type { Layer } from "../layer";
import type { Loss } from "../losses";
import { type Matrix, precisionOf, zeros } from "../matrix";
import { gradientNorm as norm } from "../optimizers/gradient-norm";
import { flattenParams, isStatistic, type Params, zerosLike } from "../params";
import type { Random } from "../random";
import { addScaled, innerProduct } from "./tree";

/** A loss as a function of the parameters, with its gradient; the same parameters must give the same numbers. */
export type GradientFunction<P extends Params = Params> = (params: P) => { loss: number; gradients: P };

/**
 * E and ∂E/∂θ of a network on one batch, as a function of its parameters.
 * @param random makes a new generator for each call, at the same position each time, where a layer draws (dropout)
 * @throws what the layers and the loss throw
 * @example
 * import { dense } from "../layers"
 * import { meanSquaredError } from "../losses"
 * const E = gradientFunction(dense(1, 1), meanSquaredError, matrix([[1]]), matrix([[5]]))
 * E({ weights: matrix([[2]]), bias: matrix([[0]]) }).loss // 4.5
 * E({ weights: matrix([[2]]), bias: matrix([[0]]) }).gradients.weights // matrix([[-3]])
 */
export function gradientFunction<P extends Params>(
  layer: Layer<P>,
  loss: Loss,
  X: Matrix,
  T: Matrix,
  random?: () => Random,
): GradientFunction<P> {
  return (params) => {
    const { output, cache } = layer.forward(params, X, random?.());
    const result = loss.forward(output, T);
    const { gradients } = layer.backward(params, cache, loss.backward(result.cache));
    return { loss: result.loss, gradients };
  };
}

/**
 * H v, the Hessian of E times a direction, from two gradients: (∇E(θ + h v) − ∇E(θ − h v)) / 2h with
 * h = step · max(1, ‖θ‖)/‖v‖. The error is of the order of h², plus the gradients' rounding over h. At the kinks of a
 * ReLU E has no Hessian; where one lies within ±h v the result is wrong, and a smaller step mends it.
 * @param params θ, float64
 * @param direction v, in the form of θ
 * @throws if a matrix is float32, whose rounding leaves nothing of the difference
 * Source: B. A. Pearlmutter, Neural Computation 6 (1994) 147, which goes on to the exact product.
 * @example
 * const E = ([x]) => ({ loss: x.data[0] ** 3, gradients: [matrix([[3 * x.data[0] * x.data[0]]])] })
 * hessianVectorProduct(E, [matrix([[2]])], [matrix([[1]])])[0].data[0] // ≈ 12.000000
 */
export function hessianVectorProduct<P extends Params>(
  f: GradientFunction<P>,
  params: P,
  direction: P,
  { step = cubeRootOfEpsilon }: { step?: number } = {},
): P {
  if (!(step > 0 && Number.isFinite(step)))
    throw new Error(`hessianVectorProduct: the step is ${step} (it must be a finite number > 0)`);
  for (const { path, value } of flattenParams(params))
    if (precisionOf(value) === "float32")
      throw new Error(
        `hessianVectorProduct: ${path || "the matrix"} is float32 (differences need float64: use toPrecision)`,
      );
  const length = norm(direction);
  if (length === 0) return zerosLike(params);
  const h = (step * Math.max(1, norm(params))) / length;
  const above = f(addScaled(params, h, direction)).gradients;
  const below = f(addScaled(params, -h, direction)).gradients;
  return addScaled(zerosLike(params), 1 / (2 * h), addScaled(above, -1, below));
}

/**
 * vᵀHv / vᵀv, the curvature of E in a direction; of the gradient itself, gᵀHg/gᵀg, unless one is given. Along −g a
 * gradient step with learning rate α lowers the quadratic model of E if and only if α < 2/(gᵀHg/gᵀg).
 * @param direction v, in the form of θ; the gradient unless given
 * @throws if the direction is zero, or what hessianVectorProduct throws
 * @example
 * const E = ([x]) => ({ loss: x.data[0] ** 2 + 3 * x.data[1] ** 2, gradients: [matrix([[2 * x.data[0], 6 * x.data[1]]])] })
 * curvature(E, [matrix([[1, 0]])]) // ≈ 2.0000000
 * curvature(E, [matrix([[1, 0]])], [matrix([[1, 1]])]) // ≈ 4.0000000
 */
export function curvature<P extends Params>(f: GradientFunction<P>, params: P, direction?: P): number {
  const v = direction ?? f(params).gradients;
  const square = innerProduct(v, v);
  if (square === 0) throw new Error("curvature: the direction is zero (there is no curvature along it)");
  return innerProduct(v, hessianVectorProduct(f, params, v)) / square;
}

/** A step from θ to θ + s in the eyes of E's first two derivatives at θ, and what it really did. */
export interface StepCurvature {
  /** gᵀs, the change that the gradient predicts. */
  readonly linear: number;
  /** gᵀs + ½ sᵀHs, with the curvature. */
  readonly quadratic: number;
  /** E(θ + s) − E(θ). */
  readonly measured: number;
  /** sᵀHs / sᵀs; NaN where nothing moved. */
  readonly curvature: number;
  /** The cosine of the angle between s and −g: 1 for a gradient step. NaN where one of them is zero. */
  readonly descent: number;
}

/**
 * The curvature along a step, and the change of the loss as predicted from the gradient, predicted with the curvature,
 * and measured.
 * @param before the parameters before the step
 * @param after those after it, whatever optimizer made them
 * @throws what hessianVectorProduct throws
 * @example
 * const E = ([x]) => ({ loss: x.data[0] * x.data[0], gradients: [matrix([[2 * x.data[0]]])] })
 * const { linear, quadratic, measured } = stepCurvature(E, [matrix([[1]])], [matrix([[0.5]])])
 * [linear, quadratic, measured] // ≈ [-1, -0.7500000, -0.75]
 */
export function stepCurvature<P extends Params>(f: GradientFunction<P>, before: P, after: P): StepCurvature {
  const start = f(before);
  const s = addScaled(after, -1, before);
  const linear = innerProduct(start.gradients, s);
  const along = innerProduct(s, hessianVectorProduct(f, before, s));
  return {
    linear,
    quadratic: linear + along / 2,
    measured: f(after).loss - start.loss,
    curvature: along / innerProduct(s, s),
    descent: -linear / (norm(s) * norm(start.gradients)),
  };
}

/**
 * The Hessian of E in all parameters, n×n and symmetric, rows and columns in the order of flattenParams without running
 * statistics. It takes 2n gradients, so it is for small networks. Its eigenvalues: symmetricEigen.
 * @throws what hessianVectorProduct throws
 * @example
 * const E = ([x]) => ({ loss: x.data[0] * x.data[1], gradients: [matrix([[x.data[1], x.data[0]]])] })
 * hessian(E, [matrix([[2, 3]])]).data // ≈ [0, 1.0000000, 1.0000000, 0]
 */
export function hessian<P extends Params>(f: GradientFunction<P>, params: P): Matrix {
  const learned = flattenParams(params).map(({ path }) => !isStatistic(path));
  const places = flattenParams(params).flatMap(({ value }, k) =>
    learned[k] ? Array.from(value.data, (_, entry) => ({ k, entry })) : [],
  );
  const n = places.length;
  const H = zeros(n, n);
  places.forEach((place, j) => {
    const axis = zerosLike(params);
    flattenParams(axis)[place.k].value.data[place.entry] = 1;
    const column = flattenParams(hessianVectorProduct(f, params, axis));
    places.forEach(({ k, entry }, i) => {
      // half from each of its two places, so that rounding does not make them differ
      const half = column[k].value.data[entry] / 2;
      H.data[i * n + j] += half;
      H.data[j * n + i] += half;
    });
  });
  return H;
}
