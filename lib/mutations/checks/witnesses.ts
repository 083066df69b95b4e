import type { WitnessName } from "../../gradients/check-layer";
import { relativeError } from "../../gradients/compare";
import { dualArithmetic } from "../../gradients/dual";
import type { Objective } from "../../gradients/objective";
import { objectiveValue } from "../../gradients/objective";
import { objectiveAtPoint } from "../../gradients/objective-at-point";
import { full } from "../../matrix-entries";
import { randomState } from "../../random";
import type { Place, Subject } from "../subject";
import { type AsLayer, asLayer, tableOf } from "./as-layer";
import type { Judge } from "./check";

const right = <T>(thing: T): T => thing;

/**
 * Agreement with a witness that builds the thing again from its description, at a place; undefined where the subject
 * has no derivatives, is not tried there or the witness has no counterpart of it.
 * @example
 * import { subjects } from "../subjects"
 * agreesWith("dual numbers", subjects.batchNorm, "generic")((right) => right) // true
 */
export function agreesWith(witness: WitnessName, subject: Subject, place: Place): Judge | undefined {
  const truth = asLayer(subject, place, right);
  if (!truth || tableOf(truth, witness).absent.length > 0) return undefined;
  return (make) => {
    const tried = asLayer(subject, place, make);
    return tried !== undefined && tableOf(tried, witness).ok;
  };
}

/**
 * At extreme inputs: the value and the gradients are those of the dual numbers. undefined as for agreesWith.
 * @example
 * import { subjects } from "../subjects"
 * atExtremes(subjects.softmaxCrossEntropy)((right) => right) // true
 */
export function atExtremes(subject: Subject): Judge | undefined {
  const truth = asLayer(subject, "extremes", right);
  const gradients = agreesWith("dual numbers", subject, "extremes");
  if (!truth || !gradients) return undefined;
  const expected = valueByDualNumbers(truth);
  return (make) => {
    const tried = asLayer(subject, "extremes", make);
    return tried !== undefined && relativeError(ownValue(tried), expected, 1) < 1e-12 && gradients(make);
  };
}

const forward = ({ layer, params, A }: AsLayer) =>
  layer.forward(params, A, randomState(21).stream("forward")).output;

/** The loss, or without one the sum of the outputs. */
function objectiveOf(tried: AsLayer): Objective {
  const { loss, target } = tried.loss ?? {};
  if (loss && target) return { loss, target };
  const { rows, cols } = forward(tried);
  return { weights: full(rows, cols, 1) };
}

const ownValue = (tried: AsLayer) => objectiveValue(objectiveOf(tried), forward(tried));

function valueByDualNumbers(tried: AsLayer): number {
  const { layer, params, A } = tried;
  const random = randomState(21).stream("forward");
  return objectiveAtPoint(dualArithmetic(), layer, params, A, objectiveOf(tried), random).value;
}
