import { createHash } from "node:crypto";

/** What can be recorded: a number, a list of numbers, or a matrix (its entries row by row). */
export type Recordable = number | ArrayLike<number> | { readonly data: ArrayLike<number> };

/**
 * The numbers as float64 bytes, little-endian: exact, so −0 differs from 0. NaN has many patterns of bits, of which
 * an engine may store any; here it is always 7ff8000000000000. float32 values are widened, which is exact.
 * @throws if something in a list is not a number
 * @example
 * float64Bytes(1).toString("hex") // "000000000000f03f"
 */
export function float64Bytes(value: Recordable): Buffer {
  const numbers = typeof value === "number" ? [value] : "data" in value ? value.data : value;
  const bytes = Buffer.alloc(8 * numbers.length);
  for (let k = 0; k < numbers.length; k++) {
    if (typeof numbers[k] !== "number")
      throw new Error(`record: entry ${k} is ${String(numbers[k])}, not a number`);
    if (Number.isNaN(numbers[k])) bytes.writeBigUInt64LE(0x7ff8000000000000n, 8 * k);
    else bytes.writeDoubleLE(numbers[k], 8 * k);
  }
  return bytes;
}

/**
 * SHA-256 in hexadecimal digits.
 * @example
 * sha256([float64Bytes([1, 2])]).slice(0, 16) // "dc91ce9a50ddc828"
 */
export function sha256(parts: readonly Buffer[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
