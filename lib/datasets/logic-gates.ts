import { fromData, type Matrix } from "../matrix";

/** The four rows of a truth table as samples: X is 2×4, T is 1×4, labels are T's entries. */
export interface LogicGate {
  readonly X: Matrix;
  readonly T: Matrix;
  readonly labels: Int32Array;
}

/** Inputs in the order (0,0), (0,1), (1,0), (1,1). */
function gate(outputs: readonly [number, number, number, number]): LogicGate {
  return {
    X: fromData(2, 4, new Float64Array([0, 0, 1, 1, 0, 1, 0, 1])),
    T: fromData(1, 4, Float64Array.from(outputs)),
    labels: Int32Array.from(outputs),
  };
}

/**
 * Logical and; linearly separable.
 * @example
 * [...and().labels] // [0, 0, 0, 1]
 * [...and().X.data] // [0, 0, 1, 1, 0, 1, 0, 1]
 */
export const and = (): LogicGate => gate([0, 0, 0, 1]);

/**
 * Logical or; linearly separable.
 * @example
 * [...or().labels] // [0, 1, 1, 1]
 */
export const or = (): LogicGate => gate([0, 1, 1, 1]);

/**
 * Not and; linearly separable.
 * @example
 * [...nand().labels] // [1, 1, 1, 0]
 */
export const nand = (): LogicGate => gate([1, 1, 1, 0]);

/**
 * Exclusive or; not linearly separable.
 * @example
 * [...xor().labels] // [0, 1, 1, 0]
 */
export const xor = (): LogicGate => gate([0, 1, 1, 0]);
