// The module's surface: every loop in float64 and float32. Pointers are bytes, counts and strides are entries.
import * as arrays from "./arrays";
import * as product from "./product";

export { cos, evaluate, exp, expm1, log, log1p, pow, sin, tanh } from "./functions";

export function product64(
  m: i32, n: i32, k: i32, a: usize, ai: i32, ak: i32, b: usize, bk: i32, bj: i32, c: usize, ci: i32, work: usize,
): void {
  product.product<f64>(m, n, k, a, ai, ak, b, bk, bj, c, ci, work);
}

export function product32(
  m: i32, n: i32, k: i32, a: usize, ai: i32, ak: i32, b: usize, bk: i32, bj: i32, c: usize, ci: i32, work: usize,
): void {
  product.product<f32>(m, n, k, a, ai, ak, b, bk, bj, c, ci, work);
}

/** Bytes of work space that a product needs. */
export function productWorkBytes(): i32 {
  return product.workBytes;
}

export function map64(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  arrays.map<f64>(operation, x, y, n, parameter);
}

export function map32(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  arrays.map<f32>(operation, x, y, n, parameter);
}

export function combine64(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  arrays.combine<f64>(operation, x, y, z, n);
}

export function combine32(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  arrays.combine<f32>(operation, x, y, z, n);
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

/** The first byte that is free for arrays. */
export function heapStart(): usize {
  return __heap_base;
}
