// One step of the optimizers over n parameters θ with gradients g, in T = f64 or f32, in one pass. A result may lie
// over an operand (equal pointers), not otherwise overlap it. Each rule is written once for V, which is a register of
// numbers (v128) or a single one (T), so the entries that fill no register have the same bits.
// λ is the weight decay: g + λ θ takes the gradient's place.
import { grain, job, Kind } from "./jobs";
import { shareIfMany } from "./threads";

import { add, div, larger, mul, squareRoot, sub } from "./lanes";

/** θ′ = θ − α (g + λ θ). */
export function descend<T>(theta: usize, g: usize, newTheta: usize, n: i32, alpha: T, lambda: T): void {
  const end = <usize>n * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) descendAt<T, v128>(theta + i, g + i, newTheta + i, v128.splat<T>(alpha), v128.splat<T>(lambda));
  for (; i < end; i += sizeof<T>()) descendAt<T, T>(theta + i, g + i, newTheta + i, alpha, lambda);
}

// @ts-ignore: decorator
@inline function descendAt<T, V>(theta: usize, g: usize, newTheta: usize, alpha: V, lambda: V): void {
  const x = load<V>(theta);
  store<V>(newTheta, sub<T, V>(x, mul<T, V>(alpha, decayed<T, V>(load<V>(g), lambda, x))));
}

/**
 * b′ = γ b + s d with d = g + λ θ, then θ′ = θ + p (q b′ + r d): the forms of momentum differ in s, p, q and r.
 */
export function momentum<T>(
  theta: usize, g: usize, b: usize, newTheta: usize, newB: usize, n: i32, gamma: T, s: T, p: T, q: T, r: T, lambda: T,
): void {
  const end = <usize>n * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16)
    momentumAt<T, v128>(
      theta + i, g + i, b + i, newTheta + i, newB + i, v128.splat<T>(gamma), v128.splat<T>(s),
      v128.splat<T>(p), v128.splat<T>(q), v128.splat<T>(r), v128.splat<T>(lambda),
    );
  for (; i < end; i += sizeof<T>())
    momentumAt<T, T>(theta + i, g + i, b + i, newTheta + i, newB + i, gamma, s, p, q, r, lambda);
}

// @ts-ignore: decorator
@inline function momentumAt<T, V>(
  theta: usize, g: usize, b: usize, newTheta: usize, newB: usize, gamma: V, s: V, p: V, q: V, r: V, lambda: V,
): void {
  const x = load<V>(theta);
  const d = decayed<T, V>(load<V>(g), lambda, x);
  const y = add<T, V>(mul<T, V>(gamma, load<V>(b)), mul<T, V>(s, d));
  store<V>(newB, y);
  store<V>(newTheta, add<T, V>(x, mul<T, V>(p, add<T, V>(mul<T, V>(q, y), mul<T, V>(r, d)))));
}

/** s′ = ρ s + w d² with d = g + λ θ, then θ′ = θ − α d/(√s′ + ε). AdaGrad has ρ = w = 1, RMSProp w = 1 − ρ. */
export function scaled<T>(
  theta: usize, g: usize, s: usize, newTheta: usize, newS: usize, n: i32, alpha: T, rho: T, w: T, epsilon: T, lambda: T,
): void {
  const end = <usize>n * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16)
    scaledAt<T, v128>(
      theta + i, g + i, s + i, newTheta + i, newS + i,
      v128.splat<T>(alpha), v128.splat<T>(rho), v128.splat<T>(w), v128.splat<T>(epsilon), v128.splat<T>(lambda),
    );
  for (; i < end; i += sizeof<T>())
    scaledAt<T, T>(theta + i, g + i, s + i, newTheta + i, newS + i, alpha, rho, w, epsilon, lambda);
}

// @ts-ignore: decorator
@inline function scaledAt<T, V>(
  theta: usize, g: usize, s: usize, newTheta: usize, newS: usize, alpha: V, rho: V, w: V, epsilon: V, lambda: V,
): void {
  const x = load<V>(theta);
  const d = decayed<T, V>(load<V>(g), lambda, x);
  const y = add<T, V>(mul<T, V>(rho, load<V>(s)), mul<T, V>(mul<T, V>(w, d), d));
  store<V>(newS, y);
  store<V>(newTheta, sub<T, V>(x, div<T, V>(mul<T, V>(alpha, d), add<T, V>(squareRoot<T, V>(y), epsilon))));
}

/**
 * m′ = β₁ m + w₁ d and v′ = β₂ v + w₂ d² with d = g + λ θ and w = 1 − β, then θ′ = κ θ − α̂ m′/(√v̂/c + ε), where
 * α̂ = α/(1 − β₁ᵗ), c = √(1 − β₂ᵗ) and κ = 1 − α λ′ for a decoupled weight decay λ′. v̂ = v′; if `largest` is not 0, it
 * points to the largest v so far, v̂ is the larger of it and v′, and is stored at newLargest (AMSGrad).
 * m′ is computed as m + w₁ (d − m), for w₁ ≥ ½ as d − β₁ (d − m): the same entry when m = d, and exactly d when β₁ = 0.
 */
export function adam<T>(
  theta: usize, g: usize, m: usize, v: usize, largest: usize,
  newTheta: usize, newM: usize, newV: usize, newLargest: usize, n: i32,
  alpha: T, w1: T, beta2: T, w2: T, c: T, epsilon: T, lambda: T, kappa: T,
): void {
  const end = <usize>n * sizeof<T>();
  const fromM = w1 < 0.5;
  const w = fromM ? w1 : w1 - 1;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16)
    adamAt<T, v128>(
      i, theta, g, m, v, largest, newTheta, newM, newV, newLargest, fromM,
      v128.splat<T>(alpha), v128.splat<T>(w), v128.splat<T>(beta2), v128.splat<T>(w2),
      v128.splat<T>(c), v128.splat<T>(epsilon), v128.splat<T>(lambda), v128.splat<T>(kappa),
    );
  for (; i < end; i += sizeof<T>())
    adamAt<T, T>(
      i, theta, g, m, v, largest, newTheta, newM, newV, newLargest, fromM, alpha, w, beta2, w2, c, epsilon, lambda, kappa,
    );
}

/** The same, on all threads if there are many parameters. */
export function adamAll<T>(
  theta: usize, g: usize, m: usize, v: usize, largest: usize,
  newTheta: usize, newM: usize, newV: usize, newLargest: usize, n: i32,
  alpha: f64, w1: f64, beta2: f64, w2: f64, c: f64, epsilon: f64, lambda: f64, kappa: f64,
): void {
  job.kind = Kind.adam, job.single = sizeof<T>() == 4, job.count = n;
  job.x = theta, job.y = g, job.z = m, job.v = v, job.largest = largest;
  job.newTheta = newTheta, job.newM = newM, job.newV = newV, job.newLargest = newLargest;
  job.alpha = alpha, job.w1 = w1, job.beta2 = beta2, job.w2 = w2;
  job.correction = c, job.epsilon = epsilon, job.lambda = lambda, job.kappa = kappa;
  shareIfMany((n + grain - 1) / grain, 3);
}

/** A piece of it. */
export function adamPiece<T>(piece: i32): void {
  const i = <usize>(piece * grain) * sizeof<T>();
  adam<T>(
    job.x + i, job.y + i, job.z + i, job.v + i, job.largest ? job.largest + i : 0,
    job.newTheta + i, job.newM + i, job.newV + i, job.newLargest + i, min(grain, job.count - piece * grain),
    <T>job.alpha, <T>job.w1, <T>job.beta2, <T>job.w2, <T>job.correction, <T>job.epsilon, <T>job.lambda, <T>job.kappa,
  );
}

// @ts-ignore: decorator
@inline function adamAt<T, V>(
  i: usize, theta: usize, g: usize, m: usize, v: usize, largest: usize,
  newTheta: usize, newM: usize, newV: usize, newLargest: usize, fromM: bool,
  alpha: V, w: V, beta2: V, w2: V, c: V, epsilon: V, lambda: V, kappa: V,
): void {
  const x = load<V>(theta + i);
  const d = decayed<T, V>(load<V>(g + i), lambda, x);
  const old = load<V>(m + i);
  const mean = add<T, V>(fromM ? old : d, mul<T, V>(w, sub<T, V>(d, old)));
  let square = add<T, V>(mul<T, V>(beta2, load<V>(v + i)), mul<T, V>(mul<T, V>(w2, d), d));
  store<V>(newM + i, mean);
  store<V>(newV + i, square);
  if (largest != 0) {
    square = larger<T, V>(load<V>(largest + i), square);
    store<V>(newLargest + i, square);
  }
  const root = add<T, V>(div<T, V>(squareRoot<T, V>(square), c), epsilon);
  store<V>(newTheta + i, sub<T, V>(mul<T, V>(kappa, x), div<T, V>(mul<T, V>(alpha, mean), root)));
}

// @ts-ignore: decorator
@inline function decayed<T, V>(g: V, lambda: V, x: V): V {
  return add<T, V>(g, mul<T, V>(lambda, x));
}
