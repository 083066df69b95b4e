import { fromData, type Matrix } from "../matrix";
import { emptyLike, mapParams, type Params } from "../params";

/**
 * Σ aₖ bₖ over all entries of two trees of the same form, as if each were one long vector; added in their order.
 * @throws if the trees differ in form or shape
 * @example
 * innerProduct([matrix([[1, 2]]), matrix([[3]])], [matrix([[4, 5]]), matrix([[6]])]) // 32
 */
export function innerProduct<P extends Params>(a: P, b: P): number {
  let total = 0;
  mapParams(
    (A, B) => {
      for (let k = 0; k < A.data.length; k++) total += A.data[k] * B.data[k];
      return A;
    },
    a,
    b,
  );
  return total;
}

/**
 * a + s b, entry by entry, in the precision of a.
 * @throws if the trees differ in form or shape
 * @example
 * addScaled({ w: matrix([[1, 2]]) }, 10, { w: matrix([[3, 4]]) }).w // matrix([[31, 42]])
 */
export function addScaled<P extends Params>(a: P, s: number, b: P): P {
  const sum = (A: Matrix, B: Matrix) => {
    const data = emptyLike(A.data);
    for (let k = 0; k < data.length; k++) data[k] = A.data[k] + s * B.data[k];
    return fromData(A.rows, A.cols, data);
  };
  return mapParams(sum, a, b);
}
