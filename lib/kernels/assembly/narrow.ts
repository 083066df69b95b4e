// Products with as few columns (or rows) as a register has lanes: weight gradients of a first or last layer with two
// units. A register holds a row of C, eight rows go side by side, and A is read where it lies.

import { packedB } from "./layout";
import { at, pack } from "./tile";

/** Bytes of packed columns that the block for B has room for: see layout.ts. */
const roomBytes: i32 = 1 << 20;

/** Whether `narrow` can compute a product with so many columns and sums of so many products. */
// @ts-ignore: decorator
@inline export function isNarrow<T>(n: i32, k: i32): bool {
  return n <= lanes<T>() && k <= roomBytes / 16 && k > 0;
}

/**
 * Entry (i, j) of C, at c + (i·ci + j·cj)·size, is Σₚ aᵢₚ bₚⱼ in the order of p, for n columns at most a register's
 * lanes; (i, p) of A lies at a + (i·ai + p)·size, (p, j) of B at b + (p·bk + j·bj)·size.
 */
export function narrow<T>(
  m: i32, n: i32, k: i32, a: usize, ai: i32, b: usize, bk: i32, bj: i32, c: usize, ci: i32, cj: i32,
): void {
  pack<T>(lanes<T>(), n, k, b, bj, bk, packedB);
  let i = 0;
  for (; i + 8 <= m; i += 8) eightRows<T>(n, k, at<T>(a, i * ai), ai, at<T>(c, i * ci), ci, cj);
  for (; i < m; i++) {
    let s = v128.splat<T>(0);
    for (let p = 0; p < k; p++)
      s = v128.add<T>(s, v128.mul<T>(v128.load_splat<T>(at<T>(a, i * ai + p)), v128.load(packedB + (<usize>p << 4))));
    storeLanes<T>(s, n, at<T>(c, i * ci), cj);
  }
}

function eightRows<T>(n: i32, k: i32, a: usize, ai: i32, c: usize, ci: i32, cj: i32): void {
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  const row = <usize>ai * sizeof<T>();
  const row2 = 2 * row, row3 = 3 * row, row4 = 4 * row, row5 = 5 * row, row6 = 6 * row, row7 = 7 * row;
  const end = at<T>(a, k);
  for (let b = packedB; a < end; a += sizeof<T>(), b += 16) {
    const y = v128.load(b);
    s0 = v128.add<T>(s0, v128.mul<T>(v128.load_splat<T>(a), y));
    s1 = v128.add<T>(s1, v128.mul<T>(v128.load_splat<T>(a + row), y));
    s2 = v128.add<T>(s2, v128.mul<T>(v128.load_splat<T>(a + row2), y));
    s3 = v128.add<T>(s3, v128.mul<T>(v128.load_splat<T>(a + row3), y));
    s4 = v128.add<T>(s4, v128.mul<T>(v128.load_splat<T>(a + row4), y));
    s5 = v128.add<T>(s5, v128.mul<T>(v128.load_splat<T>(a + row5), y));
    s6 = v128.add<T>(s6, v128.mul<T>(v128.load_splat<T>(a + row6), y));
    s7 = v128.add<T>(s7, v128.mul<T>(v128.load_splat<T>(a + row7), y));
  }
  storeLanes<T>(s0, n, c, cj);
  storeLanes<T>(s1, n, at<T>(c, ci), cj);
  storeLanes<T>(s2, n, at<T>(c, 2 * ci), cj);
  storeLanes<T>(s3, n, at<T>(c, 3 * ci), cj);
  storeLanes<T>(s4, n, at<T>(c, 4 * ci), cj);
  storeLanes<T>(s5, n, at<T>(c, 5 * ci), cj);
  storeLanes<T>(s6, n, at<T>(c, 6 * ci), cj);
  storeLanes<T>(s7, n, at<T>(c, 7 * ci), cj);
}

/** The first n lanes, `step` numbers apart. */
// @ts-ignore: decorator
@inline function storeLanes<T>(s: v128, n: i32, to: usize, step: i32): void {
  store<T>(to, v128.extract_lane<T>(s, 0));
  if (n > 1) store<T>(at<T>(to, step), v128.extract_lane<T>(s, 1));
  if (sizeof<T>() == 4) {
    if (n > 2) store<T>(at<T>(to, 2 * step), v128.extract_lane<T>(s, 2));
    if (n > 3) store<T>(at<T>(to, 3 * step), v128.extract_lane<T>(s, 3));
  }
}

// @ts-ignore: decorator
@inline function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}
