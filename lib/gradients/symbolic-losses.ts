import { type Loss, oneHot } from "../losses";
import { type Matrix, toArrays } from "../matrix";
import { NoCounterpart } from "./no-counterpart";
import { activationFormula, expectShort, type Formulas, transposed } from "./symbolic-rows";

/**
 * A loss of outputs Z against targets as an expression, the mean over columns.
 * @throws NoCounterpart if it has no formula here, or the formula is too long
 * @example
 * import { meanSquaredError } from "../losses"
 * lossFormula(meanSquaredError, [["y", "z"]], matrix([[1, 2]])) // "((y - 1)^2 / 2 + (z - 2)^2 / 2) / 2"
 */
export function lossFormula({ name, description }: Loss, Z: Formulas, T: Matrix): string {
  switch (description?.kind) {
    case "afterActivation": {
      const { loss, activation } = description;
      return lossFormula(
        loss,
        Z.map((row) => row.map((z) => activationFormula(activation, z))),
        T,
      );
    }
    case "afterSoftmax":
      return lossFormula(description.loss, transposed(transposed(Z).map(softmaxFormulas)), T);
    case "ofLabels":
      return lossFormula(description.loss, Z, oneHot(T.data, Z.length));
    case "weightedSoftmaxCrossEntropy": {
      const { weights, normalization } = description;
      const weighted = toArrays(T).map((row, i) => row.map((t) => weights[i] * t));
      const total = weighted.flat().reduce((sum, w) => sum + w);
      return sumOver(crossEntropyTerms(Z, weighted), normalization === "weights" ? total : T.cols);
    }
    case "weightedSigmoidBinaryCrossEntropy": {
      const { weights, positiveWeights } = description;
      const terms = toArrays(T).flatMap((row, i) => {
        const [weight, positive] = [weights?.[i] ?? 1, positiveWeights?.[i] ?? 1];
        return row.map((t, j) => {
          const z = Z[i][j];
          return `${weight} * (${positive * t} * log(1 + exp(-${z})) + ${1 - t} * log(1 + exp(${z})))`;
        });
      });
      return sumOver(terms, T.cols);
    }
  }
  if (name === "softmaxCrossEntropy") return sumOver(crossEntropyTerms(Z, toArrays(T)), T.cols);
  if (name === "multiclassHinge")
    return sumOver(
      transposed(Z).map((z, j) => marginFormula(z, T, j)),
      T.cols,
    );
  const forms: Record<string, (z: string, t: number) => string> = {
    meanSquaredError: (y, t) => `(${y} - ${t})^2 / 2`,
    sigmoidBinaryCrossEntropy: (z, t) => `(log(1 + exp(${z})) - ${t} * ${z})`,
    perceptronCriterion: (z, t) => positivePart(`(-${t} * ${z})`),
    hinge: (z, t) => positivePart(`(1 - ${t} * ${z})`),
    squaredHinge: (z, t) => `${positivePart(`(1 - ${t} * ${z})`)}^2`,
  };
  const form = forms[name];
  if (!form) throw new NoCounterpart(`mathjs has no formula of the loss "${name}" here`);
  const terms = toArrays(T).flatMap((row, i) => row.map((t, j) => form(Z[i][j], t)));
  return sumOver(terms, T.cols);
}

const sumOver = (terms: readonly string[], divisor: number) =>
  expectShort(`(${terms.map(expectShort).join(" + ")}) / ${divisor}`);

const positivePart = (z: string) => `((${z} + abs(${z})) / 2)`;

/** Softmax of one column. */
function softmaxFormulas(column: readonly string[]): string[] {
  const total = column.map((z) => `exp(${z})`).join(" + ");
  return column.map((z) => expectShort(`(exp(${z}) / (${total}))`));
}

/** −w log aᵢⱼ for each entry w of the weighted targets but the zeros, whose terms are 0. */
function crossEntropyTerms(Z: Formulas, weighted: readonly (readonly number[])[]): string[] {
  const A = transposed(transposed(Z).map(softmaxFormulas));
  return weighted.flatMap((row, i) => row.flatMap((w, j) => (w === 0 ? [] : [`-${w} * log(${A[i][j]})`])));
}

/** max over all classes of zᵢ + 1 − tᵢ, less the class's own z: at least 0, because the class itself gives 0. */
function marginFormula(column: readonly string[], T: Matrix, j: number): string {
  const t = (i: number) => T.data[i * T.cols + j];
  const margins = column.map((z, i) => `(${z} + ${1 - t(i)})`);
  const own = column.map((z, i) => `${t(i)} * ${z}`).join(" + ");
  const largest = margins.reduce((a, b) => expectShort(`((${a} + ${b} + abs(${a} - ${b})) / 2)`));
  return `(${largest} - (${own}))`;
}
