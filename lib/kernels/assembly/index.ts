// The module's surface: every loop in float64 and float32. Pointers are bytes, counts and strides are entries.
import * as arrays from "./arrays";
import * as gradients from "./gradients";
import * as optimizers from "./optimizers";
import * as product from "./product";
import * as samples from "./samples";
import * as softmax from "./softmax";

export { erf, erfc } from "./error-function";
export { cos, evaluate, exp, expm1, log, log1p, pow, sin, tanh } from "./functions";

export { layoutEnd as heapStart } from "./layout";
export { setThreads, work } from "./threads";


export function product64(
  m: i32, n: i32, k: i32, a: usize, ai: i32, ak: i32, b: usize, bk: i32, bj: i32, c: usize, ci: i32, bias: usize,
): void {
  product.product<f64>(m, n, k, a, ai, ak, b, bk, bj, c, ci, bias);
}

export function product32(
  m: i32, n: i32, k: i32, a: usize, ai: i32, ak: i32, b: usize, bk: i32, bj: i32, c: usize, ci: i32, bias: usize,
): void {
  product.product<f32>(m, n, k, a, ai, ak, b, bk, bj, c, ci, bias);
}

export function map64(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  arrays.mapAll<f64>(operation, x, y, n, parameter);
}

export function map32(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  arrays.mapAll<f32>(operation, x, y, n, parameter);
}

export function derivativeTimes64(derivative: i32, x: usize, y: usize, z: usize, n: i32, parameter: f64): void {
  arrays.derivativeTimesAll<f64>(derivative, x, y, z, n, parameter);
}

export function derivativeTimes32(derivative: i32, x: usize, y: usize, z: usize, n: i32, parameter: f64): void {
  arrays.derivativeTimesAll<f32>(derivative, x, y, z, n, parameter);
}

export function combine64(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  arrays.combineAll<f64>(operation, x, y, z, n);
}

export function combine32(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  arrays.combineAll<f32>(operation, x, y, z, n);
}

export function scale64(x: usize, s: f64, y: usize, n: i32): void {
  arrays.scale<f64>(x, s, y, n);
}

export function scale32(x: usize, s: f64, y: usize, n: i32): void {
  arrays.scale<f32>(x, <f32>s, y, n);
}

export function addColumn64(x: usize, b: usize, y: usize, rows: i32, cols: i32): void {
  arrays.addColumn<f64>(x, b, y, rows, cols);
}

export function addColumn32(x: usize, b: usize, y: usize, rows: i32, cols: i32): void {
  arrays.addColumn<f32>(x, b, y, rows, cols);
}

export function softmaxColumns64(logarithm: bool, x: usize, y: usize, rows: i32, cols: i32, work: usize): void {
  arrays.softmaxColumns<f64>(logarithm, x, y, rows, cols, work);
}

export function softmaxColumns32(logarithm: bool, x: usize, y: usize, rows: i32, cols: i32, work: usize): void {
  arrays.softmaxColumns<f32>(logarithm, x, y, rows, cols, work);
}

export function crossEntropy64(z: usize, t: usize, p: usize, rows: i32, cols: i32, work: usize): f64 {
  return softmax.crossEntropy<f64>(z, t, p, rows, cols, work);
}

export function crossEntropy32(z: usize, t: usize, p: usize, rows: i32, cols: i32, work: usize): f64 {
  return softmax.crossEntropy<f32>(z, t, p, rows, cols, work);
}

export function sumRows64(x: usize, sums: usize, rows: i32, cols: i32): void {
  arrays.sumRows<f64>(x, sums, rows, cols);
}

export function sumRows32(x: usize, sums: usize, rows: i32, cols: i32): void {
  arrays.sumRows<f32>(x, sums, rows, cols);
}

export function gather64(from: usize, index: usize, y: usize, rows: i32, cols: i32): void {
  samples.gather<f64>(from, index, y, rows, cols);
}

export function gather32(from: usize, index: usize, y: usize, rows: i32, cols: i32): void {
  samples.gather<f32>(from, index, y, rows, cols);
}

export function allFinite64(x: usize, n: i32): bool {
  return samples.allFinite<f64>(x, n);
}

export function allFinite32(x: usize, n: i32): bool {
  return samples.allFinite<f32>(x, n);
}

export function softmaxWithLogTotals64(
  x: usize, p: usize, largest: usize, logTotals: usize, rows: i32, cols: i32, work: usize,
): void {
  softmax.softmaxWithLogTotals<f64>(x, p, largest, logTotals, rows, cols, work);
}

export function softmaxWithLogTotals32(
  x: usize, p: usize, largest: usize, logTotals: usize, rows: i32, cols: i32, work: usize,
): void {
  softmax.softmaxWithLogTotals<f32>(x, p, largest, logTotals, rows, cols, work);
}

export function descend64(theta: usize, g: usize, newTheta: usize, n: i32, alpha: f64, lambda: f64): void {
  optimizers.descend<f64>(theta, g, newTheta, n, alpha, lambda);
}

export function descend32(theta: usize, g: usize, newTheta: usize, n: i32, alpha: f64, lambda: f64): void {
  optimizers.descend<f32>(theta, g, newTheta, n, <f32>alpha, <f32>lambda);
}

export function momentum64(
  theta: usize, g: usize, b: usize, newTheta: usize, newB: usize, n: i32, gamma: f64, s: f64, p: f64, q: f64,
  r: f64, lambda: f64,
): void {
  optimizers.momentum<f64>(theta, g, b, newTheta, newB, n, gamma, s, p, q, r, lambda);
}

export function momentum32(
  theta: usize, g: usize, b: usize, newTheta: usize, newB: usize, n: i32, gamma: f64, s: f64, p: f64, q: f64,
  r: f64, lambda: f64,
): void {
  optimizers.momentum<f32>(
    theta, g, b, newTheta, newB, n, <f32>gamma, <f32>s, <f32>p, <f32>q, <f32>r, <f32>lambda,
  );
}

export function scaled64(
  theta: usize, g: usize, s: usize, newTheta: usize, newS: usize, n: i32, alpha: f64, rho: f64, w: f64,
  epsilon: f64, lambda: f64,
): void {
  optimizers.scaled<f64>(theta, g, s, newTheta, newS, n, alpha, rho, w, epsilon, lambda);
}

export function scaled32(
  theta: usize, g: usize, s: usize, newTheta: usize, newS: usize, n: i32, alpha: f64, rho: f64, w: f64,
  epsilon: f64, lambda: f64,
): void {
  optimizers.scaled<f32>(
    theta, g, s, newTheta, newS, n, <f32>alpha, <f32>rho, <f32>w, <f32>epsilon, <f32>lambda,
  );
}

export function adam64(
  theta: usize, g: usize, m: usize, v: usize, largest: usize, newTheta: usize, newM: usize, newV: usize,
  newLargest: usize, n: i32, alpha: f64, w1: f64, beta2: f64, w2: f64, c: f64, epsilon: f64, lambda: f64,
  kappa: f64,
): void {
  optimizers.adamAll<f64>(
    theta, g, m, v, largest, newTheta, newM, newV, newLargest, n, alpha, w1, beta2, w2, c, epsilon, lambda,
    kappa,
  );
}

export function adam32(
  theta: usize, g: usize, m: usize, v: usize, largest: usize, newTheta: usize, newM: usize, newV: usize,
  newLargest: usize, n: i32, alpha: f64, w1: f64, beta2: f64, w2: f64, c: f64, epsilon: f64, lambda: f64,
  kappa: f64,
): void {
  optimizers.adamAll<f32>(
    theta, g, m, v, largest, newTheta, newM, newV, newLargest, n, alpha, w1, beta2, w2,
    c, epsilon, lambda, kappa,
  );
}

export function clamp64(x: usize, y: usize, n: i32, bound: f64): void {
  gradients.clamp<f64>(x, y, n, bound);
}

export function clamp32(x: usize, y: usize, n: i32, bound: f64): void {
  gradients.clamp<f32>(x, y, n, <f32>bound);
}

export function sumOfSquares64(x: usize, n: i32, s: f64): f64 {
  return gradients.sumOfSquares<f64>(x, n, s);
}

export function sumOfSquares32(x: usize, n: i32, s: f64): f64 {
  return gradients.sumOfSquares<f32>(x, n, s);
}
