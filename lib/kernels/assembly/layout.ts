// Where things lie in the memory behind the module's own data. None of it is a data segment: those are written again
// when another thread instantiates the module.

/** Most threads that can work together. */
export const maxThreads: i32 = 8;

const base: usize = (__heap_base + 63) & ~63;

/** What the threads tell each other, a cache line each: see threads.ts. */
export const unclaimed: usize = base;
export const finished: usize = base + 64;
export const sleeping: usize = base + 128;
export const pieceCount: usize = base + 192;
export const waiting: usize = base + 256;

/** The description of the job: see jobs.ts. */
export const description: usize = base + 320;

/** A block of B of a product, packed: see product.ts. */
export const packedB: usize = base + 768;
/** Bytes of one row or column of a packed block: 256 numbers in float64, 512 in float32. */
export const blockBytes: i32 = 2048;
export const blockColumns: i32 = 512;

/** Rows of a product that one piece of work covers at most. */
export const mostRows: i32 = 64;

/** For each thread rows of A, packed, and a tile of C. */
const packedA: usize = packedB + <usize>(blockBytes * blockColumns);
const packedABytes: usize = <usize>(mostRows * blockBytes);
const threadBytes: usize = packedABytes + 256;

// @ts-ignore: decorator
@inline export function packedAOf(thread: i32): usize {
  return packedA + <usize>thread * threadBytes;
}

// @ts-ignore: decorator
@inline export function tileOf(thread: i32): usize {
  return packedAOf(thread) + packedABytes;
}

/** The first byte behind all this. */
export function layoutEnd(): usize {
  return packedAOf(maxThreads);
}
