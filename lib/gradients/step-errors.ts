import { log } from "../kernels/functions";
import type { Layer } from "../layer";
import { fromData, type Matrix, zeros } from "../matrix";
import { flattenParams, isStatistic, mapParams, type Params } from "../params";
import { type Random, randomState } from "../random";
import { dualArithmetic } from "./dual";
import type { Direction } from "./dual-layers";
import { chooseEntries, cubeRootOfEpsilon } from "./finite-differences";
import { type Objective, objectiveValue } from "./objective";
import { objectiveAtPoint } from "./objective-at-point";

/** √(2⁻⁵²): the step at which the rounding of a forward difference, ε/h, and its cut-off term h are about equal. */
export const squareRootOfEpsilon = 2 ** -26;

/**
 * 1e-1, 5e-2, 2e-2, 1e-2, …, 1e-16.
 * @example
 * usualSteps[4] // 0.005
 */
export const usualSteps: readonly number[] = Array.from({ length: 15 }, (_, k) =>
  [`1e-${k + 1}`, `5e-${k + 2}`, `2e-${k + 2}`].map(Number),
)
  .flat()
  .concat(1e-16);

/** How wrong differences are for each step: relative errors, 1 where nothing is right any more. */
export interface StepErrors {
  readonly steps: readonly number[];
  /** Of (f(θ + h) − f(θ))/h. */
  readonly forward: readonly number[];
  /** Of (f(θ + h) − f(θ − h))/2h. */
  readonly central: readonly number[];
  /** The steps at which theory expects the least error of functions whose derivatives are all about 1. */
  readonly optimum: { readonly forward: number; readonly central: number };
}

/** Settings of stepErrors. */
export interface StepErrorOptions {
  /** Along this direction only; by default along each entry by itself, of a sample. */
  readonly direction?: { readonly params: Params; readonly input: Matrix };
  /** So many entries of each matrix; default 10. */
  readonly sample?: number;
  /**
   * Draws the sample; its stream "forward", from the start each time, goes to every forward. Default randomState(0).
   */
  readonly random?: Random;
  /** Default usualSteps. */
  readonly steps?: readonly number[];
}

/**
 * The error of forward and central differences of an objective of layer(params, A), in float64, against the derivative
 * by dual numbers, as a function of the step h: √(Σ (difference − derivative)²/Σ derivative²) over the directions. On
 * doubly logarithmic axes it has the form of a V. On the right the cut-off term h f″/2 falls with slope 1, h² f‴/6 with
 * slope 2; on the left rounding, ε f/h, rises with slope −1; the least is near √ε for forward and ∛ε for central
 * differences, and about as large as √ε and ∛ε².
 * @throws NoCounterpart if the layer, one of its activations or the loss has no form in dual numbers
 * @throws if the derivative is 0 in all directions
 * Source: Numerical Recipes §5.7; Nocedal and Wright, Numerical Optimization (2nd ed.), §8.1.
 * @example
 * import { tanh } from "../activations"
 * import { elementwise } from "../layers"
 * const { steps, forward, central } = stepErrors(elementwise(tanh), {}, matrix([[0.5]]), { weights: matrix([[1]]) })
 * steps[9] // 0.0001
 * forward[9] // ≈ 0.0000462
 * central[9] // ≈ 0.0000000012
 */
export function stepErrors<P extends Params>(
  layer: Layer<P>,
  params: P,
  A: Matrix,
  objective: Objective,
  options: StepErrorOptions = {},
): StepErrors {
  const { random = randomState(0), steps = usualSteps } = options;
  const again = () => random.stream("forward");
  const copy = ({ rows, cols, data }: Matrix) => fromData(rows, cols, Float64Array.from(data));
  const point = mapParams(copy, { params, input: A });
  const moving = mapParams(copy, point);
  const f = () => objectiveValue(objective, layer.forward(moving.params, moving.input, again()).output);
  const exact = objectiveAtPoint(dualArithmetic(), layer, point.params, point.input, objective, again());
  const [from, to] = [flattenParams(point), flattenParams(moving)];
  const valueAt = (direction: Direction, step: number) => {
    from.forEach(({ value: M }, k) => {
      const slopes = direction.get(M);
      for (let e = 0; e < M.data.length; e++)
        to[k].value.data[e] = M.data[e] + (slopes ? step * slopes.data[e] : 0);
    });
    return f();
  };
  const center = f();
  const squares = { derivative: 0, forward: steps.map(() => 0), central: steps.map(() => 0) };
  for (const direction of directionsOf(point, options, random)) {
    const derivative = exact.slopes(direction).right;
    squares.derivative += derivative * derivative;
    steps.forEach((h, k) => {
      const [up, down] = [valueAt(direction, h), valueAt(direction, -h)];
      const error = { forward: (up - center) / h - derivative, central: (up - down) / (2 * h) - derivative };
      squares.forward[k] += error.forward * error.forward;
      squares.central[k] += error.central * error.central;
    });
  }
  if (squares.derivative === 0) throw new Error("stepErrors: the derivative is 0 in all directions");
  const relative = (square: number) => Math.sqrt(square / squares.derivative);
  return {
    steps,
    forward: squares.forward.map(relative),
    central: squares.central.map(relative),
    optimum: { forward: squareRootOfEpsilon, central: cubeRootOfEpsilon },
  };
}

function directionsOf(
  point: { params: Params; input: Matrix },
  { direction, sample = 10 }: StepErrorOptions,
  random: Random,
): Direction[] {
  const matrices = flattenParams(point);
  if (direction) {
    const slopes = flattenParams(mapParams((_, D) => D, point, direction));
    return [new Map(matrices.map(({ value }, k) => [value, slopes[k].value]))];
  }
  const drawn = { entries: sample, random: random.stream("sample") };
  return matrices
    .filter(({ path }) => !isStatistic(path))
    .flatMap(({ value: M }) =>
      chooseEntries(M.data.length, drawn).map((entry) => {
        const one = zeros(M.rows, M.cols);
        one.data[entry] = 1;
        return new Map([[M, one]]);
      }),
    );
}

/**
 * The slope of a part of a curve on doubly logarithmic axes, by least squares over the steps from `low` to `high`;
 * errors of 0, which have no logarithm, are left out.
 * @throws if there are fewer than two
 * @example
 * logarithmicSlope([1e-3, 1e-2, 1e-1], [1e-6, 1e-4, 1e-2], 1e-3, 1e-1) // ≈ 2
 * logarithmicSlope([1e-3], [1], 0.1, 1) // throws /no two steps from 0.1 to 1/
 */
export function logarithmicSlope(
  steps: readonly number[],
  errors: readonly number[],
  low: number,
  high: number,
): number {
  const within = steps
    .map((step, k) => [log(step), log(errors[k])])
    .filter(([, error], k) => steps[k] >= low && steps[k] <= high && Number.isFinite(error));
  if (within.length < 2) throw new Error(`logarithmicSlope: there are no two steps from ${low} to ${high}`);
  const meanOf = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const [x, y] = [meanOf(within.map(([x]) => x)), meanOf(within.map(([, y]) => y))];
  const covariance = meanOf(within.map(([a, b]) => (a - x) * (b - y)));
  return covariance / meanOf(within.map(([a]) => (a - x) * (a - x)));
}
