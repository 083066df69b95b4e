import { fusedMultiplyAdd32 as fma } from "./fused-multiply-add";

// log, sin and cos of float32 numbers as PyTorch computes them eight at a time when it fills a float32 tensor with
// normal numbers: Cephes' polynomials, each step rounded to float32. Source: S. L. Moshier, Cephes; PyTorch,
// aten/src/ATen/native/cpu/avx_mathfun.h, after J. Pommier's sse_mathfun.h.

const word = new Int32Array(1);
const float = new Float32Array(word.buffer);
const constants = (...values: number[]): readonly number[] => values.map(Math.fround);

// biome-ignore format: one polynomial
const [l0, l1, l2, l3, l4, l5, l6, l7, l8] = constants(
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
);
const [log2High, log2Low, sqrtHalf] = constants(0.693359375, -2.1219444e-4, Math.SQRT1_2);

/**
 * log x for a float32 number x ≥ 2⁻¹²⁶, to float32: with x = 2ᵉ (1 + r), √½ ≤ 1 + r < √2, it is
 * e log 2 + r − r²/2 + r³ P(r).
 * @example
 * log32(1) // 0
 * log32(0.5) // -0.6931471824645996
 */
export function log32(x: number): number {
  float[0] = x;
  let exponent = (word[0] >>> 23) - 126;
  word[0] = (word[0] & 0x7fffff) | 0x3f000000;
  let r = float[0];
  if (r < sqrtHalf) {
    exponent -= 1;
    r += r - 1;
  } else r -= 1;

  const square = Math.fround(r * r);
  let P = fma(l0, r, l1);
  for (const coefficient of [l2, l3, l4, l5, l6, l7, l8]) P = fma(P, r, coefficient);
  const cubic = fma(Math.fround(P * r), square, Math.fround(exponent * log2Low));
  const sum = Math.fround(r + fma(square, -0.5, cubic));
  return fma(exponent, log2High, sum);
}

const [fourOverPi, pi1, pi2, pi3] = constants(
  1.27323954473516,
  -0.78515625,
  -2.4187564849853516e-4,
  -3.774894977445941e-8,
);
const [c0, c1, c2] = constants(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2);
const [s0, s1, s2] = constants(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1);

/**
 * cos x and sin x for a float32 number x in [0, 8192], to float32: x is reduced to [−π/4, π/4], where
 * cos r = 1 − r²/2 + r⁴ C(r²) and sin r = r + r³ S(r²).
 * @example
 * cosineAndSine32(0) // [1, 0]
 * cosineAndSine32(Math.fround(Math.PI / 6)) // ≈ [0.8660254, 0.5]
 */
export function cosineAndSine32(x: number): [cosine: number, sine: number] {
  const octant = (Math.trunc(Math.fround(x * fourOverPi)) + 1) & ~1;
  const r = fma(octant, pi3, fma(octant, pi2, fma(octant, pi1, x)));
  const square = Math.fround(r * r);

  const C = Math.fround(fma(fma(c0, square, c1), square, c2) * square);
  const evenPart = Math.fround(fma(C, square, Math.fround(square * -0.5)) + 1);
  const S = Math.fround(fma(fma(s0, square, s1), square, s2) * square);
  const oddPart = fma(S, r, r);

  const swapped = (octant & 2) !== 0;
  const cosine = swapped ? oddPart : evenPart;
  const sine = swapped ? evenPart : oddPart;
  return [((octant - 2) & 4) === 0 ? -cosine : cosine, (octant & 4) !== 0 ? -sine : sine];
}
