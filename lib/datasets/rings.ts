import { cos, sin } from "../kernels/functions";
import { type Matrix, zeros } from "../matrix";
import type { Random } from "../random";

/** Two concentric rings: X is 2×N, labels are 0 for the inner and 1 for the outer ring. */
export interface Rings {
  readonly X: Matrix;
  readonly labels: Int32Array;
}

/**
 * Points (r cos φ, r sin φ) with φ uniform on [0, 2π) and r = radius + noise · N(0, 1): ⌊N/2⌋ on the inner ring,
 * the others on the outer one, shuffled. Drawn in this order: inner angles, outer angles, inner radii, outer radii,
 * permutation; with `randomState(42)`, 2000 samples and noise 0.1 this is the data of the note's experiment 1.
 * @param options.samples N, a whole number ≥ 0; 1000 unless given
 * @param options.innerRadius 1 unless given
 * @param options.outerRadius 2 unless given
 * @param options.noise standard deviation of the radii; 0.08 unless given
 * @throws if samples is not a whole number ≥ 0
 * Source: note on backpropagation, section "implementation", experiment 1 (make_rings).
 * @example
 * shape(rings(randomState(42), { samples: 6 }).X) // "2×6"
 * [...rings(randomState(42), { samples: 6 }).labels] // [0, 1, 0, 1, 0, 1]
 */
export function rings(
  random: Random,
  {
    samples = 1000,
    innerRadius = 1,
    outerRadius = 2,
    noise = 0.08,
  }: { samples?: number; innerRadius?: number; outerRadius?: number; noise?: number } = {},
): Rings {
  if (!Number.isInteger(samples) || samples < 0)
    throw new Error(`rings: samples is ${samples} (it must be a whole number ≥ 0)`);
  const inner = Math.floor(samples / 2);
  const outer = samples - inner;
  const angles = [random.uniforms(inner), random.uniforms(outer)];
  const radii = [random.normals(inner), random.normals(outer)];
  const order = random.permutation(samples);

  const X = zeros(2, samples);
  const labels = new Int32Array(samples);
  for (let j = 0; j < samples; j++) {
    const label = order[j] < inner ? 0 : 1;
    const i = order[j] - label * inner;
    const angle = 2 * Math.PI * angles[label][i];
    const radius = (label === 0 ? innerRadius : outerRadius) + noise * radii[label][i];
    X.data[j] = radius * cos(angle);
    X.data[samples + j] = radius * sin(angle);
    labels[j] = label;
  }
  return { X, labels };
}
