import { centralDifferences } from "../gradients/finite-differences";
import { flattenParams, type Params } from "../params";
import type { Truth } from "./question";

/**
 * The gradients of a function by central differences, as the truth of a case: by their paths in `params`, or as `names`
 * calls them.
 * @example
 * const product = ({ x, y }) => x.data[0] * y.data[0]
 * const truth = byDifferences(product, { x: matrix([[3]]), y: matrix([[4]]) }, { x: "dX", y: "dY" })
 * truth.dX.value.data[0] // ≈ 4.000000000
 * truth.dX.witness // "finite differences"
 */
export function byDifferences<P extends Params>(
  f: (params: P) => number,
  params: P,
  names: Readonly<Record<string, string>> = {},
): Record<string, Truth> {
  let largest = 1;
  const measured = (point: P) => {
    const value = f(point);
    largest = Math.max(largest, Math.abs(value));
    return value;
  };
  const { gradients, uncertainty, kinks } = centralDifferences(measured, params);
  const uncertainties = flattenParams(uncertainty);
  return Object.fromEntries(
    flattenParams(gradients).map(({ path, value }, k) => [
      names[path] ?? path,
      {
        witness: "finite differences",
        value,
        tolerance: 1e-7,
        uncertainty: uncertainties[k].value,
        kinks: kinks.filter((kink) => kink.path === path).map(({ entry }) => entry),
        // a difference of two values near f is right to about 1e-9 f, small or large
        floor: 0.01 * largest,
      },
    ]),
  );
}
