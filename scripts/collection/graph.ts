import { layoutGraph } from "../../lib/figures/graph-layout";

/** A notebook in the drawn map; `before` are the names of its prerequisites. */
export interface MapNode {
  name: string;
  number: string;
  before: readonly string[];
}

/** In px. */
const box = { width: 148, height: 34 };
const gap = { x: 34, y: 14 };
const margin = 8;

/**
 * Prerequisites that are not already prerequisites of another one: an arrow for those is enough. What stands later, or
 * is no notebook, is a fault that the check names, and gets no arrow.
 */
export function direct(node: MapNode, nodes: readonly MapNode[]): string[] {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const name of nodes.find((each) => each.name === from)?.before ?? [])
      if (!seen.has(name)) reached(name, seen.add(name));
    return seen;
  };
  const earlier = nodes.slice(0, nodes.indexOf(node));
  const known = node.before.filter((name) => earlier.some((each) => each.name === name));
  return [...new Set(known)].filter((name) => !known.some((other) => reached(other).has(name)));
}

/**
 * The notebooks and what each builds on, from left to right, as SVG. `address` gives the link of a box; without it there
 * are none, as in a picture. Colours follow the reader's setting; in a page they are the page's own.
 */
export function mapDrawing(
  nodes: readonly MapNode[],
  title: string,
  address?: (name: string) => string,
): string {
  const layout = layoutGraph(
    nodes.map((node) => ({
      inputs: direct(node, nodes).map((name) => nodes.findIndex((each) => each.name === name)),
    })),
  );
  const x = (layer: number) => margin + layer * (box.width + gap.x);
  const y = (place: number) => margin + (layout.extent - place) * (box.height + gap.y);
  const width = x(layout.layers - 1) + box.width + margin;
  const height = y(-layout.extent) + box.height + margin;
  const middle = (place: number) => round(y(place) + box.height / 2);
  const edges = layout.edges.map(({ points }) => {
    const way = points.slice(1).map((point, k) => {
      const [from, to] = [x(points[k].x) + (k === 0 ? box.width : box.width / 2), x(point.x)];
      const end = k === points.length - 2 ? to : to + box.width / 2;
      const half = (from + end) / 2;
      return `C${half} ${middle(points[k].y)} ${half} ${middle(point.y)} ${end} ${middle(point.y)}`;
    });
    return `<path d="M${x(points[0].x) + box.width} ${middle(points[0].y)}${way.join("")}"/>`;
  });
  const boxes = nodes.map(({ name, number }, k) => {
    const place = layout.nodes[k];
    const words = name.replace(/^\d+-/, "").replaceAll("-", " ");
    const drawn =
      `<rect x="${x(place.x)}" y="${round(y(place.y))}" width="${box.width}" height="${box.height}" rx="5"/>` +
      fitted(`${number} ${words}`, x(place.x) + box.width / 2, middle(place.y) + 4.5);
    return address ? `<a href="${encodeURI(address(name))}">${drawn}</a>` : `<g>${drawn}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}" role="${address ? "group" : "img"}" aria-label="${title}">`,
    address ? "" : `<style>${STYLE}</style>`,
    `<g class="edges">${edges.join("")}</g>`,
    ...boxes,
    "</svg>",
  ]
    .filter(Boolean)
    .join("\n");
}

const STYLE =
  ".map rect{fill:#f6f6f3;stroke:#5a5f68}.map path{fill:none;stroke:#5a5f68}" +
  ".map text{font:13px system-ui,sans-serif;fill:#1d1f23;text-anchor:middle}" +
  "@media (prefers-color-scheme:dark){.map rect{fill:#1e2126;stroke:#a5abb5}.map path{stroke:#a5abb5}.map text{fill:#e2e3e6}}";

/** A label in its box; a long one is pressed together, whatever font the reader has. */
function fitted(label: string, x: number, y: number): string {
  const room = box.width - 12;
  const pressed = label.length * 7 > room ? ` textLength="${room}" lengthAdjust="spacingAndGlyphs"` : "";
  return `<text x="${x}" y="${round(y)}"${pressed}>${label}</text>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
