import { fromData, hadamard, type Matrix } from "../matrix";
import { sum } from "../matrix-entries";
import { type Random, randomState } from "../random";

/**
 * A matrix of standard normal numbers.
 * @example
 * normalMatrix(randomState(1), 1, 2).data // ≈ [1.6243454, -0.6117564]
 */
export const normalMatrix = (random: Random, rows: number, cols: number): Matrix =>
  fromData(rows, cols, random.normals(rows * cols));

/**
 * Σ aᵢⱼ bᵢⱼ: a scalar whose gradient with respect to A is B. With the output of a layer for A it is an objective E with
 * ∂E/∂output = B.
 * @example
 * innerProduct(matrix([[1, 2]]), matrix([[10, 1]])) // 12
 */
export const innerProduct = (A: Matrix, B: Matrix): number => sum(hadamard(A, B));

/**
 * The generator of a case's inputs: the same for the same name.
 * @example
 * inputsOf("dense, m = 5").normals(1)[0] === inputsOf("dense, m = 5").normals(1)[0] // true
 */
export const inputsOf = (name: string): Random => randomState(2026).stream(name);
