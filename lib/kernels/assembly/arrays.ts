// Loops over arrays of T = f64 or f32. A result may lie over its operand (equal pointers), not otherwise overlap it.
import { evaluate, exp, log, Operation } from "./functions";

/** y = operation(x) for n numbers, computed in float64 and rounded to T. */
export function map<T>(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  const end = x + <usize>n * sizeof<T>();
  if (operation == Operation.relu) {
    // nothing to round: whole registers; v128.max keeps NaN
    for (; x + 16 <= end; x += 16, y += 16) v128.store(y, v128.max<T>(v128.load(x), v128.splat<T>(0)));
  }
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(y, <T>evaluate(operation, <f64>load<T>(x), parameter));
}

/** z = x + y, x − y or x y (operation 0, 1, 2) for n numbers. */
export function combine<T>(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  const end = x + <usize>n * sizeof<T>();
  for (; x + 16 <= end; x += 16, y += 16, z += 16) {
    const a = v128.load(x), b = v128.load(y);
    v128.store(z, operation == 0 ? v128.add<T>(a, b) : operation == 1 ? v128.sub<T>(a, b) : v128.mul<T>(a, b));
  }
  for (; x < end; x += sizeof<T>(), y += sizeof<T>(), z += sizeof<T>()) {
    const a = load<T>(x), b = load<T>(y);
    store<T>(z, operation == 0 ? <T>(a + b) : operation == 1 ? <T>(a - b) : <T>(a * b));
  }
}

/** y = s x for n numbers. */
export function scale<T>(x: usize, s: T, y: usize, n: i32): void {
  const end = x + <usize>n * sizeof<T>();
  for (; x + 16 <= end; x += 16, y += 16) v128.store(y, v128.mul<T>(v128.load(x), v128.splat<T>(s)));
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(y, load<T>(x) * s);
}

/** y = x + b 1ᵀ for rows×cols numbers, row by row. */
export function addColumn<T>(x: usize, b: usize, y: usize, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++, b += sizeof<T>()) {
    const bias = load<T>(b);
    const end = x + <usize>cols * sizeof<T>();
    for (; x + 16 <= end; x += 16, y += 16) v128.store(y, v128.add<T>(v128.load(x), v128.splat<T>(bias)));
    for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(y, load<T>(x) + bias);
  }
}

/**
 * Softmax of each column of rows×cols numbers, or its logarithm, in float64 and rounded to T; sums run downwards.
 * work holds `rows` float64 numbers. Entries equal to the largest are at distance 0 from it even if it is infinite.
 */
export function softmaxColumns<T>(logarithm: bool, x: usize, y: usize, rows: i32, cols: i32, work: usize): void {
  const stride = cols * sizeof<T>();
  for (let j = 0; j < cols; j++, x += sizeof<T>(), y += sizeof<T>()) {
    let largest = -Infinity;
    for (let i = 0; i < rows; i++) largest = max(largest, <f64>load<T>(x + <usize>(i * stride)));
    let total: f64 = 0;
    for (let i = 0; i < rows; i++) {
      const z = <f64>load<T>(x + <usize>(i * stride));
      const distance = z == largest ? 0 : z - largest;
      const e = exp(distance);
      total += e;
      store<f64>(work + (<usize>i << 3), logarithm ? distance : e);
    }
    const logTotal = logarithm ? log(total) : 0;
    for (let i = 0; i < rows; i++) {
      const value = load<f64>(work + (<usize>i << 3));
      store<T>(y + <usize>(i * stride), <T>(logarithm ? value - logTotal : value / total));
    }
  }
}
