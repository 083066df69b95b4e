import type { Initializer } from "../initializers";
import { fromData, transpose } from "../matrix";
import { toPrecision } from "../matrix-entries";
import { filled } from "./draw";
import { orthonormalColumns } from "./orthonormal-columns";

/**
 * A random matrix with orthonormal columns, or rows where there are fewer of them, times the gain: rows × cols numbers
 * of N(0, 1), then Q of the QR decomposition, of the transpose where rows < cols. With R's diagonal made positive Q is
 * uniformly distributed over all such matrices. `torch.nn.init.orthogonal_`, in its order of draws; the decomposition
 * is computed in float64 also for float32.
 * @throws if the gain is out of range
 * Source: A. M. Saxe, J. L. McClelland, S. Ganguli, ICLR 2014 (orthogonal weights); F. Mezzadri, Notices AMS 54 (2007)
 * 592, section 5 (the signs).
 * @example
 * const W = orthogonal()(randomState(1), 2, 3)
 * multiplyTransposeRight(W, W).data // ≈ [1.00000000, 0.00000000, 0.00000000, 1.00000000]
 * orthogonal(-1) // throws /the gain is -1/
 */
export function orthogonal(gain = 1): Initializer {
  if (!(Number.isFinite(gain) && gain >= 0))
    throw new Error(`orthogonal: the gain is ${gain} (it must be a finite number ≥ 0)`);
  return (random, rows, cols, precision = "float64") => {
    const drawn = filled(rows, cols, precision, (data) => random.fillNormal(data, 0, 1));
    const A = toPrecision(drawn, "float64");
    const Q = rows < cols ? transpose(orthonormalColumns(transpose(A))) : orthonormalColumns(A);
    return toPrecision(
      fromData(
        rows,
        cols,
        Float64Array.from(Q.data, (q) => q * gain),
      ),
      precision,
    );
  };
}
