import type { Activation } from "../activations";
import type { Layer } from "../layer";
import { type Matrix, zeros } from "../matrix";
import { mapEntries } from "../matrix-entries";
import type { Params } from "../params";

/** One backward: what it got, and what the right one returns. */
export interface Step<P extends Params, C> {
  readonly params: P;
  readonly cache: C;
  readonly dOutput: Matrix;
  readonly dInput: Matrix;
  readonly gradients: P;
}

/**
 * The layer with another gradient of its input, computed when it is read.
 * @example
 * import { dense } from "../layers"
 * const layer = withInputGradient(dense(1, 1), ({ dOutput }) => dOutput)
 * const { cache } = layer.forward({ weights: matrix([[3]]), bias: matrix([[0]]) }, matrix([[1]]))
 * layer.backward({ weights: matrix([[3]]), bias: matrix([[0]]) }, cache, matrix([[5]])).dInput // matrix([[5]])
 */
export function withInputGradient<P extends Params, C>(
  right: Layer<P, C>,
  dInput: (step: Step<P, C>) => Matrix,
): Layer<P, C> {
  return {
    ...right,
    backward(params, cache, dOutput) {
      const truth = right.backward(params, cache, dOutput);
      const { gradients } = truth;
      return {
        gradients,
        get dInput() {
          return dInput({ params, cache, dOutput, dInput: truth.dInput, gradients });
        },
      };
    },
  };
}

/**
 * The layer with other gradients of its parameters; those that are not returned stay.
 * @example
 * import { dense } from "../layers"
 * const layer = withGradients(dense(1, 1), () => ({ bias: matrix([[7]]) }))
 * const { cache } = layer.forward({ weights: matrix([[3]]), bias: matrix([[0]]) }, matrix([[1]]))
 * layer.backward({ weights: matrix([[3]]), bias: matrix([[0]]) }, cache, matrix([[5]])).gradients // { weights: matrix([[5]]), bias: matrix([[7]]) }
 */
export function withGradients<P extends Params, C>(
  right: Layer<P, C>,
  gradients: (step: Step<P, C>) => Partial<P>,
): Layer<P, C> {
  return {
    ...right,
    backward(params, cache, dOutput) {
      const truth = right.backward(params, cache, dOutput);
      const { dInput } = truth;
      const wrong = gradients({ params, cache, dOutput, dInput, gradients: truth.gradients });
      return { gradients: { ...truth.gradients, ...wrong }, dInput };
    },
  };
}

/**
 * The activation with another derivative, of one number, and perhaps another function.
 * @example
 * import { relu } from "../activations"
 * withDerivative(relu, (z) => (z >= 0 ? 1 : 0)).derivativeAt(matrix([[-1, 0]])) // matrix([[0, 1]])
 */
export function withDerivative(
  right: Activation,
  derivative: (z: number) => number,
  f: (z: number) => number = right.f,
): Activation {
  return {
    ...right,
    f,
    derivative,
    apply: f === right.f ? right.apply : (Z) => mapEntries(Z, f),
    derivativeAt: (Z) => mapEntries(Z, derivative),
  };
}

/**
 * The matrix with all its columns but these set to 0.
 * @example
 * onlyColumns(matrix([[1, 2, 3]]), (j) => j === 1) // matrix([[0, 2, 0]])
 */
export function onlyColumns(A: Matrix, kept: (j: number) => boolean): Matrix {
  return mapEntries(A, (entry, _i, j) => (kept(j) ? entry : 0));
}

/**
 * A matrix of zeros with A's shape.
 * @example
 * zerosOf(matrix([[1, 2]])) // matrix([[0, 0]])
 */
export const zerosOf = (A: Matrix): Matrix => zeros(A.rows, A.cols);
