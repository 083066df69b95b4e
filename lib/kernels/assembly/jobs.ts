// What threads can be asked to do: the description of one job at a time, and the pieces of each kind.
import { combinePiece, mapPiece, timesPiece } from "./arrays";
import { description } from "./layout";
import { adamPiece } from "./optimizers";
import { gatherPiece } from "./samples";
import { packPiece, rowsPiece } from "./product";

/** Numbers in one piece of work on an array. */
export const grain: i32 = 4096;

export const enum Kind {
  packColumns,
  productRows,
  map,
  derivativeTimes,
  combine,
  adam,
  gather,
}

/** The description: which kind, in which precision, and its arguments. */
@unmanaged
export class Job {
  kind: i32;
  single: bool;
  operation: i32;
  // product
  m: i32; n: i32; k: i32;
  a: usize; ai: i32; ak: i32;
  b: usize; bk: i32; bj: i32;
  c: usize; ci: i32;
  bias: usize;
  direct: bool;
  fromColumn: i32; columns: i32; fromDepth: i32; depth: i32; rowsAtOnce: i32;
  // arrays
  x: usize; y: usize; z: usize; count: i32;
  parameter: f64;
  // Adam: θ, g, m, v, the largest v, and the new ones, at x, y, z and here
  v: usize; largest: usize; newTheta: usize; newM: usize; newV: usize; newLargest: usize;
  alpha: f64; w1: f64; beta2: f64; w2: f64; correction: f64; epsilon: f64; lambda: f64; kappa: f64;
}

export const job = changetype<Job>(description);

export function runPiece(piece: i32): void {
  if (job.single) run<f32>(piece);
  else run<f64>(piece);
}

// @ts-ignore: decorator
@inline function run<T>(piece: i32): void {
  switch (job.kind) {
    case Kind.packColumns: return packPiece<T>(piece);
    case Kind.productRows: return rowsPiece<T>(piece);
    case Kind.map: return mapPiece<T>(piece);
    case Kind.derivativeTimes: return timesPiece<T>(piece);
    case Kind.combine: return combinePiece<T>(piece);
    case Kind.adam: return adamPiece<T>(piece);
    case Kind.gather: return gatherPiece<T>(piece);
  }
}
