import { log, log1p } from "../kernels/functions";
import { cosineAndSine } from "./cosine-and-sine";
import { cosineAndSine32, log32 } from "./float32-functions";
import { fusedMultiplyAdd32, fusedMultiplyAdd64 } from "./fused-multiply-add";

// Two numbers u, v of U(0, 1) give two independent normal ones: √(−2 log u) cos 2πv and √(−2 log u) sin 2πv.
// Source: G. E. P. Box, M. E. Muller, Ann. Math. Statist. 29 (1958) 610. PyTorch has it in two arrangements:
// aten/src/ATen/core/DistributionsHelper.h (pairs) and aten/src/ATen/native/cpu/DistributionTemplates.h (sixteen).

const twoPi = 2 * Math.PI;
const twoPi32 = Math.fround(twoPi);

/**
 * Two numbers of the standard normal distribution from two of [0, 1): √(−2 log(1 − v)) times cos 2πu and sin 2πu.
 * @example
 * boxMuller(0.25, 0.5) // ≈ [0, 1.17741]
 */
export function boxMuller(u: number, v: number): [first: number, second: number] {
  const radius = Math.sqrt(-2 * log1p(-v));
  const [cosine, sine] = cosineAndSine(twoPi * u);
  return [radius * cosine, radius * sine];
}

/**
 * Turns 16 numbers of [0, 1), in place, into 16 of N(mean, deviation²): entries j and j + 8 (j < 8) are a pair u, v and
 * become the radius √(−2 log(1 − u)) times cos 2πv and sin 2πv.
 * @example
 * const sixteen = new Float64Array(16).fill(0.5)
 * normalsOfSixteen(sixteen, 10, 1) // undefined
 * [sixteen[0], sixteen[8]] // ≈ [8.82259, 10]
 */
export function normalsOfSixteen(data: Float64Array | Float32Array, mean: number, deviation: number): void {
  if (data instanceof Float32Array) sixteen32(data, Math.fround(mean), Math.fround(deviation));
  else sixteen64(data, mean, deviation);
}

function sixteen64(data: Float64Array, mean: number, deviation: number): void {
  for (let j = 0; j < 8; j++) {
    const radius = Math.sqrt(-2 * log(1 - data[j]));
    const [cosine, sine] = cosineAndSine(twoPi * data[j + 8]);
    data[j] = fusedMultiplyAdd64(radius * cosine, deviation, mean);
    data[j + 8] = fusedMultiplyAdd64(radius * sine, deviation, mean);
  }
}

function sixteen32(data: Float32Array, mean: number, deviation: number): void {
  for (let j = 0; j < 8; j++) {
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * log32(1 - data[j]))));
    const [cosine, sine] = cosineAndSine32(Math.fround(twoPi32 * data[j + 8]));
    data[j] = fusedMultiplyAdd32(Math.fround(radius * cosine), deviation, mean);
    data[j + 8] = fusedMultiplyAdd32(Math.fround(radius * sine), deviation, mean);
  }
}
