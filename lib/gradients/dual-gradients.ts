import type { Layer } from "../layer";
import { fromData, type Matrix, zeros } from "../matrix";
import { flattenParams, isStatistic, mapParams, type Params, zerosLike } from "../params";
import { type Random, randomState } from "../random";
import { expectDescribed } from "./described";
import { disturbance, disturbing } from "./disturbance";
import { dualArithmetic } from "./dual";
import { chooseEntries, type DifferenceOptions, type Differences, type Kink } from "./finite-differences";
import type { Objective } from "./objective";
import { objectiveAtPoint } from "./objective-at-point";

/** What dualGradientsOfLayer returns; where an entry stands on a kink, `gradients` has the derivative after it. */
export interface DualGradients<P extends Params> extends Omit<Differences<P>, "uncertainty"> {
  /** The objective. */
  readonly value: number;
  /** Paths of matrices of which some entry, in the sample or not, stands on a kink. */
  readonly onKink: ReadonlySet<string>;
  /** By path, how far rounding takes the entries, in units of the rounding error of one operation, 2⁻⁵³ or 2⁻²⁴. */
  readonly rounding: ReadonlyMap<string, number>;
  /** How far it takes the objective. */
  readonly roundingOfValue: number;
}

/**
 * The gradients of an objective of layer(params, A) in dual numbers, in float64: the derivative in the direction of
 * each entry, one pass an entry. The network is computed again from the layer's description, and derivatives come from
 * the rules of + − × ÷, exp, log, √ and erf alone: not from the layer's forward or backward, nor from an activation's
 * derivative. There is no step and so no cancellation: entries have about 15 digits, or 16 less those that sums lose;
 * `rounding` measures that, by passes in which every operation is disturbed.
 *
 * Dual numbers rather than complex steps Im f(x + ih)/h: max, |z| and the branches of a stable sigmoid are not
 * analytic, erf has no simple form for complex numbers, and only dual numbers are exact on either side of a kink, so
 * that a point on it is known, not guessed.
 * @param sample derivatives for only so many entries of each matrix, drawn from its `random`; the others are NaN
 * @param random what the layers draw from, where they are random, in the order of their own forward
 * @throws NoCounterpart if the layer, one of its activations or the loss has none; another error, naming layer and
 * field, if a description or the params are not those of its kind
 * Source: Griewank and Walther, Evaluating Derivatives (2nd ed., 2008), chapter 3; J. R. R. A. Martins, P. Sturdza,
 * J. J. Alonso, "The complex-step derivative approximation", ACM Trans. Math. Softw. 29 (2003) 245, compares the two.
 * @example
 * import { dense } from "../layers"
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const { value, gradients } = dualGradientsOfLayer(dense(2, 1), params, matrix([[1], [2]]), { weights: matrix([[10]]) })
 * value // 160
 * gradients.params.weights // matrix([[10, 20]])
 * gradients.input // matrix([[30], [40]])
 */
export function dualGradientsOfLayer<P extends Params>(
  layer: Pick<Layer<P>, "name" | "description">,
  params: P,
  A: Matrix,
  objective: Objective,
  { sample, random }: { sample?: DifferenceOptions["sample"]; random?: () => Random } = {},
): DualGradients<{ params: P; input: Matrix }> {
  expectDescribed(layer, params, A.rows, "loss" in objective ? undefined : objective.weights.rows);
  // copies, so that each matrix is an object of its own
  const point = mapParams((M) => fromData(M.rows, M.cols, Float64Array.from(M.data)), { params, input: A });
  const at = (round?: (x: number) => number) =>
    objectiveAtPoint(dualArithmetic(round), layer, point.params, point.input, objective, random?.());
  const exact = at();
  const disturbed = [1, 2].map((seed) => at(disturbing(seed)));
  const gradients = zerosLike(point);
  const slopesOf = flattenParams(gradients);
  const entries = new Map<string, readonly number[]>();
  const rounding = new Map<string, number>();
  const kinks: Kink[] = [];
  const onKink = new Set<string>();
  const mixtures = randomState(0);

  flattenParams(point).forEach(({ path, value: M }, k) => {
    // a constant
    if (isStatistic(path)) return;
    const dM = zeros(M.rows, M.cols);
    const direction = new Map([[M, dM]]);
    const strays: number[] = [];
    const along = () => {
      const { right, left } = exact.slopes(direction);
      const kinked = right !== left && !(Number.isNaN(right) && Number.isNaN(left));
      if (kinked) onKink.add(path);
      else strays.push(...disturbed.map((scalar) => scalar.slopes(direction).right - right));
      return { right, left, kinked };
    };
    const chosen = chooseEntries(M.data.length, sample);
    entries.set(path, chosen);
    if (sample) slopesOf[k].value.data.fill(Number.NaN);
    for (const entry of chosen) {
      dM.data[entry] = 1;
      const { right, left, kinked } = along();
      dM.data[entry] = 0;
      slopesOf[k].value.data[entry] = right;
      if (kinked) kinks.push({ path, entry, left, right });
    }
    // and mixtures of all entries, those too that are not in the sample
    for (let n = 0; n < 3; n++) {
      dM.data.set(mixtures.normals(dM.data.length));
      along();
    }
    rounding.set(path, largest(strays) / disturbance);
  });
  const roundingOfValue = largest(disturbed.map(({ value }) => value - exact.value)) / disturbance;
  return { value: exact.value, gradients, kinks, onKink, entries, rounding, roundingOfValue };
}

const largest = (numbers: readonly number[]) =>
  numbers.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
