// Matrix product after Goto and van de Geijn (ACM Trans. Math. Softw. 34, 2008, article 12): blocks of A and B are
// copied ("packed") into panels that the innermost loop reads in order, and a tile of C stays in registers while k
// runs. Every entry of C is one sum over k = 0, 1, … with a rounded product and a rounded addition per step. Blocking
// over k carries the unfinished sum in C, in the same precision, so the bits are those of the plain triple loop.

import { job, Kind } from "./jobs";
import { blockBytes, blockColumns, mostRows, packedAOf, packedB, tileOf } from "./layout";
import { isNarrow, narrow } from "./narrow";
import { self, share, shared } from "./threads";
import { at, fives, pack, tile4, tile5, tileCols } from "./tile";

/** Multiplications from which on a second thread is worth its call. */
const worthSharing: i32 = 1 << 19;

/**
 * C = A B for A m×k, B k×n, C m×n with entry (i, p) of A at a + (i·ai + p·ak)·size, (p, j) of B at
 * b + (p·bk + j·bj)·size and (i, j) of C at c + (i·ci + j)·size; with a bias (a pointer to m numbers, or 0) C = A B +
 * bias 1ᵀ. C may not overlap A, B or bias.
 */
export function product<T>(
  m: i32, n: i32, k: i32,
  a: usize, ai: i32, ak: i32,
  b: usize, bk: i32, bj: i32,
  c: usize, ci: i32,
  bias: usize,
): void {
  if (k == 0) for (let i = 0; i < m; i++) fillRow<T>(at<T>(c, i * ci), bias ? load<T>(at<T>(bias, i)) : 0, n);
  if (!bias && !(shared() && <i64>m * n * k >= worthSharing)) {
    if (ak == 1 && isNarrow<T>(n, k)) return narrow<T>(m, n, k, a, ai, b, bk, bj, c, ci, 1);
    if (bk == 1 && isNarrow<T>(m, k)) return narrow<T>(n, m, k, b, bj, a, ak, ai, c, 1, ci);
  }
  if (bj == 1 && (k <= thinDepth || m <= thinRows) && !(shared() && <i64>m * n * k >= worthSharing)) {
    for (let i = 0; i < m; i++)
      thinRow<T>(n, k, at<T>(a, i * ai), ak, b, bk, at<T>(c, i * ci), bias ? at<T>(bias, i) : 0);
    return;
  }
  job.single = sizeof<T>() == 4;
  job.m = m, job.n = n, job.k = k;
  job.a = a, job.ai = ai, job.ak = ak;
  job.b = b, job.bk = bk, job.bj = bj;
  job.c = c, job.ci = ci, job.bias = bias;
  const blockDepth: i32 = blockBytes / sizeof<T>();
  for (let j0 = 0; j0 < n; j0 += blockColumns) {
    const columns = min(n - j0, blockColumns);
    job.fromColumn = j0, job.columns = columns;
    for (let p0 = 0; p0 < k; p0 += blockDepth) {
      const depth = min(k - p0, blockDepth);
      job.fromDepth = p0, job.depth = depth;
      const together = shared() && <i64>m * columns * depth >= worthSharing;
      // few rows of A do not repay the copying of B, where its rows fit the tile as they are
      job.direct = bj == 1 && m <= fewRows && columns % tileCols<T>() == 0;
      job.kind = Kind.packColumns;
      const packings = (columns + colsAtOnce - 1) / colsAtOnce;
      if (job.direct) {}
      else if (together && columns * depth >= 1 << 15) share(packings);
      else for (let piece = 0; piece < packings; piece++) packPiece<T>(piece);
      job.kind = Kind.productRows;
      const rows = together ? rowsFor(m, <i64>m * columns * depth) : mostRows;
      job.rowsAtOnce = rows;
      const pieces = (m + rows - 1) / rows;
      if (together) share(pieces);
      else for (let piece = 0; piece < pieces; piece++) rowsPiece<T>(piece);
    }
  }
}

/** So short a sum, or so few rows, do not fill tiles: a row of C at a time is faster. */
const thinDepth: i32 = 4;
const thinRows: i32 = 2;

/** Row i of C: Σₚ aᵢₚ (row p of B), four registers at a time, in the order of p as in a tile. */
function thinRow<T>(n: i32, k: i32, a: usize, ak: i32, b: usize, bk: i32, c: usize, bias: usize): void {
  const aStep = <usize>ak * sizeof<T>(), bStep = <usize>bk * sizeof<T>();
  const end = c + <usize>n * sizeof<T>();
  for (; c + 64 <= end; c += 64, b += 64) {
    let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
    for (let p = 0, from = a, row = b; p < k; p++, from += aStep, row += bStep) {
      const x = v128.load_splat<T>(from);
      s0 = v128.add<T>(s0, v128.mul<T>(x, v128.load(row)));
      s1 = v128.add<T>(s1, v128.mul<T>(x, v128.load(row, 16)));
      s2 = v128.add<T>(s2, v128.mul<T>(x, v128.load(row, 32)));
      s3 = v128.add<T>(s3, v128.mul<T>(x, v128.load(row, 48)));
    }
    if (bias) {
      const x = v128.load_splat<T>(bias);
      s0 = v128.add<T>(s0, x), s1 = v128.add<T>(s1, x), s2 = v128.add<T>(s2, x), s3 = v128.add<T>(s3, x);
    }
    v128.store(c, s0), v128.store(c, s1, 16), v128.store(c, s2, 32), v128.store(c, s3, 48);
  }
  for (; c < end; c += sizeof<T>(), b += sizeof<T>()) {
    let s: T = 0;
    for (let p = 0, from = a, row = b; p < k; p++, from += aStep, row += bStep) s += load<T>(from) * load<T>(row);
    store<T>(c, bias ? s + load<T>(bias) : s);
  }
}

/**
 * Rows for each piece of work: two pieces of a small product, more of a large one, none too small to be worth claiming.
 */
function rowsFor(m: i32, multiplications: i64): i32 {
  const pieces = <i32>min<i64>(64, max<i64>(2, multiplications >> 18));
  return min(mostRows, ((m + pieces - 1) / pieces + 3) & ~3);
}

function fillRow<T>(c: usize, value: T, n: i32): void {
  for (let j = 0; j < n; j++) store<T>(at<T>(c, j), value);
}

/** So many rows of A at most for which B is not packed. */
const fewRows: i32 = 64;

/** Columns of B that one piece of work packs. */
const colsAtOnce: i32 = 64;

/** Packs some columns of the block of B, in panels of a tile's width. */
export function packPiece<T>(piece: i32): void {
  const depth = job.depth;
  const end = min(job.columns, (piece + 1) * colsAtOnce);
  for (let j = piece * colsAtOnce; j < end; j += tileCols<T>()) {
    const source = at<T>(job.b, job.fromDepth * job.bk + (job.fromColumn + j) * job.bj);
    pack<T>(tileCols<T>(), min(end - j, tileCols<T>()), depth, source, job.bj, job.bk, at<T>(packedB, j * depth));
  }
}

/** Packs some rows of A and multiplies them with the packed block of B. */
export function rowsPiece<T>(piece: i32): void {
  const packedA = packedAOf(self), edge = tileOf(self);
  const depth = job.depth, carry = job.fromDepth > 0, ci = job.ci, columns = job.columns;
  const last = job.fromDepth + depth == job.k;
  const direct = job.direct;
  const step: usize = direct ? <usize>job.bk * sizeof<T>() : 32;
  const i0 = piece * job.rowsAtOnce, rows = min(job.m - i0, job.rowsAtOnce);
  const inFives = 5 * fives(rows);
  for (let i = 0, height = 0; i < rows; i += height) {
    height = i < inFives ? 5 : 4;
    const source = at<T>(job.a, (i0 + i) * job.ai + job.fromDepth * job.ak);
    pack<T>(height, min(rows - i, height), depth, source, job.ai, job.ak, at<T>(packedA, i * depth));
  }
  for (let j = 0; j < columns; j += tileCols<T>()) {
    const pb = direct ? at<T>(job.b, job.fromDepth * job.bk + job.fromColumn + j) : at<T>(packedB, j * depth);
    const width = min(columns - j, tileCols<T>());
    for (let i = 0, height = 0; i < rows; i += height) {
      const pa = at<T>(packedA, i * depth);
      const target = at<T>(job.c, (i0 + i) * ci + job.fromColumn + j);
      const bias = last && job.bias ? at<T>(job.bias, i0 + i) : 0;
      height = i < inFives ? 5 : min(rows - i, 4);
      const whole = height >= 4 && width == tileCols<T>();
      if (carry && !whole) copyTile<T>(edge, tileCols<T>(), target, ci, height, width);
      const to = whole ? target : edge, toStride = whole ? ci : tileCols<T>();
      if (height == 5) tile5<T>(depth, pa, pb, step, to, toStride, carry, bias);
      else tile4<T>(depth, pa, pb, step, to, toStride, carry, bias);
      if (!whole) copyTile<T>(target, ci, edge, tileCols<T>(), height, width);
    }
  }
}

/** Copies height×width entries between places with rows of different length. */
function copyTile<T>(to: usize, toStride: i32, from: usize, fromStride: i32, height: i32, width: i32): void {
  for (let r = 0; r < height; r++)
    for (let q = 0; q < width; q++) store<T>(at<T>(to, r * toStride + q), load<T>(at<T>(from, r * fromStride + q)));
}
