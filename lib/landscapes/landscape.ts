import { column, fromData, type Matrix, precisionOf, shape, zeros } from "../matrix";
import { toPrecision } from "../matrix-entries";

/** A function f of n numbers, given as an n×1 matrix, for which derivatives are known in closed form. */
export interface Landscape {
  readonly name: string;
  /** n. */
  readonly dimensions: number;
  /** f(x). */
  value(x: Matrix): number;
  /** ∇f(x), n×1. */
  gradient(x: Matrix): Matrix;
  /** The n×n matrix of second derivatives at x. */
  hessian(x: Matrix): Matrix;
  /** Where f is lowest; empty if f has no lower bound. */
  readonly minima: readonly Matrix[];
  /** f there; −Infinity if there is no lower bound. */
  readonly lowest: number;
}

/** A function by the entries of x: its value, what each derivative adds to g, and second derivatives for i ≤ j. */
export interface Formulas {
  value(x: Float64Array): number;
  gradient(x: Float64Array, g: Float64Array): void;
  hessian(x: Float64Array, add: (i: number, j: number, second: number) => void): void;
}

/**
 * A landscape from its formulas. Its functions compute in float64 and give matrices in the precision of x.
 * @throws in its functions, if x is not n×1
 * @example
 * const formulas = { value: ([x]) => x * x, gradient: ([x], g) => g.set([2 * x]), hessian: (x, add) => add(0, 0, 2) }
 * const f = landscape("bowl", 1, [[0]], 0, formulas)
 * f.gradient(column([3])) // column([6])
 * f.value(column([1, 2])) // throws /bowl: x is 2×1, expected 1×1/
 */
export function landscape(
  name: string,
  dimensions: number,
  minima: readonly (readonly number[])[],
  lowest: number,
  { value, gradient, hessian }: Formulas,
): Landscape {
  const entriesOf = (x: Matrix): Float64Array => {
    if (x.rows !== dimensions || x.cols !== 1)
      throw new Error(`${name}: x is ${shape(x)}, expected ${dimensions}×1`);
    return Float64Array.from(x.data);
  };
  return {
    name,
    dimensions,
    minima: minima.map((x) => column([...x])),
    lowest,
    value: (x) => value(entriesOf(x)),
    gradient(x) {
      const g = new Float64Array(dimensions);
      gradient(entriesOf(x), g);
      return toPrecision(fromData(dimensions, 1, g), precisionOf(x));
    },
    hessian(x) {
      const H = zeros(dimensions, dimensions);
      hessian(entriesOf(x), (i, j, second) => {
        H.data[i * dimensions + j] += second;
        if (i !== j) H.data[j * dimensions + i] += second;
      });
      return toPrecision(H, precisionOf(x));
    },
  };
}
