import { type MathNode, parse } from "mathjs";
import type { Layer } from "../layer";
import { type Matrix, toArrays, zeros } from "../matrix";
import { flattenParams, mapParams, type Params } from "../params";
import type { Random } from "../random";
import { expectDescribed } from "./described";
import { NoCounterpart } from "./no-counterpart";
import type { Objective } from "./objective";
import { symbolicDerivative } from "./symbolic";
import { layerFormulas, weightedSum } from "./symbolic-forms";
import { lossFormula } from "./symbolic-losses";
import { type Formulas, mostCharacters } from "./symbolic-rows";

/**
 * The gradients of an objective of layer(params, A) by mathjs, in float64: the network is written out as one formula
 * in a variable for each parameter and each entry of A, and differentiated by each of them.
 * @param random what the layers draw from, where they are random, in the order of their own forward
 * @throws NoCounterpart if the layer, an activation or the loss has no formula, the formula is too long, or its
 * derivative has no value at the point
 * @example
 * import { dense } from "../layers"
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const { gradients } = symbolicGradientsOfLayer(dense(2, 1), params, matrix([[1], [2]]), { weights: matrix([[10]]) })
 * gradients.params.weights // matrix([[10, 20]])
 * gradients.input // matrix([[30], [40]])
 */
export function symbolicGradientsOfLayer<P extends Params>(
  layer: Layer<P>,
  params: P,
  A: Matrix,
  objective: Objective,
  random?: Random,
): { formula: string; gradients: { params: P; input: Matrix } } {
  expectDescribed(layer, params, A.rows, "loss" in objective ? undefined : objective.weights.rows);
  const point = { params, input: A };
  const scope: Record<string, number> = {};
  let count = 0;
  const named = flattenParams(point).map(({ value }) =>
    toArrays(value).map((row) =>
      row.map((entry) => {
        count += 1;
        scope[`v${count}`] = entry;
        return `v${count}`;
      }),
    ),
  );
  const tree = treeOf(point, named) as { params: unknown; input: Formulas };
  const output = layerFormulas(layer, tree.params, tree.input, random);
  const formula =
    "loss" in objective
      ? lossFormula(objective.loss, output, objective.target)
      : weightedSum(output, objective.weights);
  if (formula.length * count > mostCharacters)
    throw new NoCounterpart(
      `a formula of ${formula.length} characters in ${count} variables is too much for mathjs`,
    );
  const node = parse(formula);
  const gradients = flattenParams(point).map(({ value }, k) => {
    const gradient = zeros(value.rows, value.cols);
    named[k].flat().forEach((variable, entry) => {
      gradient.data[entry] = differentiate(node, variable, scope);
    });
    return gradient;
  });
  return { formula, gradients: treeOf(point, gradients) as { params: P; input: Matrix } };
}

function differentiate(formula: MathNode, variable: string, scope: Record<string, number>): number {
  let value: number;
  try {
    value = symbolicDerivative(formula, variable, { simplify: false }).at(scope);
  } catch (error) {
    throw new NoCounterpart(`mathjs: ${(error as Error).message}`);
  }
  // |z| has the derivative |z|/z in mathjs
  if (Number.isNaN(value))
    throw new NoCounterpart(
      "mathjs: the formula's derivative has no value here (0/0 at a kink, or an overflow)",
    );
  return value;
}

/** A tree of the form of `params` with these leaves, in the order of flattenParams. */
function treeOf(params: Params, leaves: readonly unknown[]): unknown {
  let next = 0;
  return mapParams(() => leaves[next++] as Matrix, params);
}
