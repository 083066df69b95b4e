import { type Matrix, shape } from "../../../lib/matrix";
import { isMatrix, type Params } from "../../../lib/params";
import { NoData, type Value } from "../wire/decode";

/** An entry agrees if it differs by at most this share of the largest entry of the right matrix. */
const usualTolerance = 1e-12;

/**
 * How an answer differs from the right one, in a sentence, or undefined if it does not. NaN agrees with nothing, an
 * infinity with itself; −0 is 0.
 */
export function differenceFrom(
  right: Matrix | number,
  value: Value,
  what: string,
  tolerance = usualTolerance,
): string | undefined {
  const agree = (x: number, y: number, largest: number) =>
    x === y || (Number.isFinite(y) && Math.abs(x - y) <= tolerance * largest);
  if (typeof right === "number") {
    if (typeof value !== "number") return `${what} is ${wordsFor(value)}, expected a number`;
    return agree(value, right, Math.abs(right)) ? undefined : `${what} is ${value}, expected ${right}`;
  }
  if (!isAMatrix(value)) return `${what} is ${wordsFor(value)}, expected a ${shape(right)} matrix`;
  if (value.rows !== right.rows || value.cols !== right.cols)
    return `${what} is ${shape(value)}, expected ${shape(right)}`;
  const expected = Array.from(right.data);
  const largest = largestOf(expected);
  const k = expected.findIndex((x, index) => !agree(value.data[index], x, largest));
  if (k < 0) return undefined;
  const index = `[${Math.floor(k / right.cols)},${k % right.cols}]`;
  return `${what}${index} is ${value.data[k]}, expected ${right.data[k]}`;
}

const largestOf = (entries: readonly number[]) =>
  entries.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);

/** What an answer is, for a message. */
export function wordsFor(value: Value): string {
  if (value instanceof NoData) return value.words;
  if (value === null || value === undefined) return `${value}`;
  if (isAMatrix(value)) return `a ${shape(value)} matrix`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "a record" : `${typeof value} ${value}`;
}

const isAMatrix = (value: Value): value is Matrix =>
  typeof value === "object" && value !== null && !(value instanceof NoData) && isMatrix(value as Params);
