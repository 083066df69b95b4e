import { core, memory } from "./wasm";

/** What the core computes on: float64 or float32 numbers. */
export type Floats = Float64Array | Float32Array;

// Scratch space behind the module's own data: filled from the front by each call, forgotten at the next reset.
const start = Math.ceil(core.heapStart() / 64) * 64;
let top = start;

/** Where scratch space ends: behind the memory that is there at the start. */
export const scratchEnd = memory.buffer.byteLength;

const float64 = new Float64Array(memory.buffer);
const float32 = new Float32Array(memory.buffer);

/** Bytes that one call can reserve. */
export const capacity = scratchEnd - start;

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
 * reserve(2 ** 28, "softmax of 1×33554432") // throws /MiB are needed, the core's memory has 62.0 MiB/
 */
export function reserve(bytes: number, purpose: string): number {
  const pointer = top;
  if (pointer + bytes > scratchEnd)
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
 * The address of an array that lies in the core's memory because a region handed it out (region.ts); 0 of any other.
 * @example
 * pointerOf(new Float64Array(1)) // 0
 */
export function pointerOf(x: Floats): number {
  return (x as { readonly pointer?: number }).pointer ?? 0;
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
  const resident = pointerOf(x);
  if (resident) return resident + from * x.BYTES_PER_ELEMENT;
  const pointer = reserve((to - from) * x.BYTES_PER_ELEMENT, purpose);
  put(x, from, pointer, to - from);
  return pointer;
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
