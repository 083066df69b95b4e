// Batches of samples. The samples lie one after another, each with its numbers together.
import { grain, job, Kind } from "./jobs";
import { shareIfMany } from "./threads";

/**
 * The matrix y, rows×cols, whose column j is the sample of `rows` numbers that begins at samples + index[j]·rows·size;
 * on all threads if it is large.
 */
export function gather<T>(samples: usize, index: usize, y: usize, rows: i32, cols: i32): void {
  job.single = sizeof<T>() == 4;
  job.kind = Kind.gather;
  job.x = samples, job.z = index, job.y = y, job.m = rows, job.n = cols;
  shareIfMany((rows + side - 1) / side, rows * cols >= 4 * grain ? 1 : i32.MAX_VALUE);
}

/** Rows of a piece of it: a square of so many samples and rows stays within the processor's cache. */
const side: i32 = 32;

export function gatherPiece<T>(piece: i32): void {
  const rows = job.m, cols = job.n, stride = <usize>cols * sizeof<T>();
  const i0 = piece * side, iEnd = min(i0 + side, rows);
  for (let j0 = 0; j0 < cols; j0 += side)
    for (let i = i0; i < iEnd; i++) {
      const jEnd = min(j0 + side, cols);
      let to = job.y + <usize>i * stride + <usize>j0 * sizeof<T>();
      for (let j = j0; j < jEnd; j++, to += sizeof<T>()) {
        const sample = <usize>load<i32>(job.z + (<usize>j << 2));
        store<T>(to, load<T>(job.x + (sample * rows + i) * sizeof<T>()));
      }
    }
}

/** Whether all of n numbers are finite: 0 x is 0 then, and NaN for NaN and ±∞. */
export function allFinite<T>(x: usize, n: i32): bool {
  const end = x + <usize>n * sizeof<T>();
  const zero = v128.splat<T>(0);
  let total = zero;
  for (; x + 16 <= end; x += 16) total = v128.add<T>(total, v128.mul<T>(v128.load(x), zero));
  let rest: T = 0;
  for (; x < end; x += sizeof<T>()) rest += load<T>(x) * <T>0;
  return rest == 0 && !v128.any_true(v128.ne<T>(total, zero));
}
