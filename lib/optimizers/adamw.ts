import { type AdamOptions, type AdamState, adam, type Optimizer } from "../optimizers";
import type { Schedule } from "../schedules";

/** Settings of adamw: those of adam, with a weight decay of 0.01 where none is given, as in PyTorch. */
export type AdamwOptions = Omit<AdamOptions, "decoupled">;

/**
 * AdamW: Adam with weight decay beside the gradient and not in it: θ ← θ − α λ θ, then Adam's step with g = ∇E. So the
 * decay is the same for parameters with large and with small gradients, where Adam divides λ θ by √v̂ with the rest.
 * A step takes the share α λ off θ; in the paper it is η λ, with the schedule's factor η and without α.
 * @throws as adam
 * Source: I. Loshchilov, F. Hutter, ICLR 2019, algorithm 2; PyTorch 2.13, torch.optim.AdamW.
 * @example
 * const optimizer = adamw(0.1, { weightDecay: 0.5 })
 * optimizer.update(matrix([[0]]), optimizer.init(matrix([[2]])), matrix([[2]]), 1).params.data[0] // 1.9
 * adamw(0.1, { weightDecay: -1 }) // throws /adamw: weightDecay is -1/
 */
export function adamw(
  learningRate: number | Schedule = 1e-3,
  options: AdamwOptions = {},
): Optimizer<AdamState> {
  const { weightDecay = 0.01, name = "adamw" } = options;
  return adam(learningRate, { ...options, name, weightDecay, decoupled: true });
}
