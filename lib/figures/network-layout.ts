import { textWidth } from "./text-width";

/** A node of a network diagram. */
export interface NetworkNode {
  /** Written into the circle. */
  readonly name: string;
  /** Written beside it, by symbol: { z: 0.5, a: 0.4621 }. */
  readonly values?: { readonly [symbol: string]: number };
}

/** A layer by its nodes, or by their number alone, of which then at most five are drawn. */
export interface NetworkLayer {
  readonly title: string;
  /** What the layer computes, line by line, for example ["z¹ = W¹x + b¹", "a¹ = tanh z¹"]. */
  readonly formulas?: readonly string[];
  readonly nodes: readonly NetworkNode[] | number;
}

/** A node with its place: x is the layer's number, y lies between −1 and 1, counted upwards. */
export interface Placed extends NetworkNode {
  readonly layer: number;
  /** Its number in the layer, from 0. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

const drawnOfMany = 5;

/**
 * The nodes that are drawn, and for layers that are cut short the place of the dots.
 * @example
 * placeNodes([{ title: "in", nodes: 1 }, { title: "out", nodes: 2 }]).nodes.map(({ y }) => y) // [0, 1, -1]
 * placeNodes([{ title: "pixels", nodes: 784 }]).dots // [{ x: 0, y: -0.19999999999999996, count: 784 }]
 */
export function placeNodes(layers: readonly NetworkLayer[]): {
  nodes: Placed[];
  dots: { x: number; y: number; count: number }[];
} {
  const nodes: Placed[] = [];
  const dots: { x: number; y: number; count: number }[] = [];
  const tallest = Math.max(...layers.map((layer) => drawn(layer)));
  layers.forEach((layer, x) => {
    const n = drawn(layer);
    const spread = tallest === 1 ? 0 : (n - 1) / (tallest - 1);
    const cut = sizeOf(layer) > n;
    const slots = cut ? n + 1 : n;
    const y = (slot: number) => (slots === 1 ? 0 : spread * (1 - (2 * slot) / (slots - 1)));
    for (let k = 0; k < n; k++) {
      const slot = cut && k >= 3 ? k + 1 : k;
      const index = cut && k >= 3 ? sizeOf(layer) - (n - k) : k;
      const given = typeof layer.nodes === "number" ? { name: "" } : layer.nodes[index];
      nodes.push({ ...given, layer: x, index, x, y: y(slot) });
    }
    if (cut) dots.push({ x, y: y(3), count: sizeOf(layer) });
  });
  return { nodes, dots };
}

/**
 * The number of nodes of a layer, drawn or not.
 * @example
 * sizeOf({ title: "pixels", nodes: 784 }) // 784
 */
export function sizeOf(layer: NetworkLayer): number {
  return typeof layer.nodes === "number" ? layer.nodes : layer.nodes.length;
}

/**
 * How wide a diagram must be in px for its headings, in small text, not to meet: a figure's `meta.leastWidth`, below
 * which a report lets it scroll.
 * @example
 * leastWidth([{ title: "input", nodes: 2 }, { title: "output", nodes: 1 }]) // 115
 */
export function leastWidth(layers: readonly NetworkLayer[]): number {
  const widths = layers.map(({ title, formulas = [] }) =>
    Math.max(1.1 * textWidth(title, 11.5), ...formulas.map((formula) => textWidth(formula, 11.5))),
  );
  const pairs = widths.slice(1).map((width, l) => (width + widths[l]) / 2 + 10);
  // the outer headings have 0.42 of the distance between layers beside their middle
  const distance = Math.max(...pairs, widths[0] / 0.84, widths[widths.length - 1] / 0.84);
  return Math.ceil(distance * (layers.length - 0.16)) + 24;
}

function drawn(layer: NetworkLayer): number {
  return typeof layer.nodes === "number" ? Math.min(drawnOfMany, layer.nodes) : layer.nodes.length;
}
