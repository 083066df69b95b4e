import { type MathNode, parse } from "mathjs";
import type { Activation } from "../activations";
import type { Layer } from "../layers";
import type { Loss } from "../losses";
import { type Matrix, toArrays, zeros } from "../matrix";
import { flattenParams, mapParams, type Params } from "../params";
import { NoCounterpart } from "./no-counterpart";
import type { Objective } from "./objective";
import { symbolicDerivative } from "./symbolic";

/** A matrix of expressions, row by row. */
type Formulas = readonly (readonly string[])[];

/** More characters times derivatives are left to the other witnesses: these take mathjs about a second. */
const most = 60_000;

/**
 * The gradients of an objective of layer(params, A) by mathjs, in float64: the network is written out as one formula
 * in a variable for each parameter and each entry of A, and differentiated by each of them.
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
): { formula: string; gradients: { params: P; input: Matrix } } {
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
  const output = formulas(layer, tree.params, tree.input);
  const formula =
    "loss" in objective
      ? lossFormula(objective.loss, output, objective.target)
      : weighted(output, objective.weights);
  if (formula.length * count > most)
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

function formulas(layer: Pick<Layer, "name" | "description">, params: unknown, A: Formulas): Formulas {
  const { description } = layer;
  switch (description?.kind) {
    case "dense": {
      const { weights, bias } = params as { weights: Formulas; bias: Formulas };
      return weights.map((row, i) =>
        A[0].map((_, j) =>
          expectShort(`(${row.map((w, k) => `${w} * ${A[k][j]}`).join(" + ")} + ${bias[i][0]})`),
        ),
      );
    }
    case "elementwise":
      return A.map((row) => row.map((z) => expectShort(activationFormula(description.activation, z))));
    case "serial":
      return description.layers.reduce(
        (output, inner, l) => formulas(inner, (params as unknown[])[l], output),
        A,
      );
    default:
      throw new NoCounterpart(`the layer "${layer.name}" has no description that mathjs could follow`);
  }
}

/** The activation's formula with its variable z replaced. */
function activationFormula({ name, formula }: Activation, z: string): string {
  if (!formula) throw new NoCounterpart(`the activation "${name}" has no formula`);
  return `(${formula.replace(/\bz\b/g, `(${z})`)})`;
}

function lossFormula({ name }: Loss, Z: Formulas, T: Matrix): string {
  const terms: Record<string, (z: string, t: number, column: string[]) => string> = {
    meanSquaredError: (y, t) => `(${y} - ${t})^2 / 2`,
    softmaxCrossEntropy: (z, t, column) =>
      `-${t} * log(exp(${z}) / (${column.map((z) => `exp(${z})`).join(" + ")}))`,
    sigmoidBinaryCrossEntropy: (z, t) => `(log(1 + exp(${z})) - ${t} * ${z})`,
    perceptronCriterion: (z, t) => `(abs(${t} * ${z}) - ${t} * ${z}) / 2`,
  };
  const term = terms[name];
  if (!term) throw new NoCounterpart(`mathjs has no formula of the loss "${name}" here`);
  const each = toArrays(T).flatMap((row, i) =>
    row.flatMap((t, j) =>
      // cross-entropy's terms with a target of 0 are 0
      name === "softmaxCrossEntropy" && t === 0
        ? []
        : [
            expectShort(
              term(
                Z[i][j],
                t,
                Z.map((r) => r[j]),
              ),
            ),
          ],
    ),
  );
  return `(${each.join(" + ")}) / ${T.cols}`;
}

function weighted(output: Formulas, weights: Matrix): string {
  return toArrays(weights)
    .flatMap((row, i) => row.map((r, j) => `${r} * ${output[i][j]}`))
    .join(" + ");
}

function expectShort(formula: string): string {
  if (formula.length > most)
    throw new NoCounterpart(`a formula of more than ${most} characters is too much for mathjs`);
  return formula;
}

/** A tree of the form of `params` with these leaves, in the order of flattenParams. */
function treeOf(params: Params, leaves: readonly unknown[]): unknown {
  let next = 0;
  return mapParams(() => leaves[next++] as Matrix, params);
}
