import type { Layer } from "../layer";
import { type Matrix, shape } from "../matrix";
import { flattenParams, type Params } from "../params";
import type { Random } from "../random";

/** A gradient that a layer's backward returned, with the names under which a table and a failure show it. */
export interface HandWritten {
  /** "0.weights", or "input" */
  readonly parameter: string;
  /** "dense.backward (layer 0): dWeights" */
  readonly subject: string;
  readonly gradient: Matrix;
}

/**
 * Runs a layer forward and backward, and returns its gradients of all parameters and of the input.
 * @param derivative ∂E/∂output for an output
 * @param random what forward draws from, where the layer is random
 * @throws if a gradient is missing, has another shape than its parameter, or belongs to none
 * @example
 * import { dense } from "../layers"
 * const layer = dense(2, 1)
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * handWrittenGradients(layer, params, matrix([[1], [2]]), (output) => output).map((g) => g.subject) // ["dense.backward: dWeights", "dense.backward: dBias", "dense.backward: dInput"]
 * const lazy = { ...layer, backward: () => ({ dInput: matrix([[0], [0]]), gradients: { weights: matrix([[0, 0]]) } }) }
 * handWrittenGradients(lazy, params, matrix([[1], [2]]), (output) => output) // throws /dense.backward: dBias is missing/
 */
export function handWrittenGradients<P extends Params>(
  layer: Layer<P>,
  params: P,
  A: Matrix,
  derivative: (output: Matrix) => Matrix,
  random?: Random,
): HandWritten[] {
  const { output, cache } = layer.forward(params, A, random);
  const { gradients, dInput } = layer.backward(params, cache, derivative(output)) ?? {};
  if (!gradients)
    throw new Error(`${layer.name}.backward: no gradients (backward returns { dInput, gradients })`);
  const found = new Map(flattenParams(gradients).map(({ path, value }) => [path, value]));
  const all = flattenParams(params).map(({ path, value }) => {
    const gradient = found.get(path);
    found.delete(path);
    return expectShape({ parameter: path, subject: subject(layer, path) }, gradient, value);
  });
  for (const path of found.keys()) throw new Error(`${subject(layer, path)} belongs to no parameter`);
  all.push(expectShape({ parameter: "input", subject: `${layer.name}.backward: dInput` }, dInput, A));
  return all;
}

function expectShape(
  names: { parameter: string; subject: string },
  gradient: Matrix | undefined,
  value: Matrix,
): HandWritten {
  if (!gradient) throw new Error(`${names.subject} is missing (backward returns { dInput, gradients })`);
  if (gradient.rows !== value.rows || gradient.cols !== value.cols)
    throw new Error(
      `${names.subject} is ${shape(gradient)}, ${names.parameter || "the parameter"} is ${shape(value)} (the shapes must be equal)`,
    );
  return { ...names, gradient };
}

/** Follows a path into serial and residual, to name the layer whose backward computed the gradient. */
function subject(layer: Layer, path: string): string {
  let innermost: Layer = layer;
  const names = path.split(".");
  const places: string[] = [];
  for (let inner = within(layer, names[0]); inner && names.length > 1; inner = within(inner, names[0])) {
    places.push(names.shift() as string);
    innermost = inner;
  }
  const where = places.length > 0 ? ` (layer ${places.join(".")})` : "";
  const parameter = names.join(".");
  return `${innermost.name}.backward${where}: d${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}`;
}

/** The layer inside a layer whose parameters stand under this name. */
function within({ description }: Layer, name: string): Layer | undefined {
  if (description?.kind === "serial") return description.layers[Number(name)];
  if (description?.kind === "residual") return description[name as "branch" | "shortcut"];
  return undefined;
}
