import { arccos } from "../kernels/arccos";
import { cos, sin } from "../kernels/functions";

/**
 * How the blocks of a deep network are made: z ← W φ(z), with φ(N(z)) where it is normalized, z added where it is
 * residual, and N of all that where the sum is normalized.
 */
export interface DeepKind {
  readonly normalized: boolean;
  readonly residual: boolean;
  /** Not normalized as well; false unless given. */
  readonly normalizedSum?: boolean;
  /** β, by which a residual branch is scaled; 1 unless given. */
  readonly branchScale?: number;
}

/**
 * Of a wide layer of ReLUs, whose pre-activations at two inputs are normal with variance 1 and correlation ρ:
 * degree 0, κ₀ = (π − arccos ρ)/π, is the share of the units on at one input that are on at the other; degree 1,
 * κ₁ = (√(1 − ρ²) + (π − arccos ρ) ρ)/π, is the correlation (the cosine) of what the layer passes on, 2 E[φ(z)φ(z′)].
 * @param correlation ρ in [−1, 1]
 * Source: Y. Cho, L. K. Saul, Kernel methods for deep learning, NIPS 22 (2009), equations 3, 6 and 7.
 * @example
 * arcCosineKernel(0, 0) // ≈ 0.500000000
 * arcCosineKernel(1, 0) // ≈ 0.318309886
 * arcCosineKernel(1, 1) // 1
 */
export function arcCosineKernel(degree: 0 | 1, correlation: number): number {
  const away = Math.PI - arccos(correlation);
  if (degree === 0) return away / Math.PI;
  return (Math.sqrt(Math.max(0, 1 - correlation * correlation)) + away * correlation) / Math.PI;
}

/**
 * The correlation of ∂f/∂x at two inputs x and x′ of a network of depth 0 … L that is infinitely wide: z⁰ = W⁰x, then
 * L blocks, then one linear output. Weights are He's, N(0, 2/width), biases 0, ρ₀ is the cosine of x and x′. Each block
 * multiplies the gradients' covariance and their variance, and what follows is the quotient,
 *
 *     plain                  κ₀(ρ)                                  ρ ← κ₁(ρ)
 *     residual               (1 + β² κ₀(ρ))/(1 + β²)                ρ ← (ρ + β² κ₁(ρ))/(1 + β²)
 *     normalized             ½                                      ρ = 0
 *     residual, normalized   (1 + β²/(2v))/(1 + β²/v)               v ← v + β²(1 − 1/π)
 *
 *     residual, sum normalized: as residual, with ρ = 0 behind each block
 *
 * with v = 1 at first. Normalization is that of a large batch any two of whose inputs have the same correlation: the
 * common part is its mean, which is taken off, so that ρ is 0 behind it; v is the variance around that mean.
 * @param cosine ρ₀ in [−1, 1]
 * @param depth L, a whole number ≥ 0
 * @returns L + 1 numbers, the first 1
 * @throws if the cosine or the depth is out of range
 * Source: Cho and Saul as above, for each layer; the products as in D. Balduzzi et al., ICML (2017) 342, where κ₀ = ½.
 * @example
 * const plain = gradientCorrelations(0, 2, { normalized: false, residual: false })
 * plain // ≈ [1, 0.5, 0.301557624]
 * gradientCorrelations(0, 3, { normalized: true, residual: false }) // [1, 0.5, 0.25, 0.125]
 * gradientCorrelations(0, 1, { normalized: false, residual: true })[1] // 0.75
 * gradientCorrelations(0, 2, { normalized: false, residual: true, normalizedSum: true }) // [1, 0.75, 0.5625]
 * gradientCorrelations(2, 1, { normalized: false, residual: true }) // throws /the cosine is 2/
 */
export function gradientCorrelations(cosine: number, depth: number, kind: DeepKind): number[] {
  if (!(cosine >= -1 && cosine <= 1))
    throw new Error(`gradientCorrelations: the cosine is ${cosine} (a number from -1 to 1)`);
  if (!Number.isInteger(depth) || depth < 0)
    throw new Error(`gradientCorrelations: the depth is ${depth} (a whole number from 0)`);
  const { normalized, residual, normalizedSum = false, branchScale = 1 } = kind;
  const squared = branchScale * branchScale;
  const correlations = [1];
  let ρ = cosine;
  let v = 1;
  for (let l = 0; l < depth; l++) {
    const kept = normalized ? 1 / 2 : arcCosineKernel(0, ρ);
    const share = squared / v;
    correlations.push(correlations[l] * (residual ? (1 + share * kept) / (1 + share) : kept));
    if (normalized) v += squared * (1 - 1 / Math.PI);
    else if (normalizedSum) ρ = 0;
    else {
      const passed = arcCosineKernel(1, ρ);
      ρ = residual ? (ρ + squared * passed) / (1 + squared) : passed;
    }
  }
  return correlations;
}

/**
 * The same for neighbours along a line: the autocorrelation of df/dx over the points x, expected of an infinitely wide
 * plain network whose first layer is z⁰ = w x + b with w, b ~ N(0, 1), with L ReLU layers of He's weights and no other
 * biases. Of the covariance C(x, x′) the mean over the points is taken off as from a series, and
 * rₖ = Σₜ C(xₜ, xₜ₊ₖ)/Σₜ C(xₜ, xₜ): a quotient of expectations, for what `autocorrelation` is the quotient itself.
 * With α = arccos(x/√(1 + x²)) the first layer gives A = (2/π)(½φ + ¼ sin 2φ) between max(α, α′) − π/2 and
 * min(α, α′) + π/2, since a unit's w stands in its gradient and decides where the unit is on; the others give κ₀.
 * @param points in any order, at the same distance from each other
 * @param depth L ≥ 1
 * @param maxLag below the number of points
 * @throws if the depth or the lag is out of range
 * Source: as for gradientCorrelations; the first layer's integral is worked out here.
 * @example
 * lineAutocorrelation([-1, 0, 1], 1, 1)[0] // 1
 * lineAutocorrelation([-1, 0, 1], 0, 1) // throws /the depth is 0/
 */
export function lineAutocorrelation(points: ArrayLike<number>, depth: number, maxLag: number): number[] {
  const n = points.length;
  if (!Number.isInteger(depth) || depth < 1)
    throw new Error(`lineAutocorrelation: the depth is ${depth} (a whole number from 1)`);
  if (!(Number.isInteger(maxLag) && maxLag >= 0 && maxLag < n))
    throw new Error(`lineAutocorrelation: maxLag is ${maxLag} (a whole number from 0 to ${n - 1})`);
  const C = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      C[i][j] = lineCovariance(points[i], points[j], depth);
      C[j][i] = C[i][j];
    }
  const means = C.map((row) => row.reduce((sum, c) => sum + c, 0) / n);
  const mean = means.reduce((sum, c) => sum + c, 0) / n;
  const sums = Array.from({ length: maxLag + 1 }, (_, lag) => {
    let sum = 0;
    for (let t = 0; t + lag < n; t++) sum += C[t][t + lag] - means[t] - means[t + lag] + mean;
    return sum;
  });
  return sums.map((sum) => sum / sums[0]);
}

/** E[df/dx df/dx′] as a share of E[(df/dx)²], which is the same everywhere. */
function lineCovariance(x: number, other: number, depth: number): number {
  const [α, β] = [x, other].map((at) => arccos(at / Math.sqrt(1 + at * at)));
  const [from, to] = [Math.max(α, β) - Math.PI / 2, Math.min(α, β) + Math.PI / 2];
  const integral = (to - from) / 2 + (sin(2 * to) - sin(2 * from)) / 4;
  let covariance = (2 / Math.PI) * integral;
  let ρ = cos(α - β);
  for (let l = 1; l < depth; l++) {
    ρ = Math.min(1, arcCosineKernel(1, ρ));
    covariance *= arcCosineKernel(0, ρ);
  }
  return covariance;
}
