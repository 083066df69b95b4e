import type { Layer } from "../../layer";
import { flattenParams, type Params, withMatrices } from "../../params";
import type { Place, Subject } from "../subject";
import { asLayer, tableOf } from "./as-layer";
import type { Judge } from "./check";

const right = <T>(thing: T): T => thing;

/**
 * Agreement with differences of the thing's own forward at a place, within checkLayer's tolerance; undefined where the
 * subject has no derivatives or is not tried there.
 * @example
 * import { subjects } from "../subjects"
 * differencesAt(subjects.tanh, "generic")((right) => right) // true
 * differencesAt(subjects.tanh, "generic")((right) => ({ ...right, derivativeAt: right.apply })) // false
 */
export function differencesAt(subject: Subject, place: Place): Judge | undefined {
  if (!asLayer(subject, place, right)) return undefined;
  return (make) => {
    const tried = asLayer(subject, place, make);
    return tried !== undefined && tableOf(tried, "finite differences").ok;
  };
}

/**
 * The same on generic input within another tolerance.
 * @example
 * import { subjects } from "../subjects"
 * looseDifferences(subjects.tanh, 1e-2)((right) => right) // true
 * looseDifferences(subjects.adam, 1e-2) // undefined
 */
export function looseDifferences(subject: Subject, tolerance: number): Judge | undefined {
  if (!asLayer(subject, "generic", right)) return undefined;
  return (make) => {
    const tried = asLayer(subject, "generic", make);
    if (!tried) return false;
    const { rows } = tableOf(tried, "finite differences");
    return rows.every(({ relativeError, verdict }) => verdict !== "kink" && relativeError <= tolerance);
  };
}

const isWeights = (path: string) => /(^|\.)(weights|gain)$/.test(path);

/**
 * Agreement of the gradients of weights and gains alone, on generic input: those of biases, shifts and of the input are
 * not looked at. undefined for what has no weights.
 * @example
 * import { zeros } from "../../matrix"
 * import { subjects } from "../subjects"
 * const judge = weightsAlone(subjects.dense)
 * judge((right) => ({ ...right, backward: (p, c, d) => ({ ...right.backward(p, c, d), dInput: zeros(3, 5) }) })) // true
 */
export function weightsAlone(subject: Subject): Judge | undefined {
  const truth = asLayer(subject, "generic", right);
  if (!truth || !flattenParams(truth.params).some(({ path }) => isWeights(path))) return undefined;
  return (make) => {
    const tried = asLayer(subject, "generic", make);
    if (!tried) return false;
    return tableOf({ ...tried, layer: onlyWeights(tried.layer, truth.layer) }, "finite differences").ok;
  };
}

/** The layer with the right gradients in the place of all but those of its weights. */
function onlyWeights(layer: Layer, truth: Layer): Layer {
  return {
    ...layer,
    backward(params: Params, cache, dOutput) {
      const own = flattenParams(layer.backward(params, cache, dOutput).gradients);
      const expected = truth.backward(params, cache, dOutput);
      const merged = flattenParams(expected.gradients).map(({ path, value }) => {
        if (!isWeights(path)) return value;
        return own.find((one) => one.path === path)?.value ?? value;
      });
      return { gradients: withMatrices(expected.gradients, merged), dInput: expected.dInput };
    },
  };
}
