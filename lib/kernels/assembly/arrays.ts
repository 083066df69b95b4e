// Loops over arrays of T = f64 or f32. A result may lie over its operand (equal pointers), not otherwise overlap it.
import { evaluate, exp, log, Operation } from "./functions";
import { grain, job, Kind } from "./jobs";
import { shareIfMany } from "./threads";

/** Where piece number `piece` of an array starts. */
// @ts-ignore: decorator
@inline function at<T>(array: usize, piece: i32): usize {
  return array + <usize>(piece * grain) * sizeof<T>();
}

// @ts-ignore: decorator
@inline function length(piece: i32): i32 {
  return min(grain, job.count - piece * grain);
}

/** Describes a job over n numbers, and has it done on all threads if they are many. */
function run<T>(kind: i32, operation: i32, x: usize, y: usize, z: usize, n: i32, parameter: f64): void {
  job.single = sizeof<T>() == 4;
  job.kind = kind, job.operation = operation;
  job.x = x, job.y = y, job.z = z, job.count = n, job.parameter = parameter;
  shareIfMany((n + grain - 1) / grain, 3);
}

export function mapAll<T>(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  run<T>(Kind.map, operation, x, y, 0, n, parameter);
}

export function derivativeTimesAll<T>(operation: i32, x: usize, y: usize, z: usize, n: i32, parameter: f64): void {
  run<T>(Kind.derivativeTimes, operation, x, y, z, n, parameter);
}

export function combineAll<T>(operation: i32, x: usize, y: usize, z: usize, n: i32): void {
  run<T>(Kind.combine, operation, x, y, z, n, 0);
}

export function mapPiece<T>(piece: i32): void {
  map<T>(job.operation, at<T>(job.x, piece), at<T>(job.y, piece), length(piece), job.parameter);
}

export function timesPiece<T>(piece: i32): void {
  derivativeTimes<T>(job.operation, at<T>(job.x, piece), at<T>(job.y, piece), at<T>(job.z, piece), length(piece), job.parameter);
}

export function combinePiece<T>(piece: i32): void {
  combine<T>(job.operation, at<T>(job.x, piece), at<T>(job.y, piece), at<T>(job.z, piece), length(piece));
}

/** y = operation(x) for n numbers, computed in float64 and rounded to T. */
export function map<T>(operation: i32, x: usize, y: usize, n: i32, parameter: f64): void {
  const end = x + <usize>n * sizeof<T>();
  if (operation == Operation.relu) {
    // nothing to round: whole registers; v128.max keeps NaN
    const zero = v128.splat<T>(0);
    for (; x + 64 <= end; x += 64, y += 64) {
      v128.store(y, v128.max<T>(v128.load(x), zero));
      v128.store(y, v128.max<T>(v128.load(x, 16), zero), 16);
      v128.store(y, v128.max<T>(v128.load(x, 32), zero), 32);
      v128.store(y, v128.max<T>(v128.load(x, 48), zero), 48);
    }
  } else if (operation == Operation.relu + 1) {
    for (; x + 16 <= end; x += 16, y += 16) v128.store(y, reluSlope<T>(v128.load(x)));
  }
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(y, <T>evaluate(operation, <f64>load<T>(x), parameter));
}

/** z = y ⊙ φ′(x) for n numbers, φ′ computed in float64 and rounded to T before the product. */
export function derivativeTimes<T>(derivative: i32, x: usize, y: usize, z: usize, n: i32, parameter: f64): void {
  const end = x + <usize>n * sizeof<T>();
  if (derivative == Operation.relu + 1) {
    for (; x + 64 <= end; x += 64, y += 64, z += 64) {
      v128.store(z, v128.mul<T>(v128.load(y), reluSlope<T>(v128.load(x))));
      v128.store(z, v128.mul<T>(v128.load(y, 16), reluSlope<T>(v128.load(x, 16))), 16);
      v128.store(z, v128.mul<T>(v128.load(y, 32), reluSlope<T>(v128.load(x, 32))), 32);
      v128.store(z, v128.mul<T>(v128.load(y, 48), reluSlope<T>(v128.load(x, 48))), 48);
    }
  }
  for (; x < end; x += sizeof<T>(), y += sizeof<T>(), z += sizeof<T>())
    store<T>(z, <T>(load<T>(y) * <T>evaluate(derivative, <f64>load<T>(x), parameter)));
}

/** 1 where z > 0, else 0; NaN where z is NaN. */
// @ts-ignore: decorator
@inline function reluSlope<T>(z: v128): v128 {
  const slope = v128.and(v128.gt<T>(z, v128.splat<T>(0)), v128.splat<T>(1));
  return v128.bitselect(v128.splat<T>(<T>NaN), slope, v128.ne<T>(z, z));
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
  const step = <usize>cols * sizeof<T>();
  for (let i = 0; i < rows; i++, b += sizeof<T>(), x += step, y += step) addNumber<T>(x, load<T>(b), y, cols);
}

/** y = x + s for n numbers. */
export function addNumber<T>(x: usize, s: T, y: usize, n: i32): void {
  const end = x + <usize>n * sizeof<T>();
  for (; x + 16 <= end; x += 16, y += 16) v128.store(y, v128.add<T>(v128.load(x), v128.splat<T>(s)));
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(y, load<T>(x) + s);
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

/**
 * The sums of the rows of rows×cols numbers, each from left to right in float64. Four rows at a time: a sum waits for
 * its last addition, four do not.
 */
export function sumRows<T>(x: usize, sums: usize, rows: i32, cols: i32): void {
  const step = <usize>cols * sizeof<T>();
  let i = 0;
  for (; i + 4 <= rows; i += 4, x += 4 * step, sums += 4 * sizeof<T>()) {
    let s0: f64 = 0, s1: f64 = 0, s2: f64 = 0, s3: f64 = 0;
    for (let p = x, end = x + step; p < end; p += sizeof<T>()) {
      s0 += <f64>load<T>(p);
      s1 += <f64>load<T>(p + step);
      s2 += <f64>load<T>(p + 2 * step);
      s3 += <f64>load<T>(p + 3 * step);
    }
    store<T>(sums, <T>s0), store<T>(sums, <T>s1, sizeof<T>());
    store<T>(sums, <T>s2, 2 * sizeof<T>()), store<T>(sums, <T>s3, 3 * sizeof<T>());
  }
  for (; i < rows; i++, x += step, sums += sizeof<T>()) {
    let total: f64 = 0;
    for (let p = x, end = x + step; p < end; p += sizeof<T>()) total += <f64>load<T>(p);
    store<T>(sums, <T>total);
  }
}
