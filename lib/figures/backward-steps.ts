import { type Matrix, shape } from "../matrix";
import type { Figure } from "./figure";
import { type Frame, frames } from "./frames";
import { type NetworkDiagramOptions, type NetworkEdges, networkDiagram } from "./network-diagram";
import { leastWidth } from "./network-layout";

/** What a node computes on the way forward, and what reaches it on the way back, by symbol: { z: 0.5, a: 0.4621 }, { δ: −0.26 }. */
export interface SteppedNode {
  readonly name: string;
  readonly forward?: { readonly [symbol: string]: number };
  readonly backward?: { readonly [symbol: string]: number };
}

/** A layer, the input first; formulas as in a network diagram. */
export interface SteppedLayer {
  readonly title: string;
  readonly formulas?: readonly string[];
  readonly nodes: readonly SteppedNode[];
}

/** The weights between two layers and their gradients, row per target, column per source. */
export interface SteppedWeights {
  readonly name: string;
  readonly values: Matrix;
  readonly gradients: Matrix;
}

/** A network, and all numbers of one forward and one backward pass through it. */
export interface BackwardStepsOptions {
  readonly title: string;
  readonly layers: readonly SteppedLayer[];
  /** One for each pair of neighbouring layers. */
  readonly weights: readonly SteppedWeights[];
  /** What the loss is called and how large it is: { E: 0.1274 }. */
  readonly loss?: { readonly [symbol: string]: number };
  /** Decimals of all numbers, trailing zeros dropped; 4 by default. */
  readonly decimals?: number;
}

/** Everything that a step shows: what was reached before, and the layer that is reached in it. */
interface Step {
  readonly note: string;
  readonly layer: number;
  readonly way: "forward" | "backward";
  /** Layers up to which values, from which δ, and weights from which gradients are shown. */
  readonly valuesTo: number;
  readonly errorsFrom: number;
  readonly gradientsFrom: number;
}

/**
 * Backpropagation step by step, as an animation over a network diagram: the values appear layer by layer, then, from the
 * output back, each layer's δ and the gradients of the weights before it. Edges show the weight that a value came along,
 * and later its gradient, with arrows that point back. The text gives every number in the order of the steps.
 * @throws if there are not weights for each pair of neighbouring layers, or a matrix has not the shape of its layers
 * @example
 * const layers = [{ title: "input", nodes: [{ name: "x", forward: { x: 2 } }] }, { title: "output", nodes: [{ name: "y", forward: { y: 1 }, backward: { δ: 0.5 } }] }]
 * const figure = backwardSteps({ title: "Unit", layers, weights: [{ name: "w", values: matrix([[0.5]]), gradients: matrix([[1]]) }], loss: { E: 0.125 } })
 * figure.text // "Unit. 4 steps. 0: the input: x = 2. 1: forward to output: y = 1; loss E = 0.125. 2: back to output: δ = 0.5. 3: gradient of w: 1."
 */
export function backwardSteps(options: BackwardStepsOptions): Figure {
  const { title, layers } = options;
  check(options);
  const steps = stepsOf(options);
  const list = steps.map(
    (step, k): Frame => ({ name: String(k), note: step.note, figure: drawn(options, step) }),
  );
  const last = layers.length - 1;
  return frames({
    title,
    step: "step",
    frames: list,
    duration: 1500,
    still: {
      frames: [0, last, last + 1, list.length - 1],
      columns: 2,
      height: heightOf(list[0].figure),
      width: Math.max(720, 2 * leastWidth(layers)),
    },
    text: `${title}. ${list.length} steps. ${list.map(({ name, note }) => `${name}: ${note}.`).join(" ")}`,
  });
}

function check({ title, layers, weights }: BackwardStepsOptions): void {
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  if (layers.length < 2) throw wrong(`${layers.length} layers, a network has at least two`);
  if (weights.length !== layers.length - 1)
    throw wrong(`${weights.length} weights for ${layers.length} layers (one for each pair of neighbours)`);
  weights.forEach(({ name, values, gradients }, l) => {
    const needed = `${layers[l + 1].nodes.length}×${layers[l].nodes.length}`;
    for (const [what, matrix] of [
      [name, values],
      [`the gradient of ${name}`, gradients],
    ] as const)
      if (shape(matrix) !== needed) throw wrong(`${what} is ${shape(matrix)}, its layers need ${needed}`);
  });
}

function stepsOf({ layers, weights, loss = {}, decimals = 4 }: BackwardStepsOptions): Step[] {
  const last = layers.length - 1;
  const shown = (value: number) => String(Number(value.toFixed(decimals)));
  const numbers = (l: number, side: "forward" | "backward") => {
    const own = layers[l].nodes.flatMap((node) => {
      const values = Object.entries(node[side] ?? {}).map(([symbol, value]) => `${symbol} = ${shown(value)}`);
      if (values.length === 0) return [];
      // with one node, or where the symbol is the node's name, the node need not be named
      const named = layers[l].nodes.length > 1 && node[side]?.[node.name] === undefined;
      return [named ? `${node.name} ${values.join(", ")}` : values.join(", ")];
    });
    return own.length > 0 ? `: ${own.join("; ")}` : "";
  };
  const losses = Object.entries(loss)
    .map(([symbol, value]) => `; loss ${symbol} = ${shown(value)}`)
    .join("");
  const forward = layers.map(
    ({ title }, l): Step => ({
      note: `${l === 0 ? "the input" : `forward to ${title}`}${numbers(l, "forward")}${l === last ? losses : ""}`,
      layer: l,
      way: "forward",
      valuesTo: l,
      errorsFrom: last + 1,
      gradientsFrom: last,
    }),
  );
  const backward = weights
    .map(({ name, gradients }, l): Step[] => {
      const found = Array.from(gradients.data, shown).join(", ");
      const rows = gradients.rows > 1 ? `, row by row: ${found}` : `: ${found}`;
      const common = { layer: l + 1, way: "backward", valuesTo: last, errorsFrom: l + 1 } as const;
      return [
        {
          ...common,
          note: `back to ${layers[l + 1].title}${numbers(l + 1, "backward")}`,
          gradientsFrom: l + 1,
        },
        { ...common, note: `gradient of ${name}${rows}`, gradientsFrom: l },
      ];
    })
    .reverse()
    .flat();
  return [...forward, ...backward];
}

/** The network as a step shows it: what is not reached yet has no numbers, and plain edges. */
function drawn({ title, layers, weights, decimals }: BackwardStepsOptions, step: Step): Figure {
  const largest = (of: (one: SteppedWeights) => Matrix) =>
    Math.max(...weights.flatMap((one) => Array.from(of(one).data, Math.abs)), 1e-300);
  const edges = weights.map(({ name, values, gradients }, l): NetworkEdges => {
    if (l >= step.gradientsFrom)
      return {
        name: `gradient of ${name}`,
        values: gradients,
        direction: "backward",
        largest: largest((one) => one.gradients),
      };
    return l < step.valuesTo ? { name, values, largest: largest((one) => one.values) } : { name };
  });
  const lines = Math.max(
    ...layers.flatMap(({ nodes }) =>
      nodes.map(({ forward = {}, backward = {} }) => Object.keys({ ...forward, ...backward }).length),
    ),
  );
  const options: NetworkDiagramOptions = {
    title,
    layers: layers.map(({ nodes, ...layer }, l) => ({
      ...layer,
      nodes: nodes.map(({ name, forward, backward }) => ({
        name,
        values: { ...(l <= step.valuesTo ? forward : {}), ...(l >= step.errorsFrom ? backward : {}) },
      })),
    })),
    edges,
    active: { layer: step.layer, way: step.way, lines },
    decimals,
  };
  return networkDiagram(options);
}

/** In px, without the title. */
const heightOf = ({ layout }: Figure) => Number(layout.height) - 44;
