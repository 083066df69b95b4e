import type { Loss } from "../losses";
import { constant, type Dual, type DualArithmetic, positivePart } from "./dual";
import { dualActivation, dualSoftplus } from "./dual-activations";
import { NoCounterpart } from "./no-counterpart";

/** E of predictions, by columns, and targets, by columns. */
export type DualLoss = (predictions: readonly (readonly Dual[])[], targets: readonly number[][]) => Dual;

/**
 * A loss in dual numbers, the mean over columns.
 * @throws NoCounterpart if there is none
 * @example
 * import { meanSquaredError } from "../losses"
 * import { dualArithmetic } from "./dual"
 * dualLoss(dualArithmetic(), meanSquaredError)([[{ value: 5, slope: 1 }]], [[2]]) // { value: 4.5, slope: 3 }
 */
export function dualLoss(arithmetic: DualArithmetic, loss: Loss): DualLoss {
  const { negative, plus, minus, times, over, sum, exp } = arithmetic;
  const one = constant(1);
  const scaled = (factor: number, z: Dual) => times(constant(factor), z);
  const softplus = (z: Dual) => dualSoftplus(arithmetic, z);
  const square = (z: Dual) => times(z, z);
  /** The mean over columns of Σᵢ term(zᵢ, tᵢ, i). */
  const entries = (term: (z: Dual, t: number, i: number) => Dual) =>
    mean(arithmetic, (column, target) => sum(column.map((z, i) => term(z, target[i], i))));
  const shortfall = (z: Dual, t: number) => positivePart(minus(one, scaled(t, z)));

  const { description } = loss;
  switch (description?.kind) {
    case "afterActivation": {
      const [inner, apply] = [
        dualLoss(arithmetic, description.loss),
        dualActivation(arithmetic, description.activation),
      ];
      return (predictions, targets) =>
        inner(
          predictions.map((column) => column.map(apply)),
          targets,
        );
    }
    case "afterSoftmax": {
      const inner = dualLoss(arithmetic, description.loss);
      const softmax = (column: readonly Dual[]) => {
        const exponentials = shifted(arithmetic, column).map(exp);
        const total = sum(exponentials);
        return exponentials.map((e) => over(e, total));
      };
      return (predictions, targets) => inner(predictions.map(softmax), targets);
    }
    case "ofLabels": {
      const inner = dualLoss(arithmetic, description.loss);
      return (predictions, labels) =>
        inner(
          predictions,
          labels.map(([label], j) => predictions[j].map((_, i) => (i === label ? 1 : 0))),
        );
    }
    case "weightedSoftmaxCrossEntropy": {
      const { weights, normalization } = description;
      const crossEntropy = dualCrossEntropy(arithmetic);
      return (predictions, targets) => {
        const weighted = targets.map((column) => column.map((t, i) => weights[i] * t));
        const weightOf = (column: readonly number[]) => column.reduce((total, w) => total + w, 0);
        const divisor = normalization === "samples" ? targets.length : weightOf(weighted.map(weightOf));
        const terms = predictions.map((column, j) => crossEntropy(column, weighted[j]));
        return over(sum(terms), constant(divisor));
      };
    }
    case "weightedSigmoidBinaryCrossEntropy": {
      const { weights, positiveWeights } = description;
      return entries((z, t, i) => {
        const positive = scaled(t * (positiveWeights ? positiveWeights[i] : 1), softplus(negative(z)));
        return scaled(weights ? weights[i] : 1, plus(positive, scaled(1 - t, softplus(z))));
      });
    }
  }
  const forms: Record<string, DualLoss> = {
    meanSquaredError: entries((y, t) => scaled(0.5, square(minus(y, constant(t))))),
    softmaxCrossEntropy: mean(arithmetic, dualCrossEntropy(arithmetic)),
    sigmoidBinaryCrossEntropy: entries((z, t) =>
      plus(scaled(t, softplus(negative(z))), scaled(1 - t, softplus(z))),
    ),
    perceptronCriterion: entries((z, t) => positivePart(scaled(-t, z))),
    hinge: entries(shortfall),
    squaredHinge: entries((z, t) => square(shortfall(z, t))),
    multiclassHinge: mean(arithmetic, (column, target) => {
      const margins = column.map((z) => plus(one, minus(z, column[target.indexOf(1)])));
      const rivals = margins.filter((_, i) => target[i] !== 1);
      // max(a, b) = a + max(0, b − a)
      return positivePart(rivals.reduce((a, b) => plus(a, positivePart(minus(b, a)))));
    }),
  };
  const form = forms[loss.name];
  if (!form) throw new NoCounterpart(`dual numbers have no form of the loss "${loss.name}" here`);
  return form;
}

type OfColumn = (column: readonly Dual[], target: readonly number[]) => Dual;

/** The mean over columns. */
function mean({ sum, over }: DualArithmetic, ofColumn: OfColumn): DualLoss {
  return (predictions, targets) =>
    over(sum(predictions.map((column, j) => ofColumn(column, targets[j]))), constant(targets.length));
}

/**
 * The entries less the largest value: softmax does not change, and exp does not overflow. It is subtracted as a
 * constant.
 */
function shifted({ minus }: DualArithmetic, column: readonly Dual[]): Dual[] {
  const largest = constant(Math.max(...column.map(({ value }) => value)));
  return column.map((z) => minus(z, largest));
}

/** −Σ tᵢ log softmax(z)ᵢ = Σ tᵢ (log Σₖ e^zₖ − zᵢ). */
function dualCrossEntropy(arithmetic: DualArithmetic): OfColumn {
  const { minus, times, sum, exp, log } = arithmetic;
  return (column, target) => {
    const small = shifted(arithmetic, column);
    const logSum = log(sum(small.map(exp)));
    return sum(small.map((z, i) => times(constant(target[i]), minus(logSum, z))));
  };
}
