// erf, erfc and what GELU needs of the normal distribution, in float64. The two polynomials are interpolations by
// data/references/error-function.py, which also states their errors; tests/error-function.test.ts compares the digits.

/** Up to here erf is a polynomial. */
const near: f64 = 0.5;
/** From here erfc is computed by itself; below it 1 − erf keeps its digits. */
const tail: f64 = 0.46875;
const sqrtHalf: f64 = 0.7071067811865476;
/** 1/√(2π), the normal density at 0. */
const densityAt0: f64 = 0.3989422804014327;

/** erf(x) for |x| ≤ near: x + x P(x²). */
function erfNear(x: f64): f64 {
  const s = x * x;
  return x + x * (0.12837916709551256 + s * (-0.37612638903183476 + s * (0.11283791670925353
    + s * (-0.026866170632887928 + s * (0.00522397737302147 + s * (-0.0008548297753674966
    + s * (0.00012053335124353741 + s * (-1.4845849259707869e-05 + s * 1.4725865480556744e-06))))))));
}

/**
 * e^(x²) erfc(x) for tail ≤ x ≤ 27.4: (1 + 2x) times it is nearly constant, and smooth in u = (x − 3.5)/(x + 3.5).
 * Even and odd powers of u apart, so that the processor computes both at once.
 * Shepherd and Laframboise, Mathematics of Computation 36 (1981) 249.
 */
function scaledErfc(x: f64): f64 {
  const u = (x - 3.5) / (x + 3.5), v = u * u;
  const even = -0.00765075512884562 + v * (-0.010555596332218342 + v * (-0.11508959816018863
    + v * (-0.04882332582797769 + v * (-0.004215019907001641 + v * (0.0005643844137843694
    + v * (-4.278222328445748e-05 + v * (2.328311669184719e-06 + v * (-4.4273100104040555e-08
    + v * (-7.87942454791791e-09 + v * 5.494938748108594e-10)))))))));
  const odd = -0.1400091801376194 + v * (0.09751909515325542 + v * (0.08798315382497972
    + v * (0.019099330940564024 + v * (-0.00030226786155176276 + v * (-0.00012151250136673071
    + v * (2.42611806308806e-05 + v * (-3.814868694633636e-06 + v * (6.007373342892192e-07
    + v * (-9.34111506254696e-08 + v * 1.0512704717532071e-08)))))))));
  const varying = even + u * odd, numerator = 1.25 + varying, denominator = 1 + 2 * x;
  // what the two sums lost by rounding
  const above = varying - (numerator - 1.25), rest = denominator - 1;
  const below = 1 - (denominator - rest) + (2 * x - rest);
  const ratio = numerator / denominator;
  return ratio + (above - ratio * below) / denominator;
}

/** factor · e^(−s x²) for s = 1 or ½. The rounding error of x², which e^(−x²) magnifies x² times, is made good. */
function timesGaussian(factor: f64, x: f64, s: f64): f64 {
  const square = x * x;
  const high = reinterpret<f64>(reinterpret<u64>(x) & 0xfffffffff8000000), low = x - high;
  const missing = high * high - square + 2 * high * low + low * low;
  let value: f64;
  if (s * square > 700) {
    // e^(−s x²) itself would be subnormal and lose digits
    const root = NativeMath.exp(-s * square / 2);
    value = factor * root * root;
  } else {
    value = factor * NativeMath.exp(-s * square);
  }
  return value - value * (s * missing);
}

/** 2/√π ∫₀ˣ e^(−t²) dt. */
export function erf(x: f64): f64 {
  if (isNaN(x)) return x;
  const size = abs(x);
  if (size <= near) return erfNear(x);
  if (size > 6) return x > 0 ? 1 : -1;
  return copysign<f64>(1 - timesGaussian(scaledErfc(size), size, 1), x);
}

/** 1 − erf(x), which keeps its digits where erf(x) is close to 1. */
export function erfc(x: f64): f64 {
  if (isNaN(x)) return x;
  const size = abs(x);
  if (size <= tail) return 1 - erfNear(x);
  if (size > 27.3) return x > 0 ? 0 : 2;
  const beyond = timesGaussian(scaledErfc(size), size, 1);
  return x > 0 ? beyond : 2 - beyond;
}

/** z Φ(z) with Φ(z) = ½ erfc(−z/√2). Beyond ±39 it is z or rounds to −0. */
export function gelu(z: f64): f64 {
  if (z > 39) return z;
  if (z < -39) return -0.0;
  const t = abs(z) * sqrtHalf;
  if (t <= near) return z * (0.5 + 0.5 * erfNear(z * sqrtHalf));
  if (z < 0) return timesGaussian(0.5 * z * scaledErfc(t), z, 0.5);
  return z - timesGaussian(0.5 * z * scaledErfc(t), z, 0.5);
}

/** Φ(z) + z φ(z), φ = Φ′. On the left both are φ(z) times something, so that only the zero at −0.75 cancels. */
export function geluDerivative(z: f64): f64 {
  if (z > 39) return 1;
  if (z < -39) return -0.0;
  const t = abs(z) * sqrtHalf;
  if (t <= near) return 0.5 + (0.5 * erfNear(z * sqrtHalf) + z * timesGaussian(densityAt0, z, 0.5));
  if (z < 0) return timesGaussian(0.5 * scaledErfc(t) + densityAt0 * z, z, 0.5);
  return 1 + timesGaussian(densityAt0 * z - 0.5 * scaledErfc(t), z, 0.5);
}
