import { sumOfSquares } from "../kernels/optimizers";
import { flattenParams, type Params } from "../params";

/**
 * ‖∇E‖ = √Σ g² over the entries of all matrices, in float64. No square overflows or vanishes: where one would, the
 * entries are scaled by a power of two first.
 * @example
 * gradientNorm({ weights: matrix([[3, 0]]), bias: matrix([[-4]]) }) // 5
 * gradientNorm(matrix([[3 * 2 ** 700, 4 * 2 ** 700]])) / 2 ** 700 // 5
 */
export function gradientNorm(gradients: Params): number {
  const total = totalSquares(gradients, 1);
  if (total > 2 ** -900 && total < 2 ** 1000) return Math.sqrt(total);
  const scale = total < 1 ? 2 ** 600 : 2 ** -600;
  return Math.sqrt(totalSquares(gradients, scale)) / scale;
}

function totalSquares(gradients: Params, scale: number): number {
  let total = 0;
  for (const { value } of flattenParams(gradients)) total += sumOfSquares(value.data, scale);
  return total;
}
