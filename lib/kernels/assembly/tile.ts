// The innermost loop of a product, and the copying that lets it read its factors in order.

/** Rows of a tile of C. */
export const tileRows: i32 = 4;
/** Columns of a tile of C: two registers. */
// @ts-ignore: decorator
@inline export function tileCols<T>(): i32 {
  return 32 / sizeof<T>();
}

/** The address of an entry. */
// @ts-ignore: decorator
@inline export function at<T>(base: usize, index: i32): usize {
  return base + <usize>index * sizeof<T>();
}

/**
 * Copies `count` vectors of `depth` entries, entry (l, p) at source + (l·across + p·along)·size, into a panel that
 * holds, for p = 0, 1, …, entry p of all vectors; the panel is `width` wide, and zeros fill what is missing.
 */
export function pack<T>(width: i32, count: i32, depth: i32, source: usize, across: i32, along: i32, panel: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  if (count < width) {
    const step = <usize>along * sizeof<T>();
    for (let l = 0; l < width; l++) {
      let from = at<T>(source, l * across);
      for (let to = at<T>(panel, l), end = at<T>(to, depth * width); to < end; to += width * sizeof<T>(), from += step)
        store<T>(to, l < count ? load<T>(from) : <T>0);
    }
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

/**
 * One tile of C: rows r of `depth` products each, continuing the sums in C where `carry`, and at the end plus the number
 * at bias + r·size where bias is not 0. (Behind the last row's bias other numbers of the memory are read and not used.)
 */
export function tile<T>(depth: i32, a: usize, b: usize, bStep: usize, c: usize, ci: i32, carry: bool, bias: usize): void {
  const c1 = at<T>(c, ci), c2 = at<T>(c1, ci), c3 = at<T>(c2, ci);
  let s00 = v128.splat<T>(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (carry) {
    s00 = v128.load(c), s01 = v128.load(c, 16);
    s10 = v128.load(c1), s11 = v128.load(c1, 16);
    s20 = v128.load(c2), s21 = v128.load(c2, 16);
    s30 = v128.load(c3), s31 = v128.load(c3, 16);
  }
  const end = a + depth * tileRows * sizeof<T>();
  while (a < end) {
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
    b += bStep;
  }
  if (bias) {
    const b0 = v128.load_splat<T>(bias), b1 = v128.load_splat<T>(bias, sizeof<T>());
    const b2 = v128.load_splat<T>(bias, 2 * sizeof<T>()), b3 = v128.load_splat<T>(bias, 3 * sizeof<T>());
    s00 = v128.add<T>(s00, b0), s01 = v128.add<T>(s01, b0);
    s10 = v128.add<T>(s10, b1), s11 = v128.add<T>(s11, b1);
    s20 = v128.add<T>(s20, b2), s21 = v128.add<T>(s21, b2);
    s30 = v128.add<T>(s30, b3), s31 = v128.add<T>(s31, b3);
  }
  v128.store(c, s00), v128.store(c, s01, 16);
  v128.store(c1, s10), v128.store(c1, s11, 16);
  v128.store(c2, s20), v128.store(c2, s21, 16);
  v128.store(c3, s30), v128.store(c3, s31, 16);
}
