import type { Floats } from "./arena";

/** Rows and columns of numbers, row-major: what lib/matrix calls a Matrix. */
export interface Operand {
  readonly rows: number;
  readonly cols: number;
  readonly data: Floats;
}

/**
 * The shape as text.
 * @example
 * shapeText({ rows: 2, cols: 3, data: new Float64Array(6) }) // "2×3"
 */
export function shapeText(A: Operand): string {
  return `${A.rows}×${A.cols}`;
}

/**
 * Checks that both are float64 or both float32.
 * @throws if not, naming both
 * @example
 * const single = { rows: 1, cols: 1, data: new Float32Array(1) }
 * samePrecision("add", single, { ...single, data: new Float64Array(1) }) // throws /precisions differ: A is 1×1 float32/
 */
export function samePrecision(name: string, A: Operand, B: Operand): void {
  if (A.data.BYTES_PER_ELEMENT === B.data.BYTES_PER_ELEMENT) return;
  const [a, b] = [A, B].map((M) => `${shapeText(M)} float${8 * M.data.BYTES_PER_ELEMENT}`);
  throw new Error(`${name}: precisions differ: A is ${a}, B is ${b} (convert one with toPrecision)`);
}

/**
 * Checks that shapes and precisions are equal.
 * @throws if not, naming both
 * @example
 * const A = { rows: 1, cols: 2, data: new Float64Array(2) }
 * sameShape("add", A, { ...A, rows: 2, cols: 1 }) // throws /add: shapes differ: A is 1×2, B is 2×1/
 */
export function sameShape(name: string, A: Operand, B: Operand): void {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new Error(
      `${name}: shapes differ: A is ${shapeText(A)}, B is ${shapeText(B)} (they must be equal)`,
    );
  samePrecision(name, A, B);
}

/** A factor of a product: stored as it is, taken transposed or not. */
export interface Factor extends Operand {
  readonly transposed: boolean;
}

/**
 * The matrix as a factor. (Written out: spreading it takes longer than a small product.)
 * @example
 * factor({ rows: 1, cols: 1, data: Float64Array.of(5) }, true).transposed // true
 */
export function factor(A: Operand, transposed: boolean): Factor {
  return { rows: A.rows, cols: A.cols, data: A.data, transposed };
}

/**
 * Rows m and columns n of the product A B, and the number k of terms in each entry's sum.
 * @throws if A's columns (after transposition) are not as many as B's rows, or the precisions differ, naming both
 * @example
 * const A = factor({ rows: 2, cols: 3, data: new Float64Array(6) }, false)
 * productShape("multiply", A, { ...A, transposed: true }) // { m: 2, n: 2, k: 3 }
 * productShape("multiply", A, A) // throws /inner dimensions differ: A is 2×3, B is 2×3/
 */
export function productShape(name: string, A: Factor, B: Factor): { m: number; n: number; k: number } {
  const [m, k] = A.transposed ? [A.cols, A.rows] : [A.rows, A.cols];
  const [inner, n] = B.transposed ? [B.cols, B.rows] : [B.rows, B.cols];
  if (k !== inner) {
    const rule = `A's ${A.transposed ? "rows" : "columns"} must equal B's ${B.transposed ? "columns" : "rows"}`;
    throw new Error(`${name}: inner dimensions differ: A is ${shapeText(A)}, B is ${shapeText(B)} (${rule})`);
  }
  samePrecision(name, A, B);
  return { m, n, k };
}
