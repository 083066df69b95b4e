import type { Matrix } from "../matrix";
import type { Truth } from "./question";

/**
 * What somebody else computed, as the truth of a case.
 * @param witness who computed it, for example "PyTorch"
 * @param tolerance the largest relative error that counts as agreement
 * @example
 * known("the table of squares", { y: 9 }).y.value // 9
 */
export function known(
  witness: string,
  values: Readonly<Record<string, Matrix | number>>,
  tolerance = 1e-10,
): Record<string, Truth> {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.map(([name, value]) => [name, { witness, value, tolerance }]));
}
