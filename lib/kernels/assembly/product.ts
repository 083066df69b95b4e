// Matrix product after Goto and van de Geijn (ACM Trans. Math. Softw. 34, 2008, article 12): blocks of A and B are
// copied ("packed") into panels that the innermost loop reads in order, and a tile of C stays in registers while k runs.
// Every entry of C is one sum over k = 0, 1, … with a rounded product and a rounded addition per step. Blocking over k
// carries the unfinished sum in C, in the same precision, so the bits are those of the plain triple loop.

/** Rows of a tile of C. */
const tileRows: i32 = 4;
/** Columns of a tile of C: two registers. */
// @ts-ignore: decorator
@inline function tileCols<T>(): i32 {
  return 32 / sizeof<T>();
}

const blockK: i32 = 256;
const blockRows: i32 = 128;
const blockCols: i32 = 512;

/** Bytes of work space that a product needs: a packed block of A, one of B, and one tile. */
export const workBytes: i32 = (blockRows * blockK + blockK * blockCols) * 8 + 256;

/**
 * C = A B for A m×k, B k×n, C m×n with entry (i, p) of A at a + (i·ai + p·ak)·size, (p, j) of B at b + (p·bk + j·bj)·size
 * and (i, j) of C at c + (i·ci + j)·size. C may not overlap A, B or the work space.
 */
export function product<T>(
  m: i32, n: i32, k: i32,
  a: usize, ai: i32, ak: i32,
  b: usize, bk: i32, bj: i32,
  c: usize, ci: i32,
  work: usize,
): void {
  if (k == 0) for (let i = 0; i < m; i++) memory.fill(at<T>(c, i * ci), 0, n * sizeof<T>());
  const packedA = work;
  const packedB = packedA + blockRows * blockK * sizeof<T>();
  const edge = packedB + blockK * blockCols * sizeof<T>();
  for (let j0 = 0; j0 < n; j0 += blockCols) {
    const cols = min(n - j0, blockCols);
    for (let p0 = 0; p0 < k; p0 += blockK) {
      const depth = min(k - p0, blockK);
      for (let j = 0; j < cols; j += tileCols<T>())
        pack<T>(tileCols<T>(), min(cols - j, tileCols<T>()), depth, at<T>(b, p0 * bk + (j0 + j) * bj), bj, bk, at<T>(packedB, j * depth));
      for (let i0 = 0; i0 < m; i0 += blockRows) {
        const rows = min(m - i0, blockRows);
        for (let i = 0; i < rows; i += tileRows)
          pack<T>(tileRows, min(rows - i, tileRows), depth, at<T>(a, (i0 + i) * ai + p0 * ak), ai, ak, at<T>(packedA, i * depth));
        for (let j = 0; j < cols; j += tileCols<T>())
          for (let i = 0; i < rows; i += tileRows) {
            const pa = at<T>(packedA, i * depth), pb = at<T>(packedB, j * depth);
            const target = at<T>(c, (i0 + i) * ci + j0 + j);
            const height = min(rows - i, tileRows), width = min(cols - j, tileCols<T>());
            if (height == tileRows && width == tileCols<T>()) tile<T>(depth, pa, pb, target, ci, p0 > 0);
            else {
              for (let r = 0; r < height; r++) memory.copy(at<T>(edge, r * tileCols<T>()), at<T>(target, r * ci), width * sizeof<T>());
              tile<T>(depth, pa, pb, edge, tileCols<T>(), p0 > 0);
              for (let r = 0; r < height; r++) memory.copy(at<T>(target, r * ci), at<T>(edge, r * tileCols<T>()), width * sizeof<T>());
            }
          }
      }
    }
  }
}

// @ts-ignore: decorator
@inline function at<T>(base: usize, index: i32): usize {
  return base + <usize>index * sizeof<T>();
}

/**
 * Copies `count` vectors of `depth` entries, entry (l, p) at source + (l·across + p·along)·size, into a panel that
 * holds, for p = 0, 1, …, entry p of all vectors; the panel is `width` wide, and zeros fill what is missing.
 */
function pack<T>(width: i32, count: i32, depth: i32, source: usize, across: i32, along: i32, panel: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  if (count < width) {
    for (let p = 0; p < depth; p++)
      for (let l = 0; l < width; l++)
        store<T>(at<T>(panel, p * width + l), l < count ? load<T>(at<T>(source, l * across + p * along)) : <T>0);
    return;
  }
  for (let l = 0; l < width; l += lanes) {
    const from = at<T>(source, l * across);
    const to = at<T>(panel, l);
    if (across == 1) {
      for (let p = 0; p < depth; p++) v128.store(at<T>(to, p * width), v128.load(at<T>(from, p * along)));
    } else if (along == 1) packTransposed<T>(width, depth, from, across, to);
    else
      for (let p = 0; p < depth; p++)
        for (let q = 0; q < lanes; q++) store<T>(at<T>(to, p * width + q), load<T>(at<T>(from, q * across + p * along)));
  }
}

/** One register's width of vectors that lie contiguously: square blocks are transposed in registers. */
function packTransposed<T>(width: i32, depth: i32, from: usize, across: i32, to: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  let p = 0;
  for (; p <= depth - lanes; p += lanes) {
    const source = at<T>(from, p), panel = at<T>(to, p * width);
    if (sizeof<T>() == 8) {
      const x0 = v128.load(source), x1 = v128.load(at<T>(source, across));
      v128.store(panel, v128.shuffle<f64>(x0, x1, 0, 2));
      v128.store(at<T>(panel, width), v128.shuffle<f64>(x0, x1, 1, 3));
    } else {
      const x0 = v128.load(source), x1 = v128.load(at<T>(source, across));
      const x2 = v128.load(at<T>(source, 2 * across)), x3 = v128.load(at<T>(source, 3 * across));
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(panel, v128.shuffle<f64>(low01, low23, 0, 2));
      v128.store(at<T>(panel, width), v128.shuffle<f64>(low01, low23, 1, 3));
      v128.store(at<T>(panel, 2 * width), v128.shuffle<f64>(high01, high23, 0, 2));
      v128.store(at<T>(panel, 3 * width), v128.shuffle<f64>(high01, high23, 1, 3));
    }
  }
  for (; p < depth; p++)
    for (let q = 0; q < lanes; q++) store<T>(at<T>(to, p * width + q), load<T>(at<T>(from, q * across + p)));
}

/** One tile of C: rows r of `depth` products each, continuing the sums in C where `carry`. */
function tile<T>(depth: i32, a: usize, b: usize, c: usize, ci: i32, carry: bool): void {
  const c1 = at<T>(c, ci), c2 = at<T>(c1, ci), c3 = at<T>(c2, ci);
  let s00 = v128.splat<T>(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (carry) {
    s00 = v128.load(c), s01 = v128.load(c, 16);
    s10 = v128.load(c1), s11 = v128.load(c1, 16);
    s20 = v128.load(c2), s21 = v128.load(c2, 16);
    s30 = v128.load(c3), s31 = v128.load(c3, 16);
  }
  const end = b + depth * 32;
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<T>(a);
    s00 = v128.add<T>(s00, v128.mul<T>(x, b0));
    s01 = v128.add<T>(s01, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a, sizeof<T>());
    s10 = v128.add<T>(s10, v128.mul<T>(x, b0));
    s11 = v128.add<T>(s11, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a, 2 * sizeof<T>());
    s20 = v128.add<T>(s20, v128.mul<T>(x, b0));
    s21 = v128.add<T>(s21, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a, 3 * sizeof<T>());
    s30 = v128.add<T>(s30, v128.mul<T>(x, b0));
    s31 = v128.add<T>(s31, v128.mul<T>(x, b1));
    a += tileRows * sizeof<T>();
    b += 32;
  }
  v128.store(c, s00), v128.store(c, s01, 16);
  v128.store(c1, s10), v128.store(c1, s11, 16);
  v128.store(c2, s20), v128.store(c2, s21, 16);
  v128.store(c3, s30), v128.store(c3, s31, 16);
}
