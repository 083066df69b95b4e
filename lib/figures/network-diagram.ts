import { type Matrix, shape } from "../matrix";
import { counted, type Figure, sixDigits } from "./figure";
import { directionStyles } from "./meanings";
import { edgeTrace, legendEntry, plainEdges, signOf, signs } from "./network-edges";
import { leastWidth, type NetworkLayer, type Placed, placeNodes, sizeOf } from "./network-layout";
import { baseLayout, ink } from "./theme";

/** The edges between two layers. */
export interface NetworkEdges {
  readonly name: string;
  /** Each edge's number, row per target, column per source: weights or their gradients; none unless given. */
  readonly values?: Matrix;
  /** Which way these arrows point, if it is not the figure's. */
  readonly direction?: "forward" | "backward";
  /** The size of number that is drawn widest; the largest of the figure unless given. */
  readonly largest?: number;
}

/** What a network diagram shows. */
export interface NetworkDiagramOptions {
  readonly title: string;
  readonly layers: readonly NetworkLayer[];
  /** For each pair of neighbouring layers what its edges carry. */
  readonly edges?: readonly NetworkEdges[];
  /** Which way the arrows point: forward along the activations, backward along the gradients. */
  readonly direction?: "forward" | "backward";
  /** The layer whose numbers appear in a step of an animation, which way they come, and the most lines at a node. */
  readonly active?: { readonly layer: number; readonly way: "forward" | "backward"; readonly lines: number };
  /** Decimals of all numbers, trailing zeros dropped; 4 by default. */
  readonly decimals?: number;
  readonly height?: number;
}

/** Where on an edge its number stands: before the middle, where edges cross. */
const labelAt = 0.4;
/** In px: the circles, a line of small text, and the space above and below the drawing. */
const circle = 38;
const textLine = 15;
const above = 44;
const below = 40;
/** In px: the room within a phone's figure. */
const phone = 340;

/**
 * A network layer by layer, with numbers at nodes and edges. Edges with a positive number are blue and solid, with a
 * negative one vermilion and dashed, and wider for larger numbers. For the backward pass give the gradients as the
 * numbers and the direction "backward".
 * @throws if there are fewer than two layers, or a matrix has not the shape of its two layers
 * @example
 * networkDiagram({ title: "Net", layers: [{ title: "input", nodes: [{ name: "x", values: { x: 2 } }] }, { title: "output", nodes: [{ name: "y" }] }], edges: [{ name: "W", values: matrix([[-0.5]]) }] }).text // "Net, forward: layers of 1, 1 nodes. input: x: x = 2. output: y. W (1×1): x to y -0.5."
 */
export function networkDiagram(options: NetworkDiagramOptions): Figure {
  const { title, layers, edges = [], direction = "forward", active, decimals = 4 } = options;
  if (layers.length < 2) throw new Error(`figure "${title}": a network has at least two layers`);
  edges.forEach(({ name, values }, l) => {
    const [rows, cols] = [sizeOf(layers[l + 1]), sizeOf(layers[l])];
    if (values && (values.rows !== rows || values.cols !== cols))
      throw new Error(`figure "${title}": ${name} is ${shape(values)}, its layers need ${rows}×${cols}`);
  });
  const { nodes, dots } = placeNodes(layers);
  const shown = (value: number) => String(Number(value.toFixed(decimals)));
  const largest = Math.max(
    ...edges.flatMap(({ values }) => Array.from(values?.data ?? [], Math.abs)),
    1e-300,
  );
  const drawn = nodes.flatMap((from) =>
    nodes
      .filter((to) => to.layer === from.layer + 1)
      .map((to) => {
        const values = edges[from.layer]?.values;
        return { from, to, value: values?.data[to.index * values.cols + from.index] };
      }),
  );
  const least = leastWidth(layers);
  const hidden = { visible: false, fixedrange: true };
  const headLines = 1 + Math.max(...layers.map(({ formulas = [] }) => formulas.length));
  const lines = Math.max(active?.lines ?? 0, ...nodes.map(({ values = {} }) => Object.keys(values).length));
  const room = circle / 2 + textLine * lines + 12;
  const tallest = Math.max(...layers.map((layer) => Math.min(6, sizeOf(layer))));
  const span = tallest > 5 ? 240 : 110 * (tallest - 1);
  return {
    data: [
      ...(edges.length > 0
        ? drawn.map((edge) => {
            const own = edges[edge.from.layer];
            return edgeTrace(edge, own?.largest ?? largest, own?.direction ?? direction);
          })
        : [plainEdges(drawn)]),
      ...signs.filter((sign) => active || drawn.some(({ value }) => signOf(value) === sign)).map(legendEntry),
      {
        type: "scatter",
        mode: "markers+text",
        x: nodes.map(({ x }) => x),
        y: nodes.map(({ y }) => sixDigits(y)),
        text: nodes.map(({ name }) => name),
        textfont: { color: ink },
        marker: {
          size: nodes.some(({ name }) => name) ? circle : 22,
          ...(active
            ? activeLook(nodes, active)
            : { color: "#F2F2F2", line: { color: "#8A8A8A", width: 1.5 } }),
        },
        hoverinfo: "skip",
        showlegend: false,
      },
    ],
    layout: baseLayout(title, options.height ?? above + textLine * headLines + 2 * room + span + below, {
      ...(least > phone ? { meta: { leastWidth: least } } : {}),
      margin: { l: 12, r: 12, t: above + textLine * headLines, b: below },
      xaxis: { ...hidden, range: [-0.42, layers.length - 0.58] },
      yaxis: { ...hidden, range: [-1 - (2 * room) / (span || 1), 1 + (2 * room) / (span || 1)] },
      ...(edges.length > 0 ? { legend: { y: 0 } } : { showlegend: false }),
      annotations: [
        ...layers.map((layer, x) => headline(layer, x)),
        ...nodes.flatMap((node) => valuesBeside(node, shown)),
        ...drawn.flatMap(({ from, to, value }) =>
          value === undefined ? [] : [edgeLabel(from, to, shown(value))],
        ),
        ...dots.map(({ x, y, count }) => note(x, sixDigits(y), `⋮ ${count}`)),
      ],
    }),
    text: inWords(options, nodes, shown),
  };
}

/** The nodes of the active layer in the colours of its direction. */
function activeLook(
  nodes: readonly Placed[],
  { layer, way }: { layer: number; way: "forward" | "backward" },
) {
  const { colour, tint } = directionStyles[way];
  const each = <T>(on: T, off: T) => nodes.map((node) => (node.layer === layer ? on : off));
  return { color: each(tint, "#F2F2F2"), line: { color: each(colour, "#8A8A8A"), width: each(3, 1.5) } };
}

function note(x: number, y: number | null, text: string, extra: { [attribute: string]: unknown } = {}) {
  return { x, y, text, showarrow: false, ...extra };
}

function headline({ title, formulas = [] }: NetworkLayer, x: number) {
  const lines = [`<b>${title}</b>`, ...formulas].join("<br>");
  return note(x, 1, lines, { yref: "paper", yanchor: "bottom", font: { size: 11.5 } });
}

/** Above the upper nodes and below the lower ones, out of the way of the edges. */
function valuesBeside({ x, y, values = {} }: Placed, shown: (value: number) => string) {
  const lines = Object.entries(values).map(([symbol, value]) => `${symbol} = ${shown(value)}`);
  if (lines.length === 0) return [];
  const upwards = y > 0;
  return [
    note(x, sixDigits(y), lines.join("<br>"), {
      yshift: (upwards ? 1 : -1) * (circle / 2 + 1),
      yanchor: upwards ? "bottom" : "top",
      font: { size: 12 },
    }),
  ];
}

function edgeLabel(from: Placed, to: Placed, text: string) {
  const at = (a: number, b: number) => a + labelAt * (b - a);
  return note(sixDigits(at(from.x, to.x)) as number, sixDigits(at(from.y, to.y)), text, {
    font: { size: 12, color: ink },
    bgcolor: "#FFFFFF",
    borderpad: 1,
  });
}

function inWords(
  { title, layers, edges = [], direction = "forward" }: NetworkDiagramOptions,
  nodes: Placed[],
  shown: (value: number) => string,
): string {
  const sizes = layers.map(sizeOf).join(", ");
  const described = layers.map((layer, l) => {
    const own = nodes.filter((node) => node.layer === l && node.name);
    const each = own.map(({ name, values = {} }) => {
      const numbers = Object.entries(values).map(([symbol, value]) => `${symbol} = ${shown(value)}`);
      return numbers.length > 0 ? `${name}: ${numbers.join(", ")}` : name;
    });
    const formula = layer.formulas ? ` (${layer.formulas.join(", ")})` : "";
    return `${layer.title}${formula}: ${each.length > 0 ? each.join("; ") : counted(sizeOf(layer), "node")}.`;
  });
  const connections = edges.flatMap(({ name, values }, l) => {
    if (values === undefined) return [];
    const sources = nodes.filter((node) => node.layer === l);
    const targets = nodes.filter((node) => node.layer === l + 1);
    const each = targets.flatMap((to) =>
      sources.map(
        (from) => `${from.name} to ${to.name} ${shown(values.data[to.index * values.cols + from.index])}`,
      ),
    );
    return `${name} (${shape(values)}): ${each.join(", ")}.`;
  });
  return [`${title}, ${direction}: layers of ${sizes} nodes.`, ...described, ...connections].join(" ");
}
