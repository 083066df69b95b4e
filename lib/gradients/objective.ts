import type { Loss } from "../losses";
import { hadamard, type Matrix, precisionOf } from "../matrix";
import { sum, toPrecision } from "../matrix-entries";

/** What the scalar is of which gradients are taken: a loss against targets, or Σ weights ⊙ output. */
export type Objective = { readonly loss: Loss; readonly target: Matrix } | { readonly weights: Matrix };

/**
 * The objective's value for an output.
 * @example
 * objectiveValue({ weights: matrix([[10, 1]]) }, matrix([[2, 3]])) // 23
 */
export function objectiveValue(objective: Objective, output: Matrix): number {
  const fit = (M: Matrix) => toPrecision(M, precisionOf(output));
  return "loss" in objective
    ? objective.loss.forward(output, fit(objective.target)).loss
    : sum(hadamard(output, fit(objective.weights)));
}

/**
 * The objective's derivative by the output, in the output's precision.
 * @example
 * objectiveDerivative({ weights: matrix([[10, 1]]) }, matrix([[2, 3]])) // matrix([[10, 1]])
 */
export function objectiveDerivative(objective: Objective, output: Matrix): Matrix {
  const fit = (M: Matrix) => toPrecision(M, precisionOf(output));
  return "loss" in objective
    ? objective.loss.backward(objective.loss.forward(output, fit(objective.target)).cache)
    : fit(objective.weights);
}
