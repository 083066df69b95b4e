// The innermost loop of a product, and the copying that lets it read its factors in order.

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
  const step = <usize>along * sizeof<T>();
  const inRegisters = count < width ? 0 : width - (width % lanes);
  for (let l = inRegisters; l < width; l++) {
    let from = at<T>(source, l * across);
    for (let to = at<T>(panel, l), end = at<T>(to, depth * width); to < end; to += width * sizeof<T>(), from += step)
      store<T>(to, l < count ? load<T>(from) : <T>0);
  }
  for (let l = 0; l < inRegisters; l += lanes) {
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
 * One tile of C, `rows` of them (4 or 5): sums of `depth` products each, continuing the sums in C where `carry`, and at
 * the end plus the number at bias + r·size where bias is not 0. Its ten sums, two numbers of B, one of A and a product
 * are what the 16 registers of x86-64 hold.
 */
// @ts-ignore: decorator
@inline function sums<T>(
  rows: i32, depth: i32, a: usize, b: usize, bStep: usize, c: usize, ci: i32, carry: bool, bias: usize,
): void {
  const c1 = at<T>(c, ci), c2 = at<T>(c1, ci), c3 = at<T>(c2, ci), c4 = at<T>(c3, ci);
  let s00 = v128.splat<T>(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  let s40 = s00, s41 = s00;
  if (carry) {
    s00 = v128.load(c), s01 = v128.load(c, 16);
    s10 = v128.load(c1), s11 = v128.load(c1, 16);
    s20 = v128.load(c2), s21 = v128.load(c2, 16);
    s30 = v128.load(c3), s31 = v128.load(c3, 16);
    if (rows == 5) s40 = v128.load(c4), s41 = v128.load(c4, 16);
  }
  const end = a + depth * rows * sizeof<T>();
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
    if (rows == 5) {
      x = v128.load_splat<T>(a, 4 * sizeof<T>());
      s40 = v128.add<T>(s40, v128.mul<T>(x, b0));
      s41 = v128.add<T>(s41, v128.mul<T>(x, b1));
    }
    a += rows * sizeof<T>();
    b += bStep;
  }
  // Added in the same variables, the bias would make V8 keep some of them in memory during the loop: half the speed.
  if (bias) {
    const b0 = v128.load_splat<T>(bias), b1 = v128.load_splat<T>(bias, sizeof<T>());
    const b2 = v128.load_splat<T>(bias, 2 * sizeof<T>()), b3 = v128.load_splat<T>(bias, 3 * sizeof<T>());
    v128.store(c, v128.add<T>(s00, b0)), v128.store(c, v128.add<T>(s01, b0), 16);
    v128.store(c1, v128.add<T>(s10, b1)), v128.store(c1, v128.add<T>(s11, b1), 16);
    v128.store(c2, v128.add<T>(s20, b2)), v128.store(c2, v128.add<T>(s21, b2), 16);
    v128.store(c3, v128.add<T>(s30, b3)), v128.store(c3, v128.add<T>(s31, b3), 16);
    if (rows == 5) {
      const b4 = v128.load_splat<T>(bias, 4 * sizeof<T>());
      v128.store(c4, v128.add<T>(s40, b4)), v128.store(c4, v128.add<T>(s41, b4), 16);
    }
    return;
  }
  v128.store(c, s00), v128.store(c, s01, 16);
  v128.store(c1, s10), v128.store(c1, s11, 16);
  v128.store(c2, s20), v128.store(c2, s21, 16);
  v128.store(c3, s30), v128.store(c3, s31, 16);
  if (rows == 5) v128.store(c4, s40), v128.store(c4, s41, 16);
}

/** A tile of four rows. (Behind the last row's bias other numbers of the memory are read and not used.) */
export function tile4<T>(depth: i32, a: usize, b: usize, bStep: usize, c: usize, ci: i32, carry: bool, bias: usize): void {
  sums<T>(4, depth, a, b, bStep, c, ci, carry, bias);
}

/** A tile of five rows, the faster one. */
export function tile5<T>(depth: i32, a: usize, b: usize, bStep: usize, c: usize, ci: i32, carry: bool, bias: usize): void {
  sums<T>(5, depth, a, b, bStep, c, ci, carry, bias);
}

/**
 * How many tiles of five rows there are in so many rows; tiles of four make up the rest, the last one not always full.
 */
export function fives(rows: i32): i32 {
  const fours = (5 - (rows % 5)) % 5;
  return max(0, (rows - 4 * fours) / 5);
}
