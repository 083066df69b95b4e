import { type Matrix, shape } from "../matrix";
import type { Trace, TraceStep } from "./trace";

/** The units of a layer that are silent over a whole batch. */
export interface DeadUnits {
  /** Number of units, the rows of the layer's output. */
  readonly units: number;
  /** Those whose output is 0 for every sample, by row. */
  readonly dead: readonly number[];
  /** Their share, in [0, 1]. */
  readonly share: number;
}

/** How many of a layer's outputs lie in the flat ends of its activation. */
export interface Saturation {
  /** Share of entries ≤ low and of entries ≥ high, in [0, 1]. */
  readonly low: number;
  readonly high: number;
  /** Both together. */
  readonly share: number;
  /** For each unit (row) its share over the batch: 1 is a unit that hardly learns. */
  readonly units: readonly number[];
}

/** A result with the layer it belongs to. */
export type OfLayer<T> = T & { readonly path: string; readonly name: string };

/** The ends beyond which an activation counts as flat, by its name. */
export type SaturationBounds = { readonly [activation: string]: readonly [low: number, high: number] };

/**
 * The usual ends: |a| ≥ 0.97 for tanh, where tanh′ = 1 − a² is at most 0.0591, and outside (0.03, 0.97) for the
 * sigmoid, where σ′ = a(1 − a) is at most 0.0291, 12 % of its largest value.
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249, sections 3.1 to 3.3, speak of saturation at the asymptotes and set
 * no number; 0.97 for tanh is that of A. Karpathy's "Neural Networks: Zero to Hero", makemore part 3.
 */
export const saturationBounds: SaturationBounds = { tanh: [-0.97, 0.97], sigmoid: [0.03, 0.97] };

/**
 * The units of a layer whose output is 0 for every sample of a batch. A ReLU unit that is 0 everywhere passes no
 * gradient, so no sample of the batch can revive it.
 * @param A the layer's output, units×m
 * @throws if A is empty
 * @example
 * deadUnits(matrix([[0, 0], [0, 3], [0, 0]])).dead // [0, 2]
 * deadUnits(matrix([[0, 0], [0, 3], [0, 0]])).share // ≈ 0.6667
 */
export function deadUnits(A: Matrix): DeadUnits {
  expectSamples("deadUnits", A);
  const dead: number[] = [];
  for (let i = 0; i < A.rows; i++)
    if (A.data.subarray(i * A.cols, (i + 1) * A.cols).every((a) => a === 0)) dead.push(i);
  return { units: A.rows, dead, share: dead.length / A.rows };
}

/**
 * The share of a layer's outputs that lie at or beyond two bounds.
 * @param A the layer's output, units×m
 * @throws if low is not below high, or A is empty
 * @example
 * saturation(matrix([[0.99, -0.98, 0.5, 0]]), [-0.97, 0.97]).share // 0.5
 * saturation(matrix([[0.99, -0.98, 0.5, 0]]), [-0.97, 0.97]).low // 0.25
 */
export function saturation(A: Matrix, [low, high]: readonly [low: number, high: number]): Saturation {
  if (!(low < high))
    throw new Error(`saturation: the bounds are ${low} and ${high} (the first must be lower)`);
  expectSamples("saturation", A);
  const units: number[] = [];
  let [below, above] = [0, 0];
  for (let i = 0; i < A.rows; i++) {
    let [lower, upper] = [0, 0];
    for (const a of A.data.subarray(i * A.cols, (i + 1) * A.cols)) {
      if (a <= low) lower += 1;
      if (a >= high) upper += 1;
    }
    units.push((lower + upper) / A.cols);
    below += lower;
    above += upper;
  }
  const entries = A.data.length;
  return { low: below / entries, high: above / entries, share: (below + above) / entries, units };
}

/** Of no sample every unit would be silent. */
function expectSamples(name: string, A: Matrix): void {
  if (A.data.length === 0)
    throw new Error(`${name}: A is ${shape(A)} (it needs at least one unit and one sample)`);
}

/**
 * deadUnits of every ReLU of a traced network.
 * @param activations the names of the activations that count; "relu" unless given
 * @example
 * import { dense, elementwise, serial } from "../layers"
 * import { relu } from "../activations"
 * import { trace } from "./trace"
 * const params = [{ weights: matrix([[1], [-1]]), bias: matrix([[0], [0]]) }, {}]
 * const traced = trace(serial(dense(1, 2), elementwise(relu)), params, matrix([[1, 2]]))
 * deadUnitsByLayer(traced) // [{ path: "1", name: "relu", units: 2, dead: [1], share: 0.5 }]
 */
export function deadUnitsByLayer(
  traced: Trace,
  activations: readonly string[] = ["relu"],
): OfLayer<DeadUnits>[] {
  return traced.steps
    .filter((step) => activations.includes(activationOf(step)))
    .map((step) => ({ path: step.path, name: step.name, ...deadUnits(step.output) }));
}

/**
 * saturation of every activation of a traced network for which there are bounds.
 * @param bounds by the name of the activation
 * @example
 * import { elementwise } from "../layers"
 * import { tanh } from "../activations"
 * import { trace } from "./trace"
 * saturationByLayer(trace(elementwise(tanh), {}, matrix([[0, 9]])))[0].share // 0.5
 */
export function saturationByLayer(
  traced: Trace,
  bounds: SaturationBounds = saturationBounds,
): OfLayer<Saturation>[] {
  return traced.steps
    .filter((step) => activationOf(step) in bounds)
    .map((step) => ({
      path: step.path,
      name: step.name,
      ...saturation(step.output, bounds[activationOf(step)]),
    }));
}

/** The name of the activation that a step applies; "" where it applies none. */
function activationOf({ layer: { description } }: TraceStep): string {
  return description?.kind === "elementwise" ? description.activation.name : "";
}
