// What the sections compute on. Nothing here comes from lib, so that a difference shows in the section that it is in.
import type { Matrix, Precision } from "../../lib/matrix";

export const precisions: readonly Precision[] = ["float64", "float32"];

/** Zeros, subnormal numbers, the ends of both precisions' ranges, where exponentials overflow and vanish, ±∞, NaN. */
export const extremes: readonly number[] = [
  0,
  ...[5e-324, 2.5e-310, 2.2250738585072014e-308, 1e-300, 1e-45, 1.1754943508222875e-38, 1e-20, 1e-16],
  ...[1, 88.722, 88.723, 103.97, 709.78, 709.79, 745.13, 745.14, 1000, 1e22],
  ...[3.4028234663852886e38, 3.5e38, 1e154, 1.7976931348623157e308, Number.POSITIVE_INFINITY],
]
  .flatMap((x) => [x, -x])
  .concat(Number.NaN);

/** The extremes, −12 to 12 in steps of 1/64, and numbers of every size between 1e-300 and 1e300. */
export const grid: Float64Array = Float64Array.from([
  ...extremes,
  ...Array.from({ length: 1537 }, (_, k) => (k - 768) / 64),
  ...ofEverySize(),
]);

function ofEverySize(): number[] {
  const found: number[] = [];
  let [small, large] = [1, 1];
  for (const x of uniforms("sizes", 1900)) {
    found.push(x < 0 ? x * small : x * large);
    if (found.length % 2 === 0) [small, large] = [small / 2, large * 2];
  }
  return found;
}

/** `count` numbers of [−1, 1), the same for the same name: Mulberry32, seeded by the name's characters. */
export function uniforms(name: string, count: number): Float64Array {
  let state = 1;
  for (const character of name) state = Math.imul(state, 31) + character.charCodeAt(0);
  return Float64Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) | 0) / 0x80000000;
  });
}

/** A matrix over these numbers, rounded to a precision. */
export function matrixOf(
  rows: number,
  cols: number,
  numbers: ArrayLike<number>,
  precision: Precision = "float64",
): Matrix {
  const data = precision === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers);
  return { rows, cols, data };
}

/** A matrix of numbers between −2 and 2, the same for the same name. */
export function draw(rows: number, cols: number, name: string, precision: Precision = "float64"): Matrix {
  return matrixOf(
    rows,
    cols,
    uniforms(name, rows * cols).map((x) => 2 * x),
    precision,
  );
}

/** The same with an extreme for every seventh entry. */
export function drawWithExtremes(
  rows: number,
  cols: number,
  name: string,
  precision: Precision = "float64",
): Matrix {
  const { data } = draw(rows, cols, name);
  return matrixOf(
    rows,
    cols,
    data.map((x, k) => (k % 7 === 3 ? extremes[((k - 3) / 7) % extremes.length] : x)),
    precision,
  );
}

/** `count` labels of {0, …, classes − 1}. */
export function labels(count: number, classes: number, name: string): Int32Array {
  return Int32Array.from(uniforms(name, count), (x) => Math.floor(((x + 1) / 2) * classes));
}
