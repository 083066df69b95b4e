import {
  capacity,
  emptyLike,
  type Floats,
  isDouble,
  isResident,
  mebibytes,
  place,
  put,
  reserve,
  reset,
  take,
} from "./arena";
import type { Factor } from "./operands";
import { core } from "./wasm";

/**
 * The m×n product, row-major, of a factor that is m×k and one that is k×n (after their transposition), of equal
 * precision. Each entry is added up in the order of k, so the bits do not depend on the blocks below. Factors too large
 * for the core's memory are multiplied by blocks of rows and columns.
 * @throws if one row and one column are too large
 * @example
 * const A = { rows: 1, cols: 2, data: Float64Array.of(3, 4), transposed: false }
 * [...product(1, 1, 2, A, { ...A, transposed: true })] // [25]
 */
export function product(m: number, n: number, k: number, a: Factor, b: Factor): Floats {
  const c = emptyLike(a.data, m * n);
  const [rows, cols] = blockSize(m, n, k, a.data.BYTES_PER_ELEMENT);
  for (let i = 0; i < m; i += rows)
    for (let j = 0; j < n; j += cols)
      block(c, n, i, Math.min(rows, m - i), j, Math.min(cols, n - j), k, a, b);
  return c;
}

const workBytes = core.productWorkBytes();

function blockSize(m: number, n: number, k: number, bytes: number): [rows: number, cols: number] {
  const room = capacity - workBytes - 64;
  let [rows, cols] = [m, n];
  while ((rows * k + k * cols + rows * cols) * bytes > room) {
    if (rows <= 1 && cols <= 1)
      throw new Error(
        `product of ${m}×${k} and ${k}×${n}: one row and one column are ${mebibytes(2 * k * bytes)} MiB, the core's memory has ${mebibytes(room)} MiB`,
      );
    if (rows > cols) rows = Math.ceil(rows / 2);
    else cols = Math.ceil(cols / 2);
  }
  return [rows, cols];
}

/** Entries (i, j), …, (i + rows − 1, j + cols − 1) of C, whose rows are n long. */
// biome-ignore format: the block first, then the factors
function block(c: Floats, n: number, i: number, rows: number, j: number, cols: number, k: number, a: Factor, b: Factor): void {
  reset();
  const work = reserve(workBytes, "product");
  const A = a.transposed ? placeBlock(a, 0, k, i, rows) : placeBlock(a, i, rows, 0, k);
  const B = b.transposed ? placeBlock(b, j, cols, 0, k) : placeBlock(b, 0, k, j, cols);
  const C = reserve(rows * cols * c.BYTES_PER_ELEMENT, "product");
  const [ai, ak] = a.transposed ? [1, A.stride] : [A.stride, 1];
  const [bk, bj] = b.transposed ? [1, B.stride] : [B.stride, 1];
  (isDouble(c) ? core.product64 : core.product32)(rows, cols, k, A.pointer, ai, ak, B.pointer, bk, bj, C, cols, work);
  if (cols === n) take(C, c, i * n, rows * n);
  else for (let r = 0; r < rows; r++) take(C + r * cols * c.BYTES_PER_ELEMENT, c, (i + r) * n + j, cols);
}

/** A block of a stored factor in the core's memory, with the distance of its rows. */
function placeBlock(
  x: Factor,
  row: number,
  rows: number,
  col: number,
  cols: number,
): { pointer: number; stride: number } {
  const bytes = x.data.BYTES_PER_ELEMENT;
  if (isResident(x.data))
    return { pointer: x.data.byteOffset + (row * x.cols + col) * bytes, stride: x.cols };
  if (cols === x.cols)
    return { pointer: place(x.data, row * cols, (row + rows) * cols, "product"), stride: cols };
  const pointer = reserve(rows * cols * bytes, "product");
  for (let r = 0; r < rows; r++) put(x.data, (row + r) * x.cols + col, pointer + r * cols * bytes, cols);
  return { pointer, stride: cols };
}
