import type { Layer } from "../layer";
import { type Matrix, toArrays } from "../matrix";
import type { Random } from "../random";
import { dropoutFactors } from "./dropout-factors";
import { NoCounterpart } from "./no-counterpart";
import {
  activationFormula,
  expectShort,
  type Formulas,
  gainAndShift,
  normalizedRows,
  sumOfFormulas,
  transposed,
} from "./symbolic-rows";

/**
 * A layer's output as expressions, built from the layer's description alone.
 * @param params the tree of parameters with expressions in the place of matrices
 * @param random what the layers draw from, where they are random, in the order of their own forward
 * @throws NoCounterpart if the layer or an activation has no formula, or the formula is too long
 * @example
 * import { dense } from "../layers"
 * layerFormulas(dense(2, 1), { weights: [["u", "v"]], bias: [["b"]] }, [["x"], ["y"]]) // [["(u * x + v * y + b)"]]
 */
export function layerFormulas(
  layer: Pick<Layer, "name" | "description">,
  params: unknown,
  A: Formulas,
  random?: Random,
): Formulas {
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
        (output, inner, l) => layerFormulas(inner, (params as unknown[])[l], output, random),
        A,
      );
    case "residual": {
      const { branch, shortcut } = params as { branch: unknown; shortcut: unknown };
      const F = layerFormulas(description.branch, branch, A, random);
      return short(sumOfFormulas(layerFormulas(description.shortcut, shortcut, A, random), F));
    }
    case "batchNorm":
    case "layerNorm": {
      const { gain, shift, ...running } = params as Record<string, Formulas>;
      const statistics =
        description.kind === "batchNorm" && description.statistics === "running"
          ? { mean: running.runningMean.flat(), variance: running.runningVariance.flat() }
          : undefined;
      const normalized =
        description.kind === "batchNorm"
          ? normalizedRows(A, description.epsilon, statistics)
          : transposed(normalizedRows(transposed(A), description.epsilon));
      return short(gainAndShift(normalized, gain, shift));
    }
    case "dropout": {
      const factors = dropoutFactors(description.rate, A.length * A[0].length, random);
      return A.map((row, i) => row.map((a, j) => `(${factors[i * row.length + j]} * ${a})`));
    }
    default:
      throw new NoCounterpart(`the layer "${layer.name}" has no description that mathjs could follow`);
  }
}

/**
 * Σ weights ⊙ output, as an expression.
 * @example
 * weightedSum([["y"], ["z"]], matrix([[10], [1]])) // "10 * y + 1 * z"
 */
export function weightedSum(output: Formulas, weights: Matrix): string {
  return toArrays(weights)
    .flatMap((row, i) => row.map((r, j) => `${r} * ${output[i][j]}`))
    .join(" + ");
}

const short = (A: Formulas): Formulas => A.map((row) => row.map(expectShort));
