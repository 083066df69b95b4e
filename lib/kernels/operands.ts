import type { Floats } from "./arena";

/** Rows and columns of numbers, row-major: what lib/matrix calls a Matrix. */
export interface Operand {
  readonly rows: number;
  readonly cols: number;
  readonly data: Floats;
}

/** The shape as text: "2×3". */
export function shapeText(A: Operand): string {
  return `${A.rows}×${A.cols}`;
}

/** @throws if one is float32 and the other float64, naming both */
export function samePrecision(name: string, A: Operand, B: Operand): void {
  if (A.data.BYTES_PER_ELEMENT === B.data.BYTES_PER_ELEMENT) return;
  const [a, b] = [A, B].map((M) => `${shapeText(M)} float${8 * M.data.BYTES_PER_ELEMENT}`);
  throw new Error(`${name}: precisions differ: A is ${a}, B is ${b} (convert one with toPrecision)`);
}

/** @throws if shapes or precisions differ, naming both */
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

/** The matrix as a factor. (Written out: spreading it takes longer than a small product.) */
export function factor(A: Operand, transposed: boolean): Factor {
  return { rows: A.rows, cols: A.cols, data: A.data, transposed };
}

/**
 * Rows m and columns n of the product A B, and the number k of terms in each entry's sum.
 * @throws if A's columns (after transposition) are not as many as B's rows, or the precisions differ, naming both
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
