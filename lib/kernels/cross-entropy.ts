import { isDouble, place, pointerOf, reserve, reset, take } from "./arena";
import { type Operand, sameShape } from "./operands";
import { newMatrix } from "./region";
import { core } from "./wasm";

/**
 * P = softmax(Z) by column, and Σ −tᵢⱼ log pᵢⱼ over all entries, row by row, with each logarithm through log-sum-exp;
 * a target of 0 contributes 0.
 * @throws if shapes or precisions differ, or Z three times does not fit in the core's memory
 * @example
 * const Z = { rows: 2, cols: 1, data: Float64Array.of(7, 7) }
 * const { total, probabilities } = crossEntropy(Z, { rows: 2, cols: 1, data: Float64Array.of(1, 0) })
 * total // ≈ 0.69314718
 * [...probabilities.data] // [0.5, 0.5]
 */
export function crossEntropy(Z: Operand, T: Operand): { total: number; probabilities: Operand } {
  const purpose = "crossEntropy";
  sameShape(purpose, Z, T);
  const { rows, cols, data } = Z;
  const P = newMatrix(rows, cols, data);
  reset();
  const work = reserve((rows + 2 * cols) * 8, purpose);
  const z = pointerOf(Z.data) || place(data, 0, data.length, purpose);
  const t = pointerOf(T.data) || place(T.data, 0, data.length, purpose);
  const p = pointerOf(P.data) || reserve(data.byteLength, purpose);
  const total = (isDouble(data) ? core.crossEntropy64 : core.crossEntropy32)(z, t, p, rows, cols, work);
  if (pointerOf(P.data) === 0) take(p, P.data, 0, data.length);
  return { total, probabilities: P };
}
