import type { Matrix } from "../../../lib/matrix";

/** A value that is no data, in the words of whoever encoded it. */
export class NoData {
  constructor(readonly words: string) {}
}

/** What comes out of a message. */
export type Value =
  | null
  | undefined
  | boolean
  | string
  | number
  | Matrix
  | NoData
  | readonly Value[]
  | { readonly [name: string]: Value };

/** No text in an answer is longer, whoever wrote it: it may end up in the words of a mark. */
const longestText = 2000;

/**
 * The value of a message from a process that is not trusted: whatever it sends, this gives a value or throws.
 * @throws if the message has not the form of a `Wire`
 */
export function decode(wire: unknown): Value {
  if (typeof wire === "string") return wire.slice(0, longestText);
  if (wire === null || typeof wire === "boolean" || typeof wire === "number") return wire;
  if (typeof wire !== "object" || Array.isArray(wire)) throw new Error("no value of the channel");
  const { number, undefined: nothing, matrix, list, record, other } = wire as Record<string, unknown>;
  if (typeof number === "string" && /^(NaN|-?Infinity|-0)$/.test(number)) return Number(number);
  if (nothing === true) return undefined;
  if (typeof other === "string") return new NoData(other.slice(0, longestText));
  if (Array.isArray(matrix)) return decodeMatrix(matrix);
  if (Array.isArray(list)) return list.map(decode);
  if (typeof record === "object" && record !== null && !Array.isArray(record))
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, decode(value)]));
  throw new Error("no value of the channel");
}

function decodeMatrix([rows, cols, precision, entries]: readonly unknown[]): Matrix {
  const size = precision === "float64" ? 8 : 4;
  const bytes = Buffer.from(String(entries), "base64");
  const shaped = Number.isInteger(rows) && Number.isInteger(cols) && (rows as number) >= 0;
  if (!shaped || (rows as number) * (cols as number) * size !== bytes.length)
    throw new Error("no matrix of the channel");
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const data = size === 8 ? new Float64Array(buffer) : new Float32Array(buffer);
  return { rows: rows as number, cols: cols as number, data };
}
