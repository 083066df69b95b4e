import type { Layer } from "../layer";
import type { Loss } from "../losses";
import { type Matrix, scale } from "../matrix";
import type { Random } from "../random";
import { constant, type Dual, type DualArithmetic } from "./dual";
import { type Direction, layerAtPoint } from "./dual-layers";
import { dualLoss } from "./dual-losses";
import type { Objective } from "./objective";

/** A scalar at one point: its value, and its slope in any direction. */
export interface ScalarAtPoint {
  readonly value: number;
  /** The derivatives along the direction, after the point and before it; they differ where the point lies on a kink. */
  slopes(direction: Direction): { readonly right: number; readonly left: number };
}

/**
 * An objective of layer(params, A) in dual numbers, built from the layer's description alone.
 * @param params float64 matrices, each, like A, an object of its own, by which a direction names it
 * @param random what the layers draw from, where they are random, in the order of their own forward
 * @throws NoCounterpart if the layer, one of its activations or the loss has none
 * @example
 * import { relu } from "../activations"
 * import { elementwise } from "../layers"
 * import { dualArithmetic } from "./dual"
 * const A = matrix([[3, 0]])
 * const scalar = objectiveAtPoint(dualArithmetic(), elementwise(relu), {}, A, { weights: matrix([[10, 1]]) })
 * scalar.value // 30
 * scalar.slopes(new Map([[A, matrix([[1, 0]])]])) // { right: 10, left: 10 }
 * scalar.slopes(new Map([[A, matrix([[0, 1]])]])) // { right: 1, left: 0 }
 */
export function objectiveAtPoint(
  arithmetic: DualArithmetic,
  layer: Pick<Layer, "name" | "description">,
  params: unknown,
  A: Matrix,
  objective: Objective,
  random?: Random,
): ScalarAtPoint {
  const network = layerAtPoint(arithmetic, layer, params, A, random);
  const scalar =
    "loss" in objective
      ? lossOf(arithmetic, objective.loss, objective.target)
      : weightedSum(arithmetic, objective.weights);
  const slope = (dOutput: Matrix | undefined) => (dOutput ? scalar(network.output, dOutput).slope : 0);
  return {
    value: scalar(network.output).value,
    slopes(direction) {
      const dOutput = network.along(direction, direction.get(A));
      return {
        right: slope(dOutput),
        // seldom asked for
        get left() {
          const back = new Map([...direction].map(([M, dM]) => [M, scale(dM, -1)]));
          // without a kink in the network its output moves the opposite way
          const opposite = network.onKink ? network.along(back, back.get(A)) : dOutput && scale(dOutput, -1);
          return 0 - slope(opposite);
        },
      };
    },
  };
}

/** E of an output; with slopes of the output, E's slope. */
type Scalar = (output: Matrix, dOutput?: Matrix) => Dual;

function lossOf(arithmetic: DualArithmetic, loss: Loss, target: Matrix): Scalar {
  const form = dualLoss(arithmetic, loss);
  const targets = columnsOf(target, (k) => target.data[k]);
  return (output, dOutput) =>
    form(
      columnsOf(output, (k) => dualOf(output, dOutput, k)),
      targets,
    );
}

/** Σ R ⊙ output. */
function weightedSum({ sum, times }: DualArithmetic, R: Matrix): Scalar {
  return (output, dOutput) =>
    sum(Array.from(R.data, (weight, k) => times(constant(weight), dualOf(output, dOutput, k))));
}

function dualOf({ data }: Matrix, slopes: Matrix | undefined, k: number): Dual {
  return { value: data[k], slope: slopes ? slopes.data[k] : 0 };
}

/** A matrix's columns, each entry given by its index into the row-major data. */
function columnsOf<T>({ rows, cols }: Matrix, entry: (k: number) => T): T[][] {
  return Array.from({ length: cols }, (_, j) => Array.from({ length: rows }, (_, i) => entry(i * cols + j)));
}
