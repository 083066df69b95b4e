import type { Tape } from "../tape";
import { computedAs, localDerivatives } from "../tape/listing";
import type { Sweep, Variable } from "../tape/variable";
import { counted, type Figure, sixDigits } from "./figure";
import { edgeLabels, edgesTrace } from "./graph-edges";
import { layoutGraph } from "./graph-layout";
import { box, inShort, nodeLabel, nodeNotes, sweptText, textLine } from "./graph-nodes";
import { baseLayout } from "./theme";

/** What a drawing of a tape shows. */
export interface ComputationGraphOptions {
  readonly title: string;
  /** Variables whose computation is drawn, with all that led to them; all of the tape unless given. */
  readonly outputs?: readonly Variable[];
  /** What `backward` found: the adjoints stand below the nodes, and the arrows point backward. */
  readonly adjoints?: Sweep;
  /** What `tangents` found: the tangents stand below the nodes. */
  readonly tangents?: Sweep;
  /** Writes the local derivatives at the edges between numbers. */
  readonly localDerivatives?: boolean;
  /** Without values the graph is drawn as it stands before numbers are put in. */
  readonly values?: boolean;
  readonly height?: number;
}

/** In px: the space between rows, above and below them, and for each layer of a deep graph in a static drawing. */
const gap = 16;
const above = 44;
const below = 14;
const layerWidth = 72;
/** In px: a letter of a label, the space between two labels side by side, and the room within a phone's figure. */
const letterWidth = 6.2;
const apart = 8;
const phone = 340;
/** Beyond so many layers a graph is deep: its numbers and its labels get shorter, and its static drawing wider. */
const fewLayers = 8;

/**
 * The computation recorded on a tape as a graph from left to right: inputs in blue boxes, constants in dotted white
 * ones, operations in grey ones, with name and value above each. With adjoints the arrows point backward, along those
 * edges that carry one. The figure says how wide it must be for its labels not to meet.
 * @throws if the tape is empty, or an output or a sweep is another tape's
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.name("y", t.power(t.input("x", 3), 2))
 * computationGraph(t, { title: "Square", adjoints: t.backward(y) }).text // "Square. 2 nodes in 2 layers, from the inputs to the right. x = 3 (input), dx = 6; y = x² = 9, dy = 1."
 */
export function computationGraph(t: Tape, options: ComputationGraphOptions): Figure {
  const { title, adjoints, tangents, values = true } = options;
  const sweeps = [tangents, adjoints].filter((sweep): sweep is Sweep => sweep !== undefined);
  for (const { kind, list } of sweeps)
    if (list.length !== t.variables.length)
      throw new Error(
        `figure "${title}": ${kind}s of ${list.length} lines for a tape of ${t.variables.length} (sweep again after recording)`,
      );
  if (t.variables.length === 0) throw new Error(`figure "${title}": the tape is empty`);
  const drawn = drawnVariables(t, options);
  const placeOf = new Map(drawn.map((variable, k) => [variable, k]));
  const layout = layoutGraph(
    drawn.map(({ inputs }) => ({ inputs: inputs.map((input) => placeOf.get(input) as number) })),
  );
  const edges = layout.edges.map(({ from, to, points }) => ({ from: drawn[from], to: drawn[to], points }));
  const deep = layout.layers > fewLayers;
  const labels = drawn.map((variable) => nodeLabel(variable, sweeps, { values, deep }));
  const widest = Math.max(
    0,
    ...labels.flatMap(({ over, under }) => [...over, ...under]).map((text) => text.length),
  );
  const least = Math.ceil(layout.layers * (letterWidth * widest + apart));
  const lines = (k: "over" | "under") => Math.max(0, ...labels.map((label) => label[k].length));
  const pitch = box + textLine * (lines("over") + lines("under")) + gap;
  // a row has its box in the middle only if it has as many lines of text above it as below
  const shift = (textLine * (lines("over") - lines("under"))) / 2 / pitch;
  const height = Math.round(above + below + pitch * (2 * layout.extent + 1));
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [edgesTrace(edges, adjoints, options.localDerivatives)],
    layout: baseLayout(title, options.height ?? height, {
      showlegend: false,
      ...(deep
        ? { width: layerWidth * layout.layers }
        : least > phone
          ? { meta: { leastWidth: least } }
          : {}),
      margin: { l: 8, r: 8, t: above, b: below },
      xaxis: { ...hidden, range: [-0.55, layout.layers - 0.45] },
      yaxis: { ...hidden, range: [-layout.extent - 0.5 + shift, layout.extent + 0.5 + shift].map(sixDigits) },
      annotations: [
        ...(options.localDerivatives ? edgeLabels(edges, adjoints !== undefined) : []),
        ...drawn.flatMap((variable, k) => nodeNotes(variable, layout.nodes[k], labels[k], deep)),
      ],
    }),
    text: inWords(options, drawn, sweeps, layout.layers),
  };
}

/** The outputs with all that led to them, or all lines, in the order of the tape. */
function drawnVariables(t: Tape, { title, outputs }: ComputationGraphOptions): Variable[] {
  if (outputs === undefined) return [...t.variables];
  const needed = new Set<Variable>();
  for (const output of outputs) {
    if (t.variables[output.index] !== output)
      throw new Error(`figure "${title}": ${output.name} belongs to another tape`);
    needed.add(output);
  }
  for (const variable of [...t.variables].reverse())
    if (needed.has(variable)) for (const input of variable.inputs) needed.add(input);
  return t.variables.filter((variable) => needed.has(variable));
}

function inWords(
  { title, values = true, localDerivatives: withLocal }: ComputationGraphOptions,
  drawn: readonly Variable[],
  sweeps: readonly Sweep[],
  layers: number,
): string {
  const value = ({ value: X }: Variable) =>
    !values ? "" : X.data.length === 1 ? ` = ${inShort(X)}` : ` (${inShort(X)})`;
  const each = drawn
    .filter(({ kind, name, value }) => kind !== "constant" || name !== inShort(value))
    .map((variable) => {
      const { name, kind } = variable;
      const equation =
        kind === "operation"
          ? `${name} = ${computedAs(variable)}${value(variable)}`
          : `${name}${value(variable)} (${kind})`;
      const found = sweeps.flatMap((sweep) => sweptText(variable, sweep));
      return [equation, ...(withLocal ? localDerivatives(variable) : []), ...found].join(", ");
    });
  return `${title}. ${counted(drawn.length, "node")} in ${counted(layers, "layer")}, from the inputs to the right. ${each.join("; ")}.`;
}
