import type { Layer } from "../layer";
import { add, type Matrix } from "../matrix";
import type { Params } from "../params";
import type { Random } from "../random";

/** What one layer inside a network did in a forward pass. */
export interface TraceStep {
  /** Its place in the tree of parameters: "0", "3.branch.1"; "" for a network that is one layer. */
  readonly path: string;
  readonly name: string;
  readonly layer: Layer;
  /** Its own parameters; {} for the sum at the end of a residual layer, whose parts stand before it. */
  readonly params: Params;
  readonly input: Matrix;
  readonly output: Matrix;
}

/** A forward pass, layer by layer. */
export interface Trace {
  readonly output: Matrix;
  /** In the order of computation; a residual layer gives its branch, its projection if it has one, and its sum. */
  readonly steps: readonly TraceStep[];
  /** How the steps are composed and what their backward needs: for traceBackward. */
  readonly root: TraceNode;
}

/** A step in its place in the network, with what its layer's backward needs. */
export type TraceNode =
  | { readonly kind: "layer"; readonly step: TraceStep; readonly cache: unknown }
  | { readonly kind: "serial"; readonly nodes: readonly TraceNode[] }
  | {
      readonly kind: "residual";
      readonly branch: TraceNode;
      readonly shortcut: TraceNode;
      readonly step: TraceStep;
    };

/** A step with what came back to it. */
export interface BackwardStep extends TraceStep {
  /** ∂E/∂output */
  readonly dOutput: Matrix;
  /** ∂E/∂input */
  readonly dInput: Matrix;
  /** In the form of params. */
  readonly gradients: Params;
}

/** A backward pass, layer by layer. */
export interface BackwardTrace<P extends Params = Params> {
  readonly dInput: Matrix;
  /** Those of the whole network, in the form of its parameters. */
  readonly gradients: P;
  /** In the order of the forward pass. */
  readonly steps: readonly BackwardStep[];
}

/**
 * Runs a network forward and keeps the input and output of every layer in it, however deeply serial and residual layers
 * are nested: output = layer.forward(params, A, random).output, bit for bit, with the same draws.
 * @param A inputs×m, a sample a column
 * @throws what the layers throw
 * @example
 * import { dense, elementwise, serial } from "../layers"
 * import { relu } from "../activations"
 * const network = serial(dense(1, 1), elementwise(relu))
 * const params = [{ weights: matrix([[2]]), bias: matrix([[-3]]) }, {}]
 * trace(network, params, matrix([[1, 2]])).steps.map(({ path, name }) => [path, name]) // [["0", "dense"], ["1", "relu"]]
 * trace(network, params, matrix([[1, 2]])).steps[0].output // matrix([[-1, 1]])
 */
export function trace<P extends Params>(layer: Layer<P>, params: P, A: Matrix, random?: Random): Trace {
  const steps: TraceStep[] = [];
  const { output, node } = forward(layer as unknown as Layer, params, A, random, "", steps);
  return { output, steps, root: node };
}

/**
 * Sends ∂E/∂output back through a traced network and keeps what reaches every layer; dInput and gradients are those of
 * the network's own backward, bit for bit.
 * @param dOutput ∂E/∂output, e.g. `loss.backward(cache)`; E is the mean over the batch, so 1/m is in it
 * @throws if dOutput has not the shape of the output
 * @example
 * import { dense, elementwise, serial } from "../layers"
 * import { relu } from "../activations"
 * const network = serial(dense(1, 1), elementwise(relu))
 * const params = [{ weights: matrix([[2]]), bias: matrix([[-3]]) }, {}]
 * const back = traceBackward(trace(network, params, matrix([[1, 2]])), matrix([[1, 1]]))
 * back.steps[0].dOutput // matrix([[0, 1]])
 * back.dInput // matrix([[0, 2]])
 */
export function traceBackward<P extends Params = Params>(traced: Trace, dOutput: Matrix): BackwardTrace<P> {
  const found = new Map<TraceStep, Pick<BackwardStep, "dOutput" | "dInput" | "gradients">>();
  const { dInput, gradients } = backward(traced.root, dOutput, found);
  const steps = traced.steps.map((step) => ({ ...step, ...(found.get(step) as BackwardStep) }));
  return { dInput, gradients: gradients as P, steps };
}

function forward(
  layer: Layer,
  params: Params,
  A: Matrix,
  random: Random | undefined,
  path: string,
  steps: TraceStep[],
): { output: Matrix; node: TraceNode } {
  const below = (name: string | number) => (path === "" ? `${name}` : `${path}.${name}`);
  const { name, description } = layer;

  if (description?.kind === "serial") {
    const list = params as readonly Params[];
    if (list.length !== description.layers.length)
      throw new Error(
        `trace: the parameters of serial${path && ` (layer ${path})`} have ${list.length} entries for ${description.layers.length} layers (one for each)`,
      );
    let output = A;
    const nodes = description.layers.map((inner, l) => {
      const result = forward(inner, list[l], output, random, below(l), steps);
      output = result.output;
      return result.node;
    });
    return { output, node: { kind: "serial", nodes } };
  }

  if (description?.kind === "residual") {
    const { branch, shortcut } = description;
    const parts = params as { readonly branch: Params; readonly shortcut: Params };
    const F = forward(branch, parts.branch, A, random, below("branch"), steps);
    const way = shortcut.description;
    const isIdentity = way?.kind === "elementwise" && way.activation.name === "identity";
    const P = forward(shortcut, parts.shortcut, A, random, below("shortcut"), isIdentity ? [] : steps);
    const step = { path, name, layer, params: {}, input: A, output: add(P.output, F.output) };
    steps.push(step);
    return { output: step.output, node: { kind: "residual", branch: F.node, shortcut: P.node, step } };
  }

  const { output, cache } = layer.forward(params, A, random);
  const step = { path, name, layer, params, input: A, output };
  steps.push(step);
  return { output, node: { kind: "layer", step, cache } };
}

function backward(
  node: TraceNode,
  dOutput: Matrix,
  found: Map<TraceStep, Pick<BackwardStep, "dOutput" | "dInput" | "gradients">>,
): { dInput: Matrix; gradients: Params } {
  if (node.kind === "serial") {
    const gradients: Params[] = [];
    let dInput = dOutput;
    for (let l = node.nodes.length - 1; l >= 0; l--) {
      const step = backward(node.nodes[l], dInput, found);
      dInput = step.dInput;
      gradients[l] = step.gradients;
    }
    return { dInput, gradients };
  }
  if (node.kind === "residual") {
    const F = backward(node.branch, dOutput, found);
    const P = backward(node.shortcut, dOutput, found);
    const dInput = add(P.dInput, F.dInput);
    found.set(node.step, { dOutput, dInput, gradients: {} });
    return { dInput, gradients: { branch: F.gradients, shortcut: P.gradients } };
  }
  const { layer, params } = node.step;
  const { dInput, gradients } = layer.backward(params, node.cache, dOutput);
  found.set(node.step, { dOutput, dInput, gradients });
  return { dInput, gradients };
}
