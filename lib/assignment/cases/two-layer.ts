import { relu } from "../../activations";
import { exp, log } from "../../kernels/functions";
import { elementwise } from "../../layers";
import { oneHotColumns } from "../../losses/targets";
import { affine, type Matrix, scale } from "../../matrix";
import { columnSums, mapEntries, sum } from "../../matrix-entries";
import type { Random } from "../../random";
import { byDifferences } from "../differences";
import { innerProduct, normalMatrix } from "../points";
import type { Truth } from "../question";

/** The parameters of two layers: W1 hidden×inputs, b1 hidden×1, W2 classes×hidden, b2 classes×1. */
export type TwoLayerParams = {
  readonly W1: Matrix;
  readonly b1: Matrix;
  readonly W2: Matrix;
  readonly b2: Matrix;
};

/** What a forward pass of one sample computes: the input and the output of both activations. */
export type ForwardValues = {
  readonly u1: Matrix;
  readonly y1: Matrix;
  readonly u2: Matrix;
  readonly y2: Matrix;
};

/** The same of m samples, side by side as columns. */
export type BatchValues = {
  readonly Z1: Matrix;
  readonly A1: Matrix;
  readonly Z2: Matrix;
  readonly Y: Matrix;
};

/** ∂E/∂ of both layers' linear inputs, and of all parameters. */
export type TwoLayerGradients = {
  readonly delta2: Matrix;
  readonly delta1: Matrix;
  readonly dW2: Matrix;
  readonly db2: Matrix;
  readonly dW1: Matrix;
  readonly db1: Matrix;
};

/** One sample forward. */
export type TwoLayerForward = (params: TwoLayerParams, x: Matrix) => ForwardValues;

/** One sample backward. */
export type TwoLayerBackward = (
  params: TwoLayerParams,
  x: Matrix,
  values: ForwardValues,
  target: Matrix,
) => TwoLayerGradients;

/** Parameters, a batch and its classes, one-hot, drawn from a generator. */
export interface Drawn {
  readonly params: TwoLayerParams;
  readonly X: Matrix;
  readonly T: Matrix;
}

/**
 * A network with weights that keep the size of what passes through it, and m samples.
 * @example
 * import { randomState } from "../../random"
 * drawTwoLayers(randomState(1), [3, 4, 2], 5).params.W2.rows // 2
 */
export function drawTwoLayers(random: Random, sizes: readonly number[], m: number): Drawn {
  const [inputs, hidden, classes] = sizes;
  const weights = (rows: number, cols: number) =>
    scale(normalMatrix(random, rows, cols), 1 / Math.sqrt(cols));
  const params = {
    W1: weights(hidden, inputs),
    b1: normalMatrix(random, hidden, 1),
    W2: weights(classes, hidden),
    b2: normalMatrix(random, classes, 1),
  };
  const X = normalMatrix(random, inputs, m);
  return { params, X, T: oneHotColumns("drawTwoLayers", random.integers(0, classes, m), classes, "float64") };
}

/**
 * The cross-entropy of softmax from its logits, without softmax: for each sample log Σₖ e^uₖ less the logit of its class,
 * summed over the samples.
 * @example
 * lossOfLogits(matrix([[0], [0]]), matrix([[1], [0]])) // ≈ 0.6931471806
 */
export const lossOfLogits = (U: Matrix, T: Matrix): number =>
  sum(mapEntries(columnSums(mapEntries(U, exp)), log)) - innerProduct(T, U);

/** From the linear input of the hidden layer to the logits. */
const logitsFrom = (Z1: Matrix, { W2, b2 }: TwoLayerParams) => affine(W2, hiddenOf(Z1), b2);
const hiddenOf = (Z1: Matrix) => elementwise(relu).forward({}, Z1).output;

/**
 * The values of a batch up to the logits; probabilities are not among them.
 * @example
 * import { randomState } from "../../random"
 * Object.keys(upToLogits(drawTwoLayers(randomState(1), [3, 4, 2], 5))) // ["Z1", "A1", "Z2"]
 */
export function upToLogits({ params, X }: Pick<Drawn, "params" | "X">): Omit<BatchValues, "Y"> {
  const Z1 = affine(params.W1, X, params.b1);
  return { Z1, A1: hiddenOf(Z1), Z2: logitsFrom(Z1, params) };
}

/**
 * The gradients of the loss, summed over the samples, by differences; `names` for those of Z2 and Z1.
 * @example
 * import { randomState } from "../../random"
 * Object.keys(differencesOf(drawTwoLayers(randomState(1), [3, 4, 2], 1), ["delta2", "delta1"])) // ["delta2", "delta1", "dW1", "db1", "dW2", "db2"]
 */
export function differencesOf(
  { params, X, T }: Drawn,
  [delta2, delta1]: readonly [string, string],
  factor = { deltas: 1, gradients: 1 },
): Record<string, Truth> {
  const { Z1, Z2 } = upToLogits({ params, X });
  const times = (share: number, U: Matrix) => share * lossOfLogits(U, T);
  return {
    ...byDifferences((at) => times(factor.deltas, at.Z2), { Z2 }, { Z2: delta2 }),
    ...byDifferences((at) => times(factor.deltas, logitsFrom(at.Z1, params)), { Z1 }, { Z1: delta1 }),
    ...byDifferences((moved) => times(factor.gradients, upToLogits({ params: moved, X }).Z2), params, {
      W1: "dW1",
      b1: "db1",
      W2: "dW2",
      b2: "db2",
    }),
  };
}

/**
 * The columns of softmax's probabilities by differences of log Σₖ e^uₖ, whose gradient they are.
 * @example
 * probabilitiesByDifferences(matrix([[0], [0]])).y.value.data[0] // ≈ 0.500000000
 */
export const probabilitiesByDifferences = (U: Matrix, name = "y"): Record<string, Truth> =>
  byDifferences(
    ({ logits }) => sum(mapEntries(columnSums(mapEntries(logits, exp)), log)),
    { logits: U },
    {
      logits: name,
    },
  );
