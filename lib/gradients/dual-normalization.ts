import type { LayerDescription } from "../layer";
import { type Matrix, zeros } from "../matrix";
import { constant, type Dual, type DualArithmetic } from "./dual";
import type { LayerAtPoint } from "./dual-layers";

type Settings<Kind> = Omit<Extract<LayerDescription, { kind: Kind }>, "kind" | "features">;

/**
 * Batch normalization at a point: each row by its own mean and variance, or by running ones, which count as constants.
 * @param params gain and shift, and for running statistics runningMean and runningVariance
 * @example
 * import { dualArithmetic } from "./dual"
 * const [one, three] = [matrix([[1]]), matrix([[3]])]
 * const params = { gain: three, shift: one, runningMean: one, runningVariance: three }
 * const layer = batchNormAt(dualArithmetic(), { epsilon: 1, statistics: "running" }, params, matrix([[5]]))
 * layer.output // matrix([[7]])
 * layer.along(new Map(), matrix([[1]])) // matrix([[1.5]])
 */
export function batchNormAt(
  arithmetic: DualArithmetic,
  { epsilon, statistics }: Settings<"batchNorm">,
  params: Record<string, Matrix>,
  A: Matrix,
): LayerAtPoint {
  const { minus, plus, over, sqrt } = arithmetic;
  const byRunning = (row: readonly Dual[], i: number) => {
    const mean = constant(params.runningMean.data[i]);
    const deviation = sqrt(plus(constant(params.runningVariance.data[i]), constant(epsilon)));
    return row.map((a) => over(minus(a, mean), deviation));
  };
  const rows = Array.from({ length: A.rows }, (_, i) =>
    Array.from({ length: A.cols }, (_, j) => i * A.cols + j),
  );
  const normalize = statistics === "batch" ? standardizer(arithmetic, epsilon) : byRunning;
  return normalizedAt(arithmetic, rows, normalize, params, A);
}

/**
 * Layer normalization at a point: each column by its own mean and variance.
 * @param params gain and shift
 * @example
 * import { dualArithmetic } from "./dual"
 * const params = { gain: matrix([[2], [2]]), shift: matrix([[0], [1]]) }
 * const layer = layerNormAt(dualArithmetic(), { epsilon: 3 }, params, matrix([[1], [3]]))
 * layer.output // matrix([[-1], [2]])
 * layer.along(new Map(), matrix([[-1], [1]])) // matrix([[-0.75], [0.75]])
 */
export function layerNormAt(
  arithmetic: DualArithmetic,
  { epsilon }: Settings<"layerNorm">,
  params: Record<string, Matrix>,
  A: Matrix,
): LayerAtPoint {
  const columns = Array.from({ length: A.cols }, (_, j) =>
    Array.from({ length: A.rows }, (_, i) => i * A.cols + j),
  );
  return normalizedAt(arithmetic, columns, standardizer(arithmetic, epsilon), params, A);
}

type Normalize = (entries: readonly Dual[], group: number) => readonly Dual[];

/** (a − μ)/√(σ² + ε) with the mean μ and the variance σ² of the entries. */
function standardizer(arithmetic: DualArithmetic, epsilon: number): Normalize {
  const { round, plus, minus, times, over, sum, sqrt } = arithmetic;
  // What a backward pass subtracts here, along 1 and Â, may be nearly all of ∂E/∂Â, so that its rounding is that of
  // ∂E/∂Â; slopes are small at once and have less. A disturbing `round` is to show the larger of the two.
  const roundingOf = (x: number) => round(x) - x;
  return (entries) => {
    const mean = (terms: readonly Dual[]) => over(sum(terms), constant(terms.length));
    const center = mean(entries);
    const centered = entries.map((a) => minus(a, center));
    const variance = mean(centered.map((c) => times(c, c)));
    const deviation = sqrt(plus(variance, constant(epsilon)));
    return centered.map((c, n) => {
      const { value, slope } = over(c, deviation);
      const size = 1 + Math.abs(entries[n].value / deviation.value);
      return { value, slope: slope + roundingOf((entries[n].slope / deviation.value) * size) };
    });
  };
}

/** Y = γ Â + β, where Â is A normalized within groups of entries, given by their indices. */
function normalizedAt(
  { plus, times }: DualArithmetic,
  groups: readonly (readonly number[])[],
  normalize: Normalize,
  { gain, shift }: Record<string, Matrix>,
  A: Matrix,
): LayerAtPoint {
  const dualAt = (M: Matrix, dM: Matrix | undefined, k: number): Dual => ({
    value: M.data[k],
    slope: dM ? dM.data[k] : 0,
  });
  const outputOf = (group: number, dA?: Matrix, dGain?: Matrix, dShift?: Matrix): Dual[] => {
    const entries = groups[group].map((k) => dualAt(A, dA, k));
    return normalize(entries, group).map((a, n) => {
      const feature = Math.floor(groups[group][n] / A.cols);
      return plus(times(dualAt(gain, dGain, feature), a), dualAt(shift, dShift, feature));
    });
  };
  const gathered = (part: "value" | "slope", dual: (group: number) => readonly Dual[]) => {
    const Y = zeros(A.rows, A.cols);
    groups.forEach((indices, group) => {
      dual(group).forEach((y, n) => {
        Y.data[indices[n]] = y[part];
      });
    });
    return Y;
  };
  return {
    output: gathered("value", (group) => outputOf(group)),
    onKink: false,
    along(direction, dA) {
      const [dGain, dShift] = [direction.get(gain), direction.get(shift)];
      if (!dA && !dGain && !dShift) return undefined;
      const learned = dGain !== undefined || dShift !== undefined;
      // a group in which nothing moves keeps its slopes of 0
      const moves = (group: number) => learned || groups[group].some((k) => dA?.data[k] !== 0);
      return gathered("slope", (group) => (moves(group) ? outputOf(group, dA, dGain, dShift) : []));
    },
  };
}
