// Loops over gradients of T = f64 or f32.
import { larger, smaller } from "./lanes";

/** y = x cut to [−bound, bound]; NaN stays. */
export function clamp<T>(x: usize, y: usize, n: i32, bound: T): void {
  const end = <usize>n * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) clampAt<T, v128>(x + i, y + i, v128.splat<T>(bound), v128.splat<T>(-bound));
  for (; i < end; i += sizeof<T>()) clampAt<T, T>(x + i, y + i, bound, -bound);
}

// @ts-ignore: decorator
@inline function clampAt<T, V>(x: usize, y: usize, high: V, low: V): void {
  store<V>(y, larger<T, V>(smaller<T, V>(load<V>(x), high), low));
}

/** Σ (s x)² in float64: four sums over every fourth number, (0 + 2) + (1 + 3), and the last n mod 4 after them. */
export function sumOfSquares<T>(x: usize, n: i32, s: f64): f64 {
  const scale = f64x2.splat(s);
  const end = x + (<usize>n & ~3) * sizeof<T>();
  const last = x + <usize>n * sizeof<T>();
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  for (; x < end; x += 4 * sizeof<T>()) {
    const a = v128.mul<f64>(pair<T>(x), scale), b = v128.mul<f64>(pair<T>(x + 2 * sizeof<T>()), scale);
    even = v128.add<f64>(even, v128.mul<f64>(a, a));
    odd = v128.add<f64>(odd, v128.mul<f64>(b, b));
  }
  const sums = v128.add<f64>(even, odd);
  let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; x < last; x += sizeof<T>()) {
    const a = <f64>load<T>(x) * s;
    total += a * a;
  }
  return total;
}

/** Two numbers as float64. */
// @ts-ignore: decorator
@inline function pair<T>(x: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(x);
  return f64x2.promote_low_f32x4(v128.load64_zero(x));
}
