import { expectRate, expectSteps } from "./checks";

/**
 * The learning rate for another batch size: k times as many samples in a batch, k times the rate. α m′/m. One step with
 * k times the batch then moves about as far as k steps with the old one, as long as the gradient changes little on the
 * way; it changes much at the start, so a large rate needs a warm-up (linearWarmUp).
 * @throws if α is not a finite number ≥ 0, or a batch size not a whole number ≥ 1
 * Source: P. Goyal et al., arXiv:1706.02677 (2017), section 2.1.
 * @example
 * linearScaling(0.1, { from: 256, to: 8192 }) // 3.2
 * linearScaling(0.1, { from: 0, to: 8192 }) // throws /linearScaling: the old batch size is 0/
 */
export function linearScaling(learningRate: number, batchSizes: { from: number; to: number }): number {
  expectRate("linearScaling: the learning rate", learningRate);
  expectSteps("linearScaling: the old batch size", batchSizes.from);
  expectSteps("linearScaling: the new batch size", batchSizes.to);
  return (learningRate * batchSizes.to) / batchSizes.from;
}
