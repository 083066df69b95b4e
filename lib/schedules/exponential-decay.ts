import { pow } from "../kernels/functions";
import type { Schedule } from "../schedules";
import { expectFactor, expectRate, expectSteps } from "./checks";

/**
 * Falls by a factor f over n steps, evenly: α(t) = α₀ f^((t − 1)/n). With n = 1, the default, PyTorch's ExponentialLR
 * at its epoch t − 1; with n the number of batches in an epoch, its value at the start of each epoch.
 * @throws if α₀, f or n is out of range (α₀ finite and ≥ 0, 0 < f ≤ 1, n a whole number ≥ 1)
 * @example
 * exponentialDecay(0.1, { factor: 0.5 })(3) // 0.025
 * exponentialDecay(0.1, { factor: 0.25, over: 100 })(51) // 0.05
 * exponentialDecay(0.1, { factor: 1.1 }) // throws /exponentialDecay: factor is 1.1/
 */
export function exponentialDecay(
  learningRate: number,
  { factor, over = 1 }: { factor: number; over?: number },
): Schedule {
  expectRate("exponentialDecay: the learning rate", learningRate);
  expectFactor("exponentialDecay: factor", factor);
  expectSteps("exponentialDecay: over", over);
  return (step) => learningRate * pow(factor, (step - 1) / over);
}
