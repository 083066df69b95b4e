import type { Wire } from "./messages";

/** How deep values may be nested, how many entries and how long a text may be. */
const deepest = 8;
const mostEntries = 4_000_000;
const longestText = 2000;

/**
 * A value as data. Every property is read once, so that what changes its answer has given one. What is no data is
 * named: a function, a Promise, something nested deeper than eight levels.
 */
export function encode(value: unknown, depth = 0): Wire {
  if (value === null || typeof value === "boolean") return value;
  if (value === undefined) return { undefined: true };
  if (typeof value === "string") return value.slice(0, longestText);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value !== "object") return { other: `a ${typeof value}` };
  if (depth > deepest) return { other: "something nested too deep" };
  if (Array.isArray(value)) return encodeList(value, depth);
  const matrix = encodeMatrix(value as Record<string, unknown>);
  if (matrix) return matrix;
  if (ArrayBuffer.isView(value)) return { other: `a ${nameOf(value)} that is in no matrix` };
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return { other: `a ${nameOf(value)}` };
  const entries = Object.keys(value).map((name) => [
    name,
    encode((value as Record<string, unknown>)[name], depth + 1),
  ]);
  return { record: Object.fromEntries(entries) };
}

function encodeNumber(value: number): Wire {
  if (Object.is(value, -0)) return { number: "-0" };
  return Number.isFinite(value) ? value : { number: String(value) as "NaN" };
}

function encodeList(value: readonly unknown[], depth: number): Wire {
  const { length } = value;
  if (length > mostEntries) return { other: `a list of ${length} entries` };
  return { list: Array.from({ length }, (_, k) => encode(value[k], depth + 1)) };
}

function encodeMatrix(value: Record<string, unknown>): Wire | undefined {
  if (!("data" in value) || !("rows" in value) || !("cols" in value)) return undefined;
  const { rows, cols, data } = value;
  const precision =
    data instanceof Float64Array ? "float64" : data instanceof Float32Array ? "float32" : undefined;
  if (precision === undefined)
    return { other: "a matrix whose data is neither Float64Array nor Float32Array" };
  const entries = data as Float64Array;
  const { length } = entries;
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || (rows as number) * (cols as number) !== length)
    return { other: `a matrix said to be ${rows}×${cols} with ${length} entries` };
  if (length > mostEntries) return { other: `a matrix of ${length} entries` };
  const bytes = Buffer.from(entries.slice().buffer).toString("base64");
  return { matrix: [rows as number, cols as number, precision, bytes] };
}

function nameOf(value: object): string {
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" && /^\w{1,40}$/.test(name) ? name : "object";
}
