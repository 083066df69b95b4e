import { core, memory } from "./wasm";

/** What the core computes on: float64 or float32 numbers. */
export type Floats = Float64Array | Float32Array;

// Scratch space behind the module's own data: filled from the front by each call, forgotten at the next reset.
const start = Math.ceil(core.heapStart() / 16) * 16;
let top = start;

const float64 = new Float64Array(memory);
const float32 = new Float32Array(memory);

/** Bytes that one call can reserve. */
export const capacity = memory.byteLength - start;

/**
 * Frees all scratch space: at the start of every call into the core.
 * @example
 * reset() // undefined
 */
export function reset(): void {
  top = start;
}

/**
 * A free place of so many bytes, aligned to 16.
 * @throws if the core's memory is too small, naming `purpose` and the sizes
 * @example
 * reserve(100, "example") % 16 // 0
 * reserve(2 ** 28, "softmax of 1×33554432") // throws /MiB are needed, the core's memory has 128.0 MiB/
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

/**
 * Bytes as mebibytes (2²⁰ bytes), for messages.
 * @example
 * mebibytes(3 * 2 ** 20) // "3.0"
 */
export function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

/**
 * A pointer to entries from, …, to − 1 of x: in place if x lies in the core's memory, else to a copy.
 * @throws if the copy does not fit, naming `purpose` and the sizes
 * @example
 * const y = new Float64Array(1)
 * take(place(Float64Array.of(5, 6, 7), 1, 2, "example"), y, 0, 1) // undefined
 * y[0] // 6
 */
export function place(x: Floats, from: number, to: number, purpose: string): number {
  const bytes = x.BYTES_PER_ELEMENT;
  if (isResident(x)) return x.byteOffset + from * bytes;
  const pointer = reserve((to - from) * bytes, purpose);
  put(x, from, pointer, to - from);
  return pointer;
}

/**
 * Whether x lies in the core's memory. Arrays of up to 64 bytes count as not: V8 keeps them without a buffer and would
 * make one at the first look, which costs more than the copy.
 * @example
 * isResident(new Float64Array(100)) // false
 * isResident(new Float64Array(memory, 0, 100)) // true
 */
export function isResident(x: Floats): boolean {
  return x.byteLength > 64 && x.buffer === memory;
}

/**
 * Copies `count` entries of x, from its entry `from` on, to a pointer.
 * @example
 * const pointer = reserve(16, "example")
 * const y = new Float64Array(2)
 * put(Float64Array.of(5, 6, 7), 1, pointer, 2) // undefined
 * take(pointer, y, 0, 2) // undefined
 * [...y] // [6, 7]
 */
export function put(x: Floats, from: number, pointer: number, count: number): void {
  copy(x, from, memoryAs(x), pointer / x.BYTES_PER_ELEMENT, count);
}

/**
 * Copies `count` entries at a pointer to y, from its entry `at` on.
 * @example
 * const y = new Float64Array(3)
 * take(place(Float64Array.of(5, 6), 0, 2, "example"), y, 1, 2) // undefined
 * [...y] // [0, 5, 6]
 */
export function take(pointer: number, y: Floats, at: number, count: number): void {
  copy(memoryAs(y), pointer / y.BYTES_PER_ELEMENT, y, at, count);
}

function copy(source: Floats, from: number, target: Floats, at: number, count: number): void {
  // making the views that `set` needs costs as much as copying some dozens of entries
  if (count <= 48) for (let i = 0; i < count; i++) target[at + i] = source[from + i];
  else target.set(source.subarray(from, from + count), at);
}

function memoryAs(x: Floats): Floats {
  return isDouble(x) ? float64 : float32;
}

/**
 * A new array of x's type, filled with zeros.
 * @example
 * emptyLike(new Float32Array(1), 3) // new Float32Array(3)
 */
export function emptyLike(x: Floats, length: number): Floats {
  return isDouble(x) ? new Float64Array(length) : new Float32Array(length);
}

/**
 * Whether x is float64.
 * @example
 * isDouble(new Float32Array(1)) // false
 */
export function isDouble(x: Floats): boolean {
  return x.BYTES_PER_ELEMENT === 8;
}
