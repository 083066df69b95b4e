import type { Figure } from "./figure";

/**
 * A figure with a second drawing for narrow pages, which the reports show where the figure's box is narrower than
 * `below` px; elsewhere the first one is shown. In the layout's `meta`, which Plotly leaves alone.
 * @throws if `below` is not positive
 * @example
 * const wide = { data: [{ y: [1, 2] }], layout: { height: 300 }, text: "T" }
 * const narrow = { data: [{ x: [1, 2] }], layout: { height: 500, template: {} }, text: "T" }
 * withNarrow(wide, narrow, 400).layout.meta // { narrow: { below: 400, data: [{ x: [1, 2] }], layout: { height: 500 } } }
 */
export function withNarrow(wide: Figure, narrow: Figure, below: number): Figure {
  if (!(below > 0)) throw new Error(`withNarrow: below is ${below} px, it must be positive`);
  const { template: _same, ...layout } = narrow.layout;
  const meta = { ...(wide.layout.meta as object | undefined), narrow: { below, data: narrow.data, layout } };
  return { ...wide, layout: { ...wide.layout, meta } };
}
