import { type AdamOptions, type AdamState, adam, type Optimizer } from "../optimizers";
import type { Schedule } from "../schedules";

/** Settings of amsgrad: those of adam. */
export type AmsgradOptions = Omit<AdamOptions, "amsgrad">;

/**
 * AMSGrad in PyTorch's form: Adam whose v̂ = max(v₁, …, vₜ)/(1 − β₂ᵗ), entry by entry, so that a rare large gradient is
 * not forgotten. Reddi et al. correct neither m nor the maximum for their start at 0: θ ← θ − α m/√max(v₁, …, vₜ).
 * @throws as adam
 * Source: S. J. Reddi, S. Kale, S. Kumar, ICLR 2018, algorithm 2; PyTorch 2.13, torch.optim.Adam with amsgrad=True.
 * @example
 * const optimizer = amsgrad(0.1, { epsilon: 0 })
 * const first = optimizer.update(matrix([[4]]), optimizer.init(matrix([[1]])), matrix([[1]]), 1)
 * first.params.data[0] // ≈ 0.9
 * const second = optimizer.update(matrix([[0]]), first.state, first.params, 2)
 * second.state.largest[0].data[0] // ≈ 0.016
 * second.state.v[0].data[0] // ≈ 0.015984
 * amsgrad(0.1, { beta1: 1 }) // throws /amsgrad: beta1 is 1/
 */
export function amsgrad(
  learningRate: number | Schedule = 1e-3,
  options: AmsgradOptions = {},
): Optimizer<AdamState> {
  const { name = "amsgrad" } = options;
  return adam(learningRate, { ...options, name, amsgrad: true });
}
