import type { Layer } from "../layer";
import { type Matrix, precisionOf } from "../matrix";
import { toPrecision } from "../matrix-entries";
import { flattenParams, mapParams, type Params } from "../params";
import type { Random } from "../random";
import { autogradOfLayer } from "./autograd";
import type { WitnessName } from "./check-layer";
import type { Witness } from "./compare";
import { dualGradientsOfLayer } from "./dual-gradients";
import { centralDifferences, type Kink } from "./finite-differences";
import { type Objective, objectiveValue } from "./objective";
import { symbolicGradientsOfLayer } from "./symbolic-layer";

/** What witnesses are asked about. */
export interface Situation {
  readonly layer: Layer;
  readonly params: Params;
  readonly A: Matrix;
  readonly objective: Objective;
  /** Draws the entries of each matrix to which some witnesses keep. */
  readonly sample: { readonly random: Random; readonly entries: number };
  /** What forward draws from, from the start each time. */
  again(): Random;
}

/** What a witness says of one gradient. */
export interface Testimony extends Omit<Witness, "name" | "tolerance"> {
  /** How far rounding takes an entry, in units of the rounding error of one operation. */
  readonly rounding?: number;
  /** The likewise of the objective. */
  readonly roundingOfValue?: number;
  /** Entries on a kink, with the derivatives on both sides. */
  readonly sides?: readonly Kink[];
  /** Whether there may be more of them among the entries that it does not give. */
  readonly moreKinks?: boolean;
}

/**
 * The gradients of an objective as a witness computes them: of each parameter and, last, of the input.
 * @throws NoCounterpart if it has none of the layer, one of its activations or the loss
 * @example
 * import { dense } from "../layers"
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const sample = { random: randomState(1), entries: 200 }
 * const situation = { layer: dense(2, 1), params, A: matrix([[1], [2]]), objective: { weights: matrix([[10]]) }, sample, again: () => randomState(1) }
 * testimonies("dual numbers", situation)[0].gradient // matrix([[10, 20]])
 */
export function testimonies(name: WitnessName, situation: Situation): Testimony[] {
  return {
    "finite differences": byDifferences,
    TensorFlow: byTensorFlow,
    mathjs: byMathjs,
    "dual numbers": byDualNumbers,
  }[name](situation);
}

const inFloat64 = ({ params, A }: Situation) =>
  mapParams((M) => toPrecision(M, "float64"), { params, input: A });

function byDifferences(situation: Situation): Testimony[] {
  const { layer, A, objective, sample, again } = situation;
  const point = inFloat64(situation);
  let largest = 1;
  const f = ({ params, input }: typeof point) => {
    const value = objectiveValue(objective, layer.forward(params, input, again()).output);
    largest = Math.max(largest, Math.abs(value));
    return value;
  };
  const { gradients, uncertainty, kinks, entries } = centralDifferences(f, point, { sample });
  const uncertainties = flattenParams(uncertainty);
  return flattenParams(gradients).map(({ path, value }, k) => ({
    gradient: value,
    uncertainty: uncertainties[k].value,
    entries: entries.get(path),
    kinks: kinks.filter((kink) => kink.path === path).map(({ entry }) => entry),
    // a difference of two values near f is right to about 1e-9 f, small or large
    floor: precisionOf(A) === "float32" ? undefined : 0.01 * largest,
  }));
}

function byTensorFlow({ layer, params, A, objective, again }: Situation): Testimony[] {
  return relativeToLargest(autogradOfLayer(layer, params, A, objective, again()).gradients);
}

function byMathjs(situation: Situation): Testimony[] {
  const { layer, objective, again } = situation;
  const { params, input } = inFloat64(situation);
  return relativeToLargest(symbolicGradientsOfLayer(layer, params, input, objective, again()).gradients);
}

/**
 * Errors count against the network's largest gradient entry, not against each entry: sums cancel, and 1 − tanh² of a
 * saturated unit keeps few digits, so in float32 a small entry is right to about 1e-6 of the largest only. Small
 * entries by themselves are left to the differences and the dual numbers.
 */
function relativeToLargest(gradients: Params): Testimony[] {
  const matrices = flattenParams(gradients).map(({ value }) => value);
  let floor = 0;
  for (const { data } of matrices)
    for (let k = 0; k < data.length; k++) floor = Math.max(floor, Math.abs(data[k]));
  return matrices.map((gradient) => ({ gradient, floor }));
}

/**
 * Errors count against the largest entry of the same matrix, so that in a deep network small gradients are checked too.
 */
function byDualNumbers(situation: Situation): Testimony[] {
  const { layer, objective, sample, again } = situation;
  const { params, input } = inFloat64(situation);
  const stream = { ...sample, random: sample.random.stream("dual numbers") };
  const { gradients, rounding, roundingOfValue, kinks, onKink, entries } = dualGradientsOfLayer(
    layer,
    params,
    input,
    objective,
    { sample: stream, random: again },
  );
  return flattenParams(gradients).map(({ path, value }) => ({
    gradient: value,
    entries: entries.get(path),
    rounding: rounding.get(path),
    roundingOfValue,
    sides: kinks.filter((kink) => kink.path === path),
    moreKinks: onKink.has(path) && entries.get(path)?.length !== value.data.length,
  }));
}
