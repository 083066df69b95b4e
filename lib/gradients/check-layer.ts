import type { Layer } from "../layers";
import type { Loss } from "../losses";
import { fromData, type Matrix, precisionOf } from "../matrix";
import { toPrecision } from "../matrix-entries";
import { flattenParams, mapParams, type Params } from "../params";
import { type Random, randomState } from "../random";
import { autogradOfLayer } from "./autograd";
import { type GradientTable, gradientTable, type Witness } from "./compare";
import { centralDifferences } from "./finite-differences";
import { handWrittenGradients } from "./hand-written";
import { NoCounterpart } from "./no-counterpart";
import { type Objective, objectiveDerivative, objectiveValue } from "./objective";
import { symbolicGradientsOfLayer } from "./symbolic-layer";

/** The independent computations of a gradient. */
export type WitnessName = "finite differences" | "TensorFlow" | "mathjs";

/**
 * The largest relative errors that count as agreement with a float64 gradient; expected are about 1e-9, 1e-6 (its
 * numbers are float32) and 1e-15. With a float32 gradient it is 1e-5 for all of them.
 */
export const tolerances: Readonly<Record<WitnessName, number>> = {
  "finite differences": 1e-7,
  TensorFlow: 1e-5,
  mathjs: 1e-12,
};

/** Settings of checkLayer. */
export interface CheckOptions {
  /** The scalar is this loss of the output against `target`; without one it is Σ R ⊙ output with a normal random R. */
  readonly loss?: Loss;
  readonly target?: Matrix;
  /** Draws R and the samples; default randomState(0). */
  readonly random?: Random;
  /** Finite differences for at most so many entries of each matrix, drawn at random; default 200. */
  readonly sample?: number;
  /** Whom to ask; default all. */
  readonly witnesses?: readonly WitnessName[];
  /** Instead of the usual ones. */
  readonly tolerances?: Partial<Record<WitnessName, number>>;
}

/**
 * Checks a layer's hand-written backward at one point: its gradients of the parameters and of the input A against
 * finite differences of its own forward, TensorFlow.js's automatic differentiation, and, where the formula is small,
 * mathjs's symbolic derivative. The latter two build the network again from the layer's description and do not use
 * its forward. Who has no counterpart of the layer is named under `absent`. Differences and mathjs compute in
 * float64, the hand-written backward in the precision of the parameters.
 * @throws if a loss comes without target, a gradient has not the shape of its parameter, or forward or backward throws
 * @example
 * import { dense } from "../layers"
 * import { meanSquaredError } from "../losses"
 * const layer = dense(3, 2)
 * const params = layer.init(randomState(1))
 * const A = matrix([[1, 2], [3, 4], [5, 6]])
 * checkLayer(layer, params, A, { loss: meanSquaredError, target: matrix([[1, 0], [0, 1]]) }).ok // true
 * const lazy = { ...layer, backward: (p, c, d) => ({ ...layer.backward(p, c, d), dInput: A }) }
 * checkLayer(lazy, params, A).ok // false
 */
export function checkLayer<P extends Params>(
  layer: Layer<P>,
  params: P,
  A: Matrix,
  options: CheckOptions = {},
): GradientTable {
  const { random = randomState(0), witnesses = Object.keys(tolerances) as WitnessName[] } = options;
  const output = layer.forward(params, A).output;
  const objective = objectiveOf(options, output, random);
  const byHand = handWrittenGradients(layer, params, A, (output) => objectiveDerivative(objective, output));
  const single = precisionOf(output) === "float32";

  const testimonies: ((k: number) => Witness)[] = [];
  const absent: { witness: string; reason: string }[] = [];
  for (const name of witnesses) {
    const tolerance = options.tolerances?.[name] ?? (single ? 1e-5 : tolerances[name]);
    try {
      const testimony = ask(name, layer, params, A, objective, { random, entries: options.sample ?? 200 });
      testimonies.push((k) => ({ name, tolerance, ...testimony[k] }));
    } catch (error) {
      if (!(error instanceof NoCounterpart)) throw error;
      absent.push({ witness: name, reason: error.message });
    }
  }
  return gradientTable(
    byHand.map(({ gradient, ...names }, k) => ({
      ...names,
      hand: gradient,
      witnesses: testimonies.map((testimony) => testimony(k)),
    })),
    absent,
  );
}

function objectiveOf({ loss, target }: CheckOptions, output: Matrix, random: Random): Objective {
  if (loss && target) return { loss, target };
  if (loss || target) throw new Error("checkLayer: a loss needs a target, and a target a loss");
  return { weights: fromData(output.rows, output.cols, random.normals(output.rows * output.cols)) };
}

type Testimony = Omit<Witness, "name" | "tolerance">;

/** What a witness says of each parameter and, last, of the input. */
function ask(
  name: WitnessName,
  layer: Layer,
  params: Params,
  A: Matrix,
  objective: Objective,
  sample: { random: Random; entries: number },
): Testimony[] {
  const point = mapParams((M) => toPrecision(M, "float64"), { params, input: A });
  if (name === "TensorFlow") return relativeToLargest(autogradOfLayer(layer, params, A, objective).gradients);
  if (name === "mathjs")
    return relativeToLargest(symbolicGradientsOfLayer(layer, point.params, point.input, objective).gradients);

  let largest = 1;
  const f = ({ params, input }: typeof point) => {
    const value = objectiveValue(objective, layer.forward(params, input).output);
    largest = Math.max(largest, Math.abs(value));
    return value;
  };
  const { gradients, kinks, entries } = centralDifferences(f, point, { sample });
  return flattenParams(gradients).map(({ path, value }) => ({
    gradient: value,
    entries: entries.get(path),
    kinks: kinks.filter((kink) => kink.path === path).map(({ entry }) => entry),
    // a difference of two values near f is right to about 1e-9 f, small or large
    floor: precisionOf(A) === "float32" ? undefined : 0.01 * largest,
  }));
}

/**
 * Errors count against the network's largest gradient entry, not against each entry: sums cancel, and 1 − tanh² of a
 * saturated unit keeps few digits, so in float32 a small entry is right to about 1e-6 of the largest only. Small
 * entries by themselves are left to the differences.
 */
function relativeToLargest(gradients: Params): Testimony[] {
  const matrices = flattenParams(gradients).map(({ value }) => value);
  let floor = 0;
  for (const { data } of matrices)
    for (let k = 0; k < data.length; k++) floor = Math.max(floor, Math.abs(data[k]));
  return matrices.map((gradient) => ({ gradient, floor }));
}
