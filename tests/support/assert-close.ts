import assert from "node:assert/strict";
import { type Matrix, shape } from "../../lib/matrix";

/** Fails unless every entry satisfies |a − b| ≤ tolerance · max(1, |b|); the message names the worst one. */
export function assertClose(what: string, actual: Matrix, expected: Matrix, tolerance: number): void {
  assert.equal(shape(actual), shape(expected), `${what}: shapes`);
  let worst = -1;
  let worstError = 0;
  for (let k = 0; k < actual.data.length; k++) {
    const error = Math.abs(actual.data[k] - expected.data[k]) / Math.max(1, Math.abs(expected.data[k]));
    if (!(error <= worstError)) [worst, worstError] = [k, error];
  }
  assert.ok(
    worstError <= tolerance,
    `${what}[${Math.floor(worst / actual.cols)},${worst % actual.cols}] is ${actual.data[worst]}, ` +
      `expected ${expected.data[worst]} (difference ${worstError}, tolerance ${tolerance})`,
  );
}
