import { type Matrix, zeros } from "../matrix";
import type { Tape } from "../tape";
import type { Variable } from "./variable";

/** A Jacobian matrix and what it took. */
export interface Jacobian {
  /** Row per entry of the output, column per entry of the input, both counted along the rows. */
  readonly matrix: Matrix;
  readonly sweeps: number;
  /** Floating-point operations of all sweeps; the recording is not among them. */
  readonly cost: number;
}

/**
 * ∂output/∂input by sweeps along the tape: in forward mode one for each entry of the input, each of which gives a
 * column; in reverse mode one for each entry of the output, each of which gives a row.
 * @throws if the variable to differentiate by is no input, or the output depends on no input
 * Source: Baydin et al., J. Mach. Learn. Res. 18 (2018) 153, §3.1 and §3.2.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const x = t.input("x", matrix([[2], [3]]))
 * const y = t.multiply(matrix([[1, 4]]), t.power(x, 2))
 * jacobianOf(t, y, x, "reverse").matrix // matrix([[4, 24]])
 * jacobianOf(t, y, x, "reverse").sweeps // 1
 * jacobianOf(t, y, x, "forward").sweeps // 2
 */
export function jacobianOf(
  t: Tape,
  output: Variable,
  input: Variable,
  mode: "forward" | "reverse",
): Jacobian {
  const J = zeros(output.value.data.length, input.value.data.length);
  const forward = mode === "forward";
  const [from, to] = forward ? [input, output] : [output, input];
  const sweeps = from.value.data.length;
  let cost = 0;
  for (let k = 0; k < sweeps; k++) {
    const seed = unit(from.value, k);
    const sweep = forward ? t.tangents({ [input.name]: seed }) : t.backward(output, seed);
    const derivatives = sweep.of(to).data;
    for (let l = 0; l < derivatives.length; l++)
      J.data[forward ? l * J.cols + k : k * J.cols + l] = derivatives[l];
    cost += sweep.cost;
  }
  return { matrix: J, sweeps, cost };
}

/** 1 in entry k, else 0. */
function unit({ rows, cols }: Matrix, k: number): Matrix {
  const E = zeros(rows, cols);
  E.data[k] = 1;
  return E;
}
