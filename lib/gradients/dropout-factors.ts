import type { Random } from "../random";

/**
 * What dropout multiplies n entries by: 0 where the uniform number is below the rate, else 1/(1 − rate). Written a
 * second time, so that witnesses do not use the layer's own mask; from a generator at the same position it is the same.
 * @throws if there is no `random`
 * @example
 * [...dropoutFactors(0.5, 4, randomState(42))] // [0, 2, 2, 2]
 * dropoutFactors(0.5, 4, undefined) // throws /dropout draws a mask/
 */
export function dropoutFactors(rate: number, n: number, random: Random | undefined): Float64Array {
  if (!random) throw new Error("dropout draws a mask: give the witness a generator where forward's stood");
  return random.uniforms(n).map((u) => (u >= rate ? 1 / (1 - rate) : 0));
}
