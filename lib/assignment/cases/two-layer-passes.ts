import type { Matrix } from "../../matrix";
import { inputsOf } from "../points";
import type { Case, Truth, Values } from "../question";
import {
  type BatchValues,
  type Drawn,
  differencesOf,
  drawTwoLayers,
  type ForwardValues,
  probabilitiesByDifferences,
  type TwoLayerBackward,
  type TwoLayerForward,
  type TwoLayerGradients,
  type TwoLayerParams,
  upToLogits,
} from "./two-layer";

/** Where the mean over the batch is taken: 1/m in the errors Δ, or in the gradients of the parameters. */
export type Where = "delta" | "gradient";

/** A batch backward, and where 1/m stands in it. */
export type BatchGradients = (
  params: TwoLayerParams,
  X: Matrix,
  values: BatchValues,
  T: Matrix,
) => TwoLayerGradients & { readonly where: Where };

/** Inputs, hidden units, classes. */
type Sizes = readonly [number, number, number];

const drawn = (name: string, sizes: Sizes, m: number): Drawn =>
  drawTwoLayers(inputsOf(`${name} ${sizes} ${m}`), sizes, m);

/** All that a forward pass computes; the probabilities from differences, as good as they are. */
function forwardValues({ params, X }: Drawn): BatchValues {
  const values = upToLogits({ params, X });
  return { ...values, Y: probabilitiesByDifferences(values.Z2).y.value as Matrix };
}

/**
 * The forward pass of one sample: what the layers of lib give, and softmax from differences.
 * @example
 * Object.keys(forwardCase([3, 4, 2]).truth()) // ["u1", "y1", "u2", "y2"]
 */
export function forwardCase(sizes: Sizes): Case<[TwoLayerForward]> {
  const { params, X } = drawn("two-layer forward", sizes, 1);
  const exact = (value: Matrix): Truth => ({ witness: "lib/layers", value, tolerance: 1e-10 });
  return {
    probe: sizes.join("→"),
    ask(twoLayerForward) {
      const { u1, y1, u2, y2 } = twoLayerForward(params, X);
      return { u1, y1, u2, y2 };
    },
    truth() {
      const { Z1, A1, Z2 } = upToLogits({ params, X });
      return { u1: exact(Z1), y1: exact(A1), u2: exact(Z2), ...probabilitiesByDifferences(Z2, "y2") };
    },
  };
}

/**
 * The backward pass of one sample, with the values of the forward.
 * @example
 * Object.keys(backwardCase([3, 4, 2]).truth()) // ["delta2", "delta1", "dW1", "db1", "dW2", "db2"]
 */
export function backwardCase(sizes: Sizes): Case<[TwoLayerBackward]> {
  const one = drawn("two-layer backward", sizes, 1);
  return {
    probe: sizes.join("→"),
    ask(twoLayerGradients) {
      const { Z1, A1, Z2, Y } = forwardValues(one);
      const values: ForwardValues = { u1: Z1, y1: A1, u2: Z2, y2: Y };
      const { delta2, delta1, dW2, db2, dW1, db1 } = twoLayerGradients(one.params, one.X, values, one.T);
      return { delta2, delta1, dW2, db2, dW1, db1 };
    },
    truth: () => differencesOf(one, ["delta2", "delta1"]),
  };
}

/**
 * The backward pass of m samples. The errors are compared with what `where` says of them: with 1/m, or without.
 * @example
 * batchCase([3, 4, 2], 5).probe // "3→4→2, m = 5"
 */
export function batchCase(sizes: Sizes, m: number): Case<[BatchGradients]> {
  const batch = drawn("two-layer batch", sizes, m);
  const answered = (batchGradients: BatchGradients) => {
    const answer = batchGradients(batch.params, batch.X, forwardValues(batch), batch.T);
    return { ...answer, names: errorNames(answer.where) };
  };
  return {
    probe: `${sizes.join("→")}, m = ${m}`,
    ask(batchGradients): Values {
      const { delta2, delta1, dW2, db2, dW1, db1, names } = answered(batchGradients);
      return { [names[0]]: delta2, [names[1]]: delta1, dW2, db2, dW1, db1 };
    },
    truth(batchGradients) {
      const { where, names } = answered(batchGradients);
      return differencesOf(batch, names, { deltas: where === "delta" ? 1 / m : 1, gradients: 1 / m });
    },
  };
}

/** Errors with 1/m and without it have other names, so that a message says which was expected. */
function errorNames(where: unknown): [string, string] {
  if (where === "delta") return ["delta2 (with 1/m)", "delta1 (with 1/m)"];
  if (where === "gradient") return ["delta2 (without 1/m)", "delta1 (without 1/m)"];
  throw new Error(`where is ${JSON.stringify(where)} (say "delta" or "gradient": where 1/m stands)`);
}
