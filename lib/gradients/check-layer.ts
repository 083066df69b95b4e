import { checkFinite } from "../check-data";
import type { Layer } from "../layer";
import type { Loss } from "../losses";
import { fromData, type Matrix, precisionOf, shape } from "../matrix";
import { flattenParams, isStatistic, type Params, zerosLike } from "../params";
import { type Random, randomState } from "../random";
import { type GradientTable, gradientTable } from "./compare";
import { crossExamine } from "./cross-examine";
import { expectDescribed } from "./described";
import { type HandWritten, handWrittenGradients } from "./hand-written";
import { NoCounterpart } from "./no-counterpart";
import { type Objective, objectiveDerivative } from "./objective";
import { type Testimony, testimonies } from "./testimony";

/** The independent computations of a gradient. */
export type WitnessName = "finite differences" | "TensorFlow" | "mathjs" | "dual numbers";

/**
 * The largest relative errors that count as agreement with a float64 gradient; expected are about 1e-9, 1e-6 (its
 * numbers are float32), 1e-15 and 1e-15. With a float32 gradient it is 1e-5 for all of them.
 */
export const tolerances: Readonly<Record<WitnessName, number>> = {
  "finite differences": 1e-7,
  TensorFlow: 1e-5,
  mathjs: 1e-12,
  "dual numbers": 1e-12,
};

const singleTolerances: typeof tolerances = {
  "finite differences": 1e-5,
  TensorFlow: 1e-5,
  mathjs: 1e-5,
  "dual numbers": 1e-5,
};

/** Settings of checkLayer. */
export interface CheckOptions {
  /** The scalar is this loss of the output against `target`; without one it is Σ R ⊙ output with a normal random R. */
  readonly loss?: Loss;
  readonly target?: Matrix;
  /**
   * Draws R and the samples; its stream "forward", from the start each time, goes to every forward. Default
   * randomState(0).
   */
  readonly random?: Random;
  /** Finite differences and dual numbers for at most so many entries of each matrix, drawn at random; default 200. */
  readonly sample?: number;
  /** Whom to ask; default all. */
  readonly witnesses?: readonly WitnessName[];
  /** Instead of the usual ones. */
  readonly tolerances?: Partial<Record<WitnessName, number>>;
}

/**
 * Checks a layer's hand-written backward at one point: its gradients of the parameters and of the input A against
 * finite differences of its own forward, TensorFlow.js's automatic differentiation, where the formula is small
 * mathjs's symbolic derivative, and dual numbers. The latter three build the network again from the layer's description
 * and do not use its forward. Who has no counterpart of the layer is named under `absent`. All but TensorFlow.js
 * compute in float64, the hand-written backward in the precision of the parameters. Running statistics count as
 * constants, whose gradient is 0.
 *
 * The dual numbers, if asked, also tell how much of a difference is rounding, as where sums cancel or in a deep
 * network, and which entries stand on a kink: see crossExamine.
 * @throws if A is empty, A or params hold NaN or ±Infinity, a loss comes without target, a gradient has not the shape
 * of its parameter, forward or backward throws, or a layer's description lacks a field or does not fit its params or
 * forward
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
  for (const name of witnesses)
    if (!Object.hasOwn(tolerances, name))
      throw new Error(
        `checkLayer: no witness is called ${name} (there are ${Object.keys(tolerances).join(", ")})`,
      );
  if (A.data.length === 0)
    throw new Error(`checkLayer: A is ${shape(A)} (a gradient needs at least one sample)`);
  checkFinite("checkLayer", "A", A);
  for (const { path, value } of flattenParams(params)) checkFinite("checkLayer", path || "params", value);
  const again = () => random.stream("forward");
  const output = layer.forward(params, A, again()).output;
  expectDescribed(layer, params, A.rows, output.rows);
  const objective = objectiveOf(options, output, random);
  const derivative = (output: Matrix) => objectiveDerivative(objective, output);
  const byHand = handWrittenGradients(layer, params, A, derivative, again());
  const single = precisionOf(output) === "float32";

  const absent: { witness: string; reason: string }[] = [];
  const heard = new Map<WitnessName, Testimony[]>();
  const sample = { random, entries: options.sample ?? 200 };
  for (const name of witnesses)
    try {
      heard.set(name, testimonies(name, { layer, params, A, objective, sample, again }));
    } catch (error) {
      if (!(error instanceof NoCounterpart)) throw error;
      absent.push({ witness: name, reason: error.message });
    }
  const witnessesOf = ({ parameter, gradient }: HandWritten, k: number) => {
    const ofOne = [...heard].map(([name, all]) => [name, constantAt(parameter, all[k])] as const);
    return crossExamine(gradient, new Map(ofOne), {
      ...(single ? singleTolerances : tolerances),
      ...options.tolerances,
    });
  };
  return gradientTable(
    byHand.map((one, k) => ({
      parameter: one.parameter,
      subject: one.subject,
      hand: one.gradient,
      witnesses: witnessesOf(one, k),
    })),
    absent,
  );
}

/** Differences and the others see a function of running statistics too; a layer takes them as constants. */
function constantAt(parameter: string, testimony: Testimony): Testimony {
  return isStatistic(parameter) ? { gradient: zerosLike(testimony.gradient) } : testimony;
}

function objectiveOf({ loss, target }: CheckOptions, output: Matrix, random: Random): Objective {
  if (loss && target) return { loss, target };
  if (loss || target) throw new Error("checkLayer: a loss needs a target, and a target a loss");
  return { weights: fromData(output.rows, output.cols, random.normals(output.rows * output.cols)) };
}
