/**
 * How many numbers of that precision lie from a to b: 0 if they are equal, 1 for neighbours; Infinity where the signs
 * differ or one is NaN.
 */
export function distanceInUlp(a: number, b: number, precision: "float64" | "float32" = "float64"): number {
  if (a === b) return 0;
  const place = (x: number) =>
    precision === "float64"
      ? new BigInt64Array(new Float64Array([Math.abs(x)]).buffer)[0]
      : BigInt(new Int32Array(new Float32Array([Math.abs(x)]).buffer)[0]);
  const comparable = Math.sign(a) === Math.sign(b) && !Number.isNaN(a);
  return comparable ? Math.abs(Number(place(a) - place(b))) : Number.POSITIVE_INFINITY;
}
