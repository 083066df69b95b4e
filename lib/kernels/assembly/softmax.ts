import { exp, log } from "./functions";

/**
 * p = softmax of each column of rows×cols numbers, in float64 and rounded to T; of each column also the largest entry
 * and the logarithm of Σ e^(entry − largest), in float64. Sums run downwards; entries equal to the largest are at
 * distance 0 from it even if it is infinite. work holds `rows` float64 numbers.
 */
export function softmaxWithLogTotals<T>(
  x: usize, p: usize, largest: usize, logTotals: usize, rows: i32, cols: i32, work: usize,
): void {
  const stride = <usize>cols * sizeof<T>();
  for (let j = 0; j < cols; j++, x += sizeof<T>(), p += sizeof<T>(), largest += 8, logTotals += 8) {
    let most = -Infinity;
    for (let i = 0; i < rows; i++) most = max(most, <f64>load<T>(x + <usize>i * stride));
    let total: f64 = 0;
    for (let i = 0; i < rows; i++) {
      const z = <f64>load<T>(x + <usize>i * stride);
      const e = z == most ? 1 : exp(z - most);
      total += e;
      store<f64>(work + (<usize>i << 3), e);
    }
    for (let i = 0; i < rows; i++) store<T>(p + <usize>i * stride, <T>(load<f64>(work + (<usize>i << 3)) / total));
    store<f64>(largest, most);
    store<f64>(logTotals, log(total));
  }
}

/**
 * Cross-entropy of softmax for logits z and targets t, both rows×cols: p = softmax(z) by column, and the sum of −t log
 * p over all entries, row by row, in float64, each logarithm rounded to T. work holds rows + 2 cols float64 numbers.
 */
export function crossEntropy<T>(z: usize, t: usize, p: usize, rows: i32, cols: i32, work: usize): f64 {
  const largest = work + (<usize>rows << 3), logTotals = largest + (<usize>cols << 3);
  softmaxWithLogTotals<T>(z, p, largest, logTotals, rows, cols, work);
  let loss: f64 = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, z += sizeof<T>(), t += sizeof<T>()) {
      const target = <f64>load<T>(t);
      // a target of 0 contributes 0 also where the logarithm is −∞
      if (target == 0) continue;
      const value = <f64>load<T>(z), most = load<f64>(largest + (<usize>j << 3));
      loss -= target * <f64><T>((value == most ? 0 : value - most) - load<f64>(logTotals + (<usize>j << 3)));
    }
  return loss;
}
