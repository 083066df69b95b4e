import { core, memory } from "./wasm";

export type Floats = Float64Array | Float32Array;

// Scratch space behind the module's own data: filled from the front by each call, forgotten at the next reset.
const start = Math.ceil(core.heapStart() / 16) * 16;
let top = start;

const float64 = new Float64Array(memory);
const float32 = new Float32Array(memory);

/** Bytes that one call can reserve. */
export const capacity = memory.byteLength - start;

/** Frees all scratch space: at the start of every call into the core. */
export function reset(): void {
  top = start;
}

/**
 * A free place of so many bytes, aligned to 16.
 * @throws if the core's memory is too small, naming `purpose` and the sizes
 */
export function reserve(bytes: number, purpose: string): number {
  const pointer = top;
  if (pointer + bytes > memory.byteLength)
    throw new Error(
      `${purpose}: ${mebibytes(pointer - start + bytes)} MiB are needed, the core's memory has ${mebibytes(capacity)} MiB`,
    );
  top = Math.ceil((pointer + bytes) / 16) * 16;
  return pointer;
}

/** Bytes as mebibytes, for messages. */
export function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

/** A pointer to entries from, …, to − 1 of x: in place if x lies in the core's memory, else to a copy. */
export function place(x: Floats, from: number, to: number, purpose: string): number {
  if (x.buffer === memory) return x.byteOffset + from * x.BYTES_PER_ELEMENT;
  const pointer = reserve((to - from) * x.BYTES_PER_ELEMENT, purpose);
  viewLike(x).set(from === 0 && to === x.length ? x : x.subarray(from, to), pointer / x.BYTES_PER_ELEMENT);
  return pointer;
}

/** A copy-free view of `count` entries at a pointer, with the array type of x. */
export function entriesAt(x: Floats, pointer: number, count: number): Floats {
  const first = pointer / x.BYTES_PER_ELEMENT;
  return viewLike(x).subarray(first, first + count);
}

/** The whole memory as an array of x's type. */
export function viewLike(x: Floats): Floats {
  return isDouble(x) ? float64 : float32;
}

/** A new array of x's type. */
export function emptyLike(x: Floats, length: number): Floats {
  return isDouble(x) ? new Float64Array(length) : new Float32Array(length);
}

/** Whether x is float64. */
export function isDouble(x: Floats): boolean {
  return x.BYTES_PER_ELEMENT === 8;
}
