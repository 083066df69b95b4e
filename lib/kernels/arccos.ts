import { cos, sin } from "./functions";

/**
 * The angle in [0, π] whose cosine is x, from the core's sine and cosine: with s = √((1 − |x|)/2), which is the sine of
 * half the angle of |x|, Newton's method solves sin φ = s, and the angle is 2φ, or π − 2φ for a negative x. Within
 * 4e-16 · max(1, angle) of the exact value; NaN outside [−1, 1].
 * @example
 * arccos(1) // 0
 * arccos(0) // ≈ 1.570796326794897
 * arccos(-1) // 3.141592653589793
 */
export function arccos(x: number): number {
  if (!(x >= -1 && x <= 1)) return Number.NaN;
  const s = Math.sqrt((1 - Math.abs(x)) / 2);
  let φ = s;
  // φ is at most π/4, where the sine is nearly straight: the error is squared each time, from 0.08 at first
  for (let k = 0; k < 5; k++) φ -= (sin(φ) - s) / cos(φ);
  return x < 0 ? Math.PI - 2 * φ : 2 * φ;
}
