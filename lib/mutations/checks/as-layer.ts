import { type Activation, identity } from "../../activations";
import { type CheckOptions, checkLayer, type WitnessName } from "../../gradients/check-layer";
import type { GradientTable } from "../../gradients/compare";
import type { Layer } from "../../layer";
import { elementwise } from "../../layers";
import type { Loss } from "../../losses";
import type { Matrix } from "../../matrix";
import type { Params } from "../../params";
import { randomState } from "../../random";
import type { Make } from "../mutation";
import { activationPoint, layerPoint, lossPoint } from "../points";
import type { Place, Subject } from "../subject";

/** A thing with derivatives, as a layer at a point. */
export interface AsLayer {
  readonly layer: Layer;
  readonly params: Params;
  readonly A: Matrix;
  /** The loss behind it; without one the scalar is a weighted sum of the output. */
  readonly loss?: Pick<CheckOptions, "loss" | "target">;
}

/**
 * The thing that `make` makes as a layer at a place: a layer itself, an activation applied to every entry, a loss
 * behind the identity; undefined where the subject has no derivatives or is not tried there.
 * @example
 * import { subjects } from "../subjects"
 * asLayer(subjects.hinge, "generic", (right) => right).layer.name // "identity"
 * asLayer(subjects.adam, "generic", (right) => right) // undefined
 */
export function asLayer(subject: Subject, place: Place, make: Make): AsLayer | undefined {
  if (subject.kind === "layer") {
    const point = layerPoint(subject, place);
    return point && { layer: make(point.layer) as Layer, params: point.params, A: point.A };
  }
  if (subject.kind === "loss") {
    const point = lossPoint(subject, place);
    if (!point) return undefined;
    const { prediction: A, target } = point;
    return { layer: asGeneral(identity), params: {}, A, loss: { loss: make(subject.right) as Loss, target } };
  }
  if (subject.kind === "activation") {
    const A = activationPoint(subject, place);
    return A && { layer: asGeneral(make(subject.right) as Activation), params: {}, A };
  }
  return undefined;
}

const asGeneral = (activation: Activation) => elementwise(activation) as unknown as Layer;

/**
 * The comparison with one witness.
 * @example
 * import { subjects } from "../subjects"
 * tableOf(asLayer(subjects.hinge, "generic", (right) => right), "dual numbers").ok // true
 */
export function tableOf({ layer, params, A, loss }: AsLayer, witness: WitnessName): GradientTable {
  return checkLayer(layer, params, A, { ...loss, random: randomState(21), witnesses: [witness] });
}
