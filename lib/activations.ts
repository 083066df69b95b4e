import { map, mapDerivative, softmaxColumns, timesDerivative } from "./kernels/arrays";
import { type Elementwise, evaluate, evaluateDerivative } from "./kernels/functions";
import { sameShape } from "./kernels/operands";
import { hadamard, type Matrix, precisionOf, shape, zeros } from "./matrix";

/** A function of one number, applied to every entry of a matrix, with its derivative. NaN in gives NaN out. */
export interface Activation {
  readonly name: string;
  /** φ(z), in float64. */
  f(z: number): number;
  /** φ′(z), in float64; at a kink the value that the function's comment states. */
  derivative(z: number): number;
  /** φ(Z), in Z's precision: float32 entries are φ(z) computed in float64 and rounded. */
  apply(Z: Matrix): Matrix;
  /** φ′(Z), likewise. */
  derivativeAt(Z: Matrix): Matrix;
  /** dA ⊙ φ′(Z): the bits of hadamard(dA, derivativeAt(Z)), in one pass. */
  backward(Z: Matrix, dA: Matrix): Matrix;
  /** φ as an expression in z that mathjs can parse and, away from the kinks, differentiate. */
  readonly formula: string;
  /** Where φ has no derivative. */
  readonly kinks: number[];
  /** α of leakyRelu and elu, β of softplus. */
  readonly parameter?: number;
  /** Of a shifted activation, what is shifted and by how much. */
  readonly shift?: { readonly of: Activation; readonly by: number };
}

/**
 * One of the core's functions as an activation; formula, kinks and parameter as in Activation.
 * @example
 * elementwiseActivation("identity", "z", []).f(3) // 3
 */
export function elementwiseActivation(
  name: Elementwise,
  formula: string,
  kinks: number[],
  parameter?: number,
): Activation {
  const derivativeAt = (Z: Matrix) => mapDerivative(name, Z, parameter);
  return {
    name,
    formula,
    kinks,
    parameter,
    f: (z) => evaluate(name, z, parameter),
    derivative: (z) => evaluateDerivative(name, z, parameter),
    apply: (Z) => map(name, Z, parameter),
    derivativeAt,
    backward(Z, dA) {
      // of a copy with another derivative, that one counts
      if (this.derivativeAt !== derivativeAt) return hadamard(dA, this.derivativeAt(Z));
      return timesDerivative(name, Z, dA, parameter);
    },
  };
}

/**
 * φ(z) = z, φ′(z) = 1.
 * @example
 * identity.f(-2) // -2
 * identity.derivative(-2) // 1
 */
export const identity = elementwiseActivation("identity", "z", []);

/**
 * Heaviside's step: H(z) = 1 for z ≥ 0, else 0. H′(z) = 0, also at the jump z = 0, where there is no derivative.
 * Source: note on the perceptron and ADALINE, section 2.
 * @example
 * step.f(0) // 1
 * step.f(-0.1) // 0
 */
export const step = elementwiseActivation("step", "(1 + sign(z)) / 2", [0]);

/**
 * σ(z) = 1/(1 + e⁻ᶻ), in (0, 1); σ′ = σ(1 − σ), in (0, ¼]. Evaluated as e^z/(1 + e^z) for z < 0 and the derivative
 * as e/(1 + e)² with e = e^−|z|, so nothing overflows and small values keep their digits.
 * @example
 * sigmoid.f(0) // 0.5
 * sigmoid.derivative(0) // 0.25
 * sigmoid.f(-1000) // 0
 */
export const sigmoid = elementwiseActivation("sigmoid", "1 / (1 + exp(-z))", []);

/**
 * tanh(z) in (−1, 1); tanh′ = 1 − tanh², evaluated as 4e/(1 + e)² with e = e^−2|z|, which does not cancel.
 * @example
 * tanh.f(0.5) // ≈ 0.46211716
 * tanh.derivative(0) // 1
 */
export const tanh = elementwiseActivation("tanh", "tanh(z)", []);

/**
 * max(0, z); derivative 1 for z > 0, else 0, also at the kink z = 0.
 * Source: V. Nair, G. E. Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
 * @example
 * relu.f(-3) // 0
 * relu.derivative(0) // 0
 */
export const relu = elementwiseActivation("relu", "(z + abs(z)) / 2", [0]);

/**
 * z for z > 0, else αz; derivative 1 for z > 0, else α, also at the kink z = 0. For α = 0 it is relu.
 * Source: A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013).
 * @throws if α is not a finite number
 * @example
 * leakyRelu().f(-3) // -0.03
 * leakyRelu(0.2).derivative(-3) // 0.2
 */
export function leakyRelu(alpha = 0.01): Activation {
  if (!Number.isFinite(alpha)) throw new Error(`leakyRelu: alpha is ${alpha} (it must be a finite number)`);
  const formula = `(${1 + alpha} * z + ${1 - alpha} * abs(z)) / 2`;
  // 0 · −∞ would be NaN
  if (alpha === 0) return { ...elementwiseActivation("relu", formula, [0], alpha), name: "leakyRelu" };
  return elementwiseActivation("leakyRelu", formula, [0], alpha);
}

/**
 * Softmax of every column z: aᵢ = e^zᵢ / Σₖ e^zₖ, computed after subtracting the column's largest entry, so no entry
 * overflows. Entries equal to an infinite largest one share the column equally; −∞ beside a finite entry gives 0.
 * @throws if Z has no rows
 * @example
 * [...softmax(matrix([[1000], [1000]])).data] // [0.5, 0.5]
 * softmax(matrix([[2], [1], [0.1]])).data[0] // ≈ 0.6590
 */
export function softmax(Z: Matrix): Matrix {
  if (Z.rows === 0) throw new Error(`softmax: Z is ${shape(Z)} (it needs at least one row)`);
  return softmaxColumns(Z, false);
}

/**
 * The logarithm of softmax: zᵢ − max − log Σₖ e^(zₖ − max) for every column (log-sum-exp), finite where softmax
 * itself is rounded to 0.
 * @throws if Z has no rows
 * @example
 * logSoftmax(matrix([[1000], [0]])).data[1] // -1000
 */
export function logSoftmax(Z: Matrix): Matrix {
  if (Z.rows === 0) throw new Error(`logSoftmax: Z is ${shape(Z)} (it needs at least one row)`);
  return softmaxColumns(Z, true);
}

/**
 * The n×n matrix ∂a/∂z = diag(a) − a aᵀ of a = softmax(z) for one column z: entry (i, j) is aᵢ(δᵢⱼ − aⱼ).
 * @throws if z is not one column
 * @example
 * [...softmaxJacobian(matrix([[0], [0]])).data] // [0.25, -0.25, -0.25, 0.25]
 */
export function softmaxJacobian(z: Matrix): Matrix {
  if (z.cols !== 1) throw new Error(`softmaxJacobian: z is ${shape(z)} (it must be one column)`);
  const a = softmax(z).data;
  const J = zeros(z.rows, z.rows, precisionOf(z));
  for (let i = 0; i < z.rows; i++)
    for (let j = 0; j < z.rows; j++) J.data[i * z.rows + j] = a[i] * ((i === j ? 1 : 0) - a[j]);
  return J;
}

/**
 * ∂E/∂Z from P = softmax(Z) and dP = ∂E/∂P without forming Jacobians: p ⊙ (dp − Σₖ pₖ dpₖ) for every column.
 * @throws if the shapes or precisions differ
 * @example
 * [...softmaxBackward(matrix([[0.5], [0.5]]), matrix([[1], [0]])).data] // [0.25, -0.25]
 */
export function softmaxBackward(P: Matrix, dP: Matrix): Matrix {
  sameShape("softmaxBackward", P, dP);
  const dZ = zeros(P.rows, P.cols, precisionOf(P));
  for (let j = 0; j < P.cols; j++) {
    let mean = 0;
    for (let i = j; i < P.data.length; i += P.cols) mean += P.data[i] * dP.data[i];
    for (let i = j; i < P.data.length; i += P.cols) dZ.data[i] = P.data[i] * (dP.data[i] - mean);
  }
  return dZ;
}
