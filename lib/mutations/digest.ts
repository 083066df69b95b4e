import { createHash } from "node:crypto";
import type { Matrix } from "../matrix";

/** One matrix that something computed on one kind of input; null where it gave none, as where it threw an error. */
export interface DigestedOutput {
  /** Which input. */
  readonly probe: string;
  /** What it is, for example "dWeights". */
  readonly name: string;
  readonly value: Matrix | null;
}

/** Significant digits of the largest entry of a matrix that a digest holds. */
const digits = 9;

/** A matrix counts as at least this large, so that what rounding leaves of a 0 has no digits. */
const smallest = 1e-6;

/**
 * Where the cells of the grid begin, as a share of a cell: away from round numbers, which students' answers often are.
 */
const offset = 0.381966;

/**
 * The unit to which the entries of a matrix are rounded: 1e-8 of the power of ten of its largest entry. A largest entry
 * that rounding has taken just below a power of ten counts as that power.
 * @example
 * unitOf([0.5, -123.4, NaN]) // 0.000001
 * unitOf([0]) // 1e-14
 */
export function unitOf(entries: ArrayLike<number>): number {
  let largest = smallest;
  for (let k = 0; k < entries.length; k++)
    if (Number.isFinite(entries[k])) largest = Math.max(largest, Math.abs(entries[k]));
  const [, exponent] = (largest * (1 + 2 ** -20)).toExponential(0).split("e");
  const power = Number(`1e${exponent}`);
  // toExponential rounds 9.6 up to 1e+1
  const shift = power > largest * (1 + 2 ** -20) ? digits : digits - 1;
  return Number(`1e${Number(exponent) - shift}`);
}

/**
 * Outputs as a text that is the same for all outputs that agree to nine significant digits, however they were computed:
 * every entry as the number of its cell of a grid, whose cells are a unit wide.
 * @example
 * canonicalText([{ probe: "generic", name: "loss", value: matrix([[1 / 3]]) }]) // "generic, loss: 1×1 of 1e-9: 333333333"
 * canonicalText([{ probe: "generic", name: "error", value: null }]) // "generic, error"
 */
export function canonicalText(outputs: readonly DigestedOutput[]): string {
  return outputs
    .map(({ probe, name, value }) => {
      if (value === null) return `${probe}, ${name}`;
      const unit = unitOf(value.data);
      const cells = Array.from(value.data, (x) =>
        Number.isFinite(x) ? Math.floor(x / unit + offset) + 0 : x,
      );
      return `${probe}, ${name}: ${value.rows}×${value.cols} of ${unit}: ${cells.join(" ")}`;
    })
    .join("\n");
}

/**
 * How far the nearest entry of the outputs is from the edge of its cell, as a share of the matrix's largest entry: what
 * is computed in another order, and so rounded otherwise, has the same digest if it differs by less.
 * @example
 * marginOf([{ probe: "generic", name: "loss", value: matrix([[1]]) }]) // ≈ 3.8e-9
 */
export function marginOf(outputs: readonly DigestedOutput[]): number {
  let margin = 1;
  for (const { value } of outputs) {
    const unit = unitOf(value?.data ?? []);
    for (const x of value?.data ?? []) {
      if (!Number.isFinite(x)) continue;
      const place = x / unit + offset;
      margin = Math.min(margin, (place - Math.floor(place)) * 1e-8, (Math.ceil(place) - place) * 1e-8);
    }
  }
  return margin;
}

/**
 * Sixteen hexadecimal digits by which outputs can be told apart and recognised, without saying what they are: the
 * beginning of the SHA-256 of their canonical text.
 * @example
 * digestOf([{ probe: "generic", name: "error", value: null }]) // "bdff2ef1a9ac6ad9"
 */
export function digestOf(outputs: readonly DigestedOutput[]): string {
  return createHash("sha256").update(canonicalText(outputs)).digest("hex").slice(0, 16);
}
