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
 * Checks that a matrix, which may have been put together by hand, has as many numbers as its shape says.
 * @throws if not
 * @example
 * expectEntries("multiply", { rows: 2, cols: 2, data: new Float64Array(3) }) // throws /multiply: a 2×2 matrix has 3 entries in its data/
 */
export function expectEntries(name: string, A: Operand): void {
  if (A.data?.length !== A.rows * A.cols)
    throw new Error(
      `${name}: a ${shapeText(A)} matrix has ${A.data?.length} entries in its data (matrix and fromData make fitting ones)`,
    );
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
 * @throws if not, naming both, or if a matrix has not the entries of its shape
 * @example
 * const A = { rows: 1, cols: 2, data: new Float64Array(2) }
 * sameShape("add", A, { ...A, rows: 2, cols: 1 }) // throws /add: shapes differ: A is 1×2, B is 2×1/
 */
export function sameShape(name: string, A: Operand, B: Operand): void {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new Error(
      `${name}: shapes differ: A is ${shapeText(A)}, B is ${shapeText(B)} (they must be equal)`,
    );
  expectEntries(name, A);
  expectEntries(name, B);
  samePrecision(name, A, B);
}

/**
 * Throws what is wrong with the factors of a product.
 * @throws that A's columns (after transposition) are not as many as B's rows, or that the precisions differ, naming
 * both
 * @example
 * const A = { rows: 2, cols: 3, data: new Float64Array(6) }
 * productMismatch("multiply", A, false, A, false) // throws /inner dimensions differ: A is 2×3, B is 2×3/
 */
export function productMismatch(
  name: string,
  A: Operand,
  transposeA: boolean,
  B: Operand,
  transposeB: boolean,
): never {
  samePrecision(name, A, B);
  const rule = `A's ${transposeA ? "rows" : "columns"} must equal B's ${transposeB ? "columns" : "rows"}`;
  throw new Error(`${name}: inner dimensions differ: A is ${shapeText(A)}, B is ${shapeText(B)} (${rule})`);
}
