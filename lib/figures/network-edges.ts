import { sixDigits } from "./figure";
import type { Placed } from "./network-layout";
import { roles } from "./theme";

/** Where on an edge its arrow stands: past the middle, where edges cross. */
const arrowAt = 0.68;

/** A line between neighbouring layers, with its number if it has one. */
export interface Edge {
  readonly from: Placed;
  readonly to: Placed;
  readonly value: number | undefined;
}

/**
 * What an edge's colour tells.
 * @example
 * signOf(-0.5) // "negative"
 */
export const signOf = (value: number | undefined) =>
  value === undefined || value === 0 ? "none" : value > 0 ? "positive" : "negative";
const looks = {
  positive: { color: roles.positive, dash: "solid" },
  negative: { color: roles.negative, dash: "dash" },
  none: { color: "#9A9A9A", dash: "solid" },
};

/** The signs that the legend explains. */
export const signs = ["positive", "negative"] as const;

/**
 * Drawn nowhere, only named: an edge's own entry would show its arrow across the line.
 * @example
 * legendEntry("positive").name // "positive number"
 */
export function legendEntry(sign: "positive" | "negative") {
  const line = { ...looks[sign], width: 3 };
  return {
    type: "scatter",
    mode: "lines",
    name: `${sign} number`,
    x: [null],
    y: [null],
    line,
    showlegend: true,
  };
}

/**
 * An edge, wider for a larger number, with an arrow that points forward or backward.
 * @example
 * const [from, to] = [{ x: 0, y: 0 }, { x: 1, y: 1 }]
 * edgeTrace({ from, to, value: 0.5 }, 1, "backward").x // [1, 0.68, 0]
 * edgeTrace({ from, to, value: 0.5 }, 1, "forward").line.width // 3
 */
export function edgeTrace({ from, to, value }: Edge, largest: number, direction: "forward" | "backward") {
  const arrow = { x: from.x + arrowAt * (to.x - from.x), y: from.y + arrowAt * (to.y - from.y) };
  const way = direction === "forward" ? [from, arrow, to] : [to, arrow, from];
  const look = looks[signOf(value)];
  return {
    type: "scatter",
    mode: "lines+markers",
    x: way.map(({ x }) => sixDigits(x)),
    y: way.map(({ y }) => sixDigits(y)),
    line: { ...look, width: sixDigits(1 + (4 * Math.abs(value ?? 0)) / largest) },
    marker: { symbol: "arrow", angleref: "previous", size: [0, 13, 0], color: look.color, opacity: 1 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/**
 * Edges without numbers, all in one trace.
 * @example
 * plainEdges([{ from: { x: 0, y: 0 }, to: { x: 1, y: 1 } }]).x // [0, 1, null]
 */
export function plainEdges(edges: readonly Edge[]) {
  return {
    type: "scatter",
    mode: "lines",
    x: edges.flatMap(({ from, to }) => [from.x, to.x, null]),
    y: edges.flatMap(({ from, to }) => [sixDigits(from.y), sixDigits(to.y), null]),
    line: { color: looks.none.color, width: 0.75 },
    hoverinfo: "skip",
    showlegend: false,
  };
}
