import {
  capacity,
  type Floats,
  isDouble,
  mebibytes,
  place,
  pointerOf,
  put,
  reserve,
  reset,
  take,
} from "./arena";
import { expectEntries, type Operand, productMismatch } from "./operands";
import { newMatrix } from "./region";
import { noteWork } from "./threads";
import { core } from "./wasm";

/**
 * A B, Aᵀ B or A Bᵀ, plus bias 1ᵀ if there is a bias. Each entry is added up in the order of the inner index, then its
 * bias is added, so the bits do not depend on the blocks below. Factors too large for the core's memory are multiplied
 * by blocks of rows and columns.
 * @throws if shapes or precisions do not fit, or one row and one column are too large
 * @example
 * const A = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * [...product("multiplyTransposeRight", A, false, A, true).data] // [25]
 */
export function product(
  name: string,
  A: Operand,
  transposeA: boolean,
  B: Operand,
  transposeB: boolean,
  bias?: Operand,
): Operand {
  expectEntries(name, A);
  expectEntries(name, B);
  const m = transposeA ? A.cols : A.rows;
  const k = transposeA ? A.rows : A.cols;
  const inner = transposeB ? B.cols : B.rows;
  const n = transposeB ? B.rows : B.cols;
  const bytes = A.data.BYTES_PER_ELEMENT;
  if (k !== inner || bytes !== B.data.BYTES_PER_ELEMENT) productMismatch(name, A, transposeA, B, transposeB);
  noteWork(m * n * k);

  const C = newMatrix(m, n, A.data);
  const run = bytes === 8 ? core.product64 : core.product32;
  let a = pointerOf(A.data);
  let b = pointerOf(B.data);
  let c = pointerOf(C.data);
  if (a === 0 || b === 0 || c === 0) {
    if ((m * k + k * n + m * n + m) * bytes + 64 > capacity) {
      byBlocks(C, A, transposeA, B, transposeB, bias, k);
      return C;
    }
    reset();
    a ||= place(A.data, 0, A.data.length, name);
    b ||= place(B.data, 0, B.data.length, name);
    c ||= reserve(m * n * bytes, name);
  } else reset();
  const beta = bias === undefined ? 0 : pointerOf(bias.data) || place(bias.data, 0, m, name);
  const [ai, ak] = transposeA ? [1, m] : [k, 1];
  const [bk, bj] = transposeB ? [1, k] : [n, 1];
  run(m, n, k, a, ai, ak, b, bk, bj, c, n, beta);
  if (pointerOf(C.data) === 0) take(c, C.data, 0, m * n);
  return C;
}

/** C, block by block, each small enough for the core's memory. */
// biome-ignore format: the result first, then the factors
function byBlocks(C: Operand, A: Operand, transposeA: boolean, B: Operand, transposeB: boolean, bias: Operand | undefined, k: number): void {
  const { rows: m, cols: n, data: c } = C;
  const bytes = c.BYTES_PER_ELEMENT;
  const [rows, cols] = blockSize(m, n, k, bytes);
  const run = isDouble(c) ? core.product64 : core.product32;
  for (let i = 0; i < m; i += rows)
    for (let j = 0; j < n; j += cols) {
      const height = Math.min(rows, m - i);
      const width = Math.min(cols, n - j);
      reset();
      const a = transposeA ? placeBlock(A, 0, k, i, height) : placeBlock(A, i, height, 0, k);
      const b = transposeB ? placeBlock(B, j, width, 0, k) : placeBlock(B, 0, k, j, width);
      const beta = bias === undefined ? 0 : place(bias.data, i, i + height, "product");
      const result = reserve(height * width * bytes, "product");
      const [ai, ak] = transposeA ? [1, height] : [k, 1];
      const [bk, bj] = transposeB ? [1, k] : [width, 1];
      run(height, width, k, a, ai, ak, b, bk, bj, result, width, beta);
      for (let r = 0; r < height; r++) take(result + r * width * bytes, c, (i + r) * n + j, width);
    }
}

function blockSize(m: number, n: number, k: number, bytes: number): [rows: number, cols: number] {
  const room = capacity - 64;
  let [rows, cols] = [m, n];
  while ((rows * k + k * cols + rows * cols + rows) * bytes > room) {
    if (rows <= 1 && cols <= 1)
      throw new Error(
        `product of ${m}×${k} and ${k}×${n}: one row and one column are ${mebibytes(2 * k * bytes)} MiB, the core's memory has ${mebibytes(room)} MiB`,
      );
    if (rows > cols) rows = Math.ceil(rows / 2);
    else cols = Math.ceil(cols / 2);
  }
  return [rows, cols];
}

/** A copy of a block of a stored matrix in scratch space, row by row. */
function placeBlock(X: Operand, row: number, rows: number, col: number, cols: number): number {
  const { data }: { data: Floats } = X;
  if (cols === X.cols) return place(data, row * cols, (row + rows) * cols, "product");
  const pointer = reserve(rows * cols * data.BYTES_PER_ELEMENT, "product");
  for (let r = 0; r < rows; r++)
    put(data, (row + r) * X.cols + col, pointer + r * cols * data.BYTES_PER_ELEMENT, cols);
  return pointer;
}
