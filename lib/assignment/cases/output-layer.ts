import { sigmoid } from "../../activations";
import { type Loss, meanSquaredError, sigmoidBinaryCrossEntropy } from "../../losses";
import { affine, column, type Matrix } from "../../matrix";
import { byDifferences } from "../differences";
import { inputsOf, normalMatrix } from "../points";
import type { Case, Truth } from "../question";

/** The parameters of an output layer, in note 004's letters: W outputs×inputs, b outputs×1. */
export type OutputParams = { readonly W: Matrix; readonly b: Matrix };

/** From one sample's y⁽ᴸ⁻¹⁾ and target to δ⁽ᴸ⁾ = ∂E/∂u⁽ᴸ⁾ and the gradients of W⁽ᴸ⁾ and b⁽ᴸ⁾. */
export type IdentityGradients = (
  params: OutputParams,
  before: Matrix,
  target: Matrix,
) => { readonly delta: Matrix; readonly dW: Matrix; readonly db: Matrix };

/** δ of one output with a sigmoid, from u and the target. */
export type SigmoidDelta = (u: number, target: number) => number;

/** By which factor one δ differs from another, at u. */
export type LostFactor = (u: number) => number;

/**
 * One sample and its target, normal numbers, at an output layer with y = u and E = ½ ‖y − t‖².
 * @example
 * Object.keys(identityCase(3, 2).truth()) // ["delta", "dW", "db"]
 */
export function identityCase(inputs: number, outputs: number): Case<[IdentityGradients]> {
  const random = inputsOf(`identity ${inputs} ${outputs}`);
  const params = { W: normalMatrix(random, outputs, inputs), b: normalMatrix(random, outputs, 1) };
  const [before, target] = [normalMatrix(random, inputs, 1), normalMatrix(random, outputs, 1)];
  const loss = (u: Matrix) => meanSquaredError.forward(u, target).loss;
  const scores = ({ W, b }: OutputParams) => affine(W, before, b);
  return {
    probe: `${inputs}→${outputs}`,
    ask(identityGradients) {
      const { delta, dW, db } = identityGradients(params, before, target);
      return { delta, dW, db };
    },
    truth: () => ({
      ...byDifferences(({ u }) => loss(u), { u: scores(params) }, { u: "delta" }),
      ...byDifferences((moved) => loss(scores(moved)), params, { W: "dW", b: "db" }),
    }),
  };
}

/**
 * One output with a sigmoid, at u: both δ, and what the slope of the sigmoid is there.
 * @example
 * sigmoidCase(0, 1).truth()["δ of MSE"].value // ≈ -0.125000000
 */
export function sigmoidCase(u: number, target: number): Case<[SigmoidDelta, SigmoidDelta, LostFactor]> {
  const t = column([target]);
  const lossOf = (loss: Loss, prediction: Matrix) => loss.forward(prediction, t).loss;
  return {
    probe: `u = ${u}, t = ${target}`,
    ask: (ofSquaredError, ofCrossEntropy, lostFactor) => ({
      "δ of MSE": ofSquaredError(u, target),
      "δ of BCE": ofCrossEntropy(u, target),
      factor: lostFactor(u),
    }),
    truth: () => ({
      "δ of MSE": slopeAt(u, (moved) => lossOf(meanSquaredError, sigmoid.apply(moved))),
      "δ of BCE": slopeAt(u, (moved) => lossOf(sigmoidBinaryCrossEntropy, moved)),
      factor: slopeAt(u, (moved) => sigmoid.f(moved.data[0])),
    }),
  };
}

function slopeAt(u: number, f: (moved: Matrix) => number): Truth {
  const { slope } = byDifferences(({ slope: moved }) => f(moved), { slope: column([u]) });
  return { ...slope, value: (slope.value as Matrix).data[0] };
}
