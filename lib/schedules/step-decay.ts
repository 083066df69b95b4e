import { pow } from "../kernels/functions";
import type { Schedule } from "../schedules";
import { expectFactor, expectRate, expectSteps } from "./checks";

/**
 * Falls by a factor f after every n steps: α(t) = α₀ f^⌊(t − 1)/n⌋. To fall after every k epochs, n is k times the
 * number of batches in an epoch. PyTorch's StepLR at its epoch t − 1.
 * @throws if α₀, n or f is out of range (α₀ finite and ≥ 0, n a whole number ≥ 1, 0 < f ≤ 1)
 * Source: note 004, `StepLR(opt, step_size=10, gamma=0.5)` in the example of the rings.
 * @example
 * const schedule = stepDecay(0.1, { every: 10 })
 * schedule(10) // 0.1
 * schedule(11) // 0.05
 * stepDecay(0.1, { every: 0 }) // throws /stepDecay: every is 0/
 */
export function stepDecay(
  learningRate: number,
  { every, factor = 0.5 }: { every: number; factor?: number },
): Schedule {
  expectRate("stepDecay: the learning rate", learningRate);
  expectSteps("stepDecay: every", every);
  expectFactor("stepDecay: factor", factor);
  return (step) => learningRate * pow(factor, Math.floor((step - 1) / every));
}
