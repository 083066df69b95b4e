import { isDouble, pointerOf, put, reserve, reset, take } from "./arena";
import { blockBytes, freeBlocks, takeBlocks } from "./blocks";
import type { Operand } from "./operands";
import { newMatrix } from "./region";
import { core, memory } from "./wasm";

/** The columns of a matrix, stored one after another. */
export interface Samples {
  readonly rows: number;
  readonly cols: number;
  /** Whether no entry is NaN or infinite. */
  readonly finite: boolean;
  /** The matrix of the columns with these indices; they are not checked. */
  gather(indices: Int32Array): Operand;
  /** Gives the memory back. */
  release(): void;
}

/** Columns that are copied at once: a strip of some 4 MiB. */
const strip = 1024;

/**
 * Copies the columns of A into the core's memory, one after another, so that batches of them are put together fast;
 * into memory of its own where the core has no room.
 * @example
 * const samples = storeSamples({ rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) })
 * [...samples.gather(Int32Array.of(1, 0)).data] // [2, 1, 4, 3]
 * samples.finite // true
 * samples.release() // undefined
 */
export function storeSamples(A: Operand): Samples {
  const { rows, cols, data } = A;
  const double = isDouble(data);
  const blocks = Math.max(1, Math.ceil(data.byteLength / blockBytes));
  const address = takeBlocks(blocks);
  if (address === undefined) return ownSamples(A);
  const { BYTES_PER_ELEMENT: bytes } = data;
  const finite = double ? core.allFinite64 : core.allFinite32;
  const transpose = double ? core.gather64 : core.gather32;
  const wide = Math.max(1, Math.min(strip, Math.floor(4194304 / bytes / Math.max(1, rows))));
  let allFinite = true;
  for (let from = 0; from < cols; from += wide) {
    const count = Math.min(wide, cols - from);
    reset();
    const part = reserve(rows * count * bytes, "storeSamples");
    for (let i = 0; i < rows; i++) put(data, i * cols + from, part + i * count * bytes, count);
    if (!finite(part, rows * count)) allFinite = false;
    transpose(part, placeOrder(rows), address + from * rows * bytes, count, rows);
  }
  const run = double ? core.gather64 : core.gather32;
  return {
    rows,
    cols,
    finite: allFinite,
    gather(indices) {
      const batch = newMatrix(rows, indices.length, data);
      reset();
      const order = placeIndices(indices);
      const result = pointerOf(batch.data) || reserve(batch.data.byteLength, "gather");
      run(address, order, result, rows, indices.length);
      if (pointerOf(batch.data) === 0) take(result, batch.data, 0, batch.data.length);
      return batch;
    },
    release: () => freeBlocks(address, blocks),
  };
}

const words = new Int32Array(memory.buffer);

function placeIndices(indices: Int32Array): number {
  const pointer = reserve(4 * indices.length, "gather");
  words.set(indices, pointer / 4);
  return pointer;
}

/** 0, …, n − 1: taking all rows in their order as columns transposes. */
function placeOrder(n: number): number {
  const pointer = reserve(4 * n, "storeSamples");
  for (let i = 0; i < n; i++) words[pointer / 4 + i] = i;
  return pointer;
}

function ownSamples({ rows, cols, data }: Operand): Samples {
  return {
    rows,
    cols,
    finite: data.every(Number.isFinite),
    gather(indices) {
      const batch = newMatrix(rows, indices.length, data);
      for (let i = 0, k = 0; i < rows; i++)
        for (let j = 0; j < indices.length; j++) batch.data[k++] = data[i * cols + indices[j]];
      return batch;
    },
    release: () => undefined,
  };
}
