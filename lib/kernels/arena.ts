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
  const bytes = x.BYTES_PER_ELEMENT;
  if (isResident(x)) return x.byteOffset + from * bytes;
  const pointer = reserve((to - from) * bytes, purpose);
  put(x, from, pointer, to - from);
  return pointer;
}

/**
 * Whether x lies in the core's memory. Arrays of up to 64 bytes count as not: V8 keeps them without a buffer and would
 * make one at the first look, which costs more than the copy.
 */
export function isResident(x: Floats): boolean {
  return x.byteLength > 64 && x.buffer === memory;
}

/** Copies `count` entries of x, from its entry `from` on, to a pointer. */
export function put(x: Floats, from: number, pointer: number, count: number): void {
  copy(x, from, memoryAs(x), pointer / x.BYTES_PER_ELEMENT, count);
}

/** Copies `count` entries at a pointer to y, from its entry `at` on. */
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

/** A new array of x's type. */
export function emptyLike(x: Floats, length: number): Floats {
  return isDouble(x) ? new Float64Array(length) : new Float32Array(length);
}

/** Whether x is float64. */
export function isDouble(x: Floats): boolean {
  return x.BYTES_PER_ELEMENT === 8;
}
