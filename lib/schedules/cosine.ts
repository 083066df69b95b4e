import { cos } from "../kernels/functions";
import type { Schedule } from "../schedules";
import { expectRate, expectSteps } from "./checks";

/**
 * Half a cosine from α₀ down to α_min over n steps: α(t) = α_min + ½ (α₀ − α_min)(1 + cos(π (t − 1)/n)) for t ≤ n, and
 * α_min from step n + 1 on. PyTorch's CosineAnnealingLR at its epoch t − 1 ≤ T_max; after T_max that one rises again.
 * @throws if α₀, α_min or n is out of range (0 ≤ α_min ≤ α₀, both finite, n a whole number ≥ 1)
 * Source: I. Loshchilov, F. Hutter, SGDR, ICLR 2017, equation 5.
 * @example
 * const schedule = cosine(0.1, { steps: 100 })
 * schedule(1) // 0.1
 * schedule(51) // ≈ 0.05
 * schedule(101) // 0
 * cosine(0.1, { steps: 100, minimum: 1 }) // throws /cosine: minimum is 1, above the learning rate 0.1/
 */
export function cosine(
  learningRate: number,
  { steps, minimum = 0 }: { steps: number; minimum?: number },
): Schedule {
  expectRange("cosine", learningRate, minimum);
  expectSteps("cosine: steps", steps);
  return (step) => halfCosine(learningRate, minimum, (step - 1) / steps);
}

/**
 * SGDR, half a cosine again and again: the first takes n steps, each further one g times as many, and each starts at
 * α₀. PyTorch's CosineAnnealingWarmRestarts at its epoch t − 1.
 * @throws if α₀, α_min, n or g is out of range (as in cosine; g a whole number ≥ 1)
 * Source: I. Loshchilov, F. Hutter, SGDR, ICLR 2017, equation 5 and section 3.
 * @example
 * const schedule = cosineRestarts(0.1, { steps: 10, growth: 2 })
 * [1, 6, 11, 21, 31].map(schedule) // ≈ [0.1000, 0.0500, 0.1000, 0.0500, 0.1000]
 */
export function cosineRestarts(
  learningRate: number,
  { steps, growth = 1, minimum = 0 }: { steps: number; growth?: number; minimum?: number },
): Schedule {
  expectRange("cosineRestarts", learningRate, minimum);
  expectSteps("cosineRestarts: steps", steps);
  expectSteps("cosineRestarts: growth", growth);
  return (step) => {
    let [length, past] = [steps, step - 1];
    if (growth === 1) past %= length;
    while (past >= length) {
      past -= length;
      length *= growth;
    }
    return halfCosine(learningRate, minimum, past / length);
  };
}

/**
 * From high at share 0 to low at share 1 and beyond, along half a cosine.
 * @example
 * halfCosine(1, 0, 0.25) // ≈ 0.8536
 */
export function halfCosine(high: number, low: number, share: number): number {
  if (share >= 1) return low;
  return low + (1 + cos(Math.PI * share)) * 0.5 * (high - low);
}

function expectRange(name: string, learningRate: number, minimum: number): void {
  expectRate(`${name}: the learning rate`, learningRate);
  expectRate(`${name}: minimum`, minimum);
  if (minimum > learningRate)
    throw new Error(`${name}: minimum is ${minimum}, above the learning rate ${learningRate}`);
}
