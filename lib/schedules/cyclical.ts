import { pow } from "../kernels/functions";
import type { Schedule } from "../schedules";
import { expectOneOf, expectRate, expectSteps } from "./checks";

/** The range of a cyclical learning rate. */
export interface CyclicalOptions {
  readonly low: number;
  readonly high: number;
  /** Steps from low to high, and from high to low; the paper's stepsize, 2 to 10 epochs. */
  readonly stepSize: number;
  /** "triangular2" halves the height of each cycle against the one before; default "triangular". */
  readonly mode?: "triangular" | "triangular2";
}

/**
 * Up and down between low and high in straight lines: with s = t − 1, cycle c = ⌊1 + s/(2n)⌋ and x = |s/n − 2c + 1|,
 * α(t) = low + (high − low)(1 − x), for "triangular2" low + (high − low)(1 − x)/2^(c−1). PyTorch's CyclicLR at its
 * step t − 1.
 * @throws if a setting is out of range (0 ≤ low ≤ high, both finite, n a whole number ≥ 1), or the mode is
 * unknown
 * Source: L. N. Smith, WACV 2017, section 3.
 * @example
 * const triangle = { low: 0.001, high: 0.005, stepSize: 4 }
 * [1, 3, 5, 9, 13].map(cyclical(triangle)) // ≈ [0.001, 0.003, 0.005, 0.001, 0.005]
 * [5, 13, 21].map(cyclical({ ...triangle, mode: "triangular2" })) // ≈ [0.005, 0.003, 0.002]
 * cyclical({ low: 2, high: 1, stepSize: 4 }) // throws /cyclical: low is 2, above high, 1/
 */
export function cyclical({ low, high, stepSize, mode = "triangular" }: CyclicalOptions): Schedule {
  expectRate("cyclical: low", low);
  expectRate("cyclical: high", high);
  if (low > high) throw new Error(`cyclical: low is ${low}, above high, ${high}`);
  expectSteps("cyclical: stepSize", stepSize);
  expectOneOf("cyclical: mode", mode, ["triangular", "triangular2"]);
  return (step) => {
    const cycle = Math.floor(1 + (step - 1) / (2 * stepSize));
    const x = Math.abs((step - 1) / stepSize - 2 * cycle + 1);
    const height = (high - low) * Math.max(0, 1 - x);
    return low + (mode === "triangular2" ? height * pow(2, 1 - cycle) : height);
  };
}
