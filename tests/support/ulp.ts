/** The distance of |x| to the next float64 away from zero: its unit in the last place. */
export function unitInLastPlace(x: number): number {
  const bits = new BigUint64Array(new Float64Array([Math.abs(x)]).buffer);
  const exponent = Number(bits[0] >> 52n);
  return exponent === 0 ? Number.MIN_VALUE : 2 ** (exponent - 1075);
}

/**
 * How far `value` is from an exact number, in units in the last place of the float64 nearest to it.
 * @param residual exact − nearest, in the same units
 */
export function errorInUlp(value: number, nearest: number, residual: number): number {
  if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
  return Math.abs((value - nearest) / unitInLastPlace(nearest) - residual);
}
