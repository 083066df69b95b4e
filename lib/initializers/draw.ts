import type { Fans, Initializer } from "../initializers";
import { type Matrix, type Precision, zeros } from "../matrix";

/** A distribution's parameter, such as its deviation, for weights with these fans. */
type OfFans = (fans: Fans) => number;

/**
 * The initializer that draws all weights from N(0, s²).
 * @param deviation s
 * @throws when weights without rows or columns are asked for
 * @example
 * normalWithDeviation(({ fanIn }) => 1 / fanIn)(randomState(42), 1, 2).data[0] // ≈ 0.248357076505616
 */
export function normalWithDeviation(deviation: OfFans): Initializer {
  return (random, rows, cols, precision, fans = { fanIn: cols, fanOut: rows }) =>
    filled(rows, cols, precision, (data) => random.fillNormal(data, 0, deviation(fans)));
}

/**
 * The initializer that draws all weights from U(−b, b).
 * @param bound b
 * @throws when weights without rows or columns are asked for
 * @example
 * uniformWithBound(() => 1)(randomState(42), 1, 1).data[0] // ≈ -0.250919762305275
 */
export function uniformWithBound(bound: OfFans): Initializer {
  return (random, rows, cols, precision, fans = { fanIn: cols, fanOut: rows }) => {
    const b = bound(fans);
    return filled(rows, cols, precision, (data) => random.fillUniform(data, -b, b));
  };
}

/**
 * A new rows×cols matrix whose entries `draw` has set.
 * @throws if a size is not a whole number ≥ 1
 * @example
 * filled(1, 2, "float64", (data) => data.fill(7)) // matrix([[7, 7]])
 * filled(0, 2, "float64", (data) => data) // throws /the weights are 0×2/
 */
export function filled(
  rows: number,
  cols: number,
  precision: Precision | undefined,
  draw: (data: Matrix["data"]) => unknown,
): Matrix {
  for (const size of [rows, cols])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`initializer: the weights are ${rows}×${cols} (both must be whole numbers ≥ 1)`);
  const W = zeros(rows, cols, precision);
  draw(W.data);
  return W;
}
