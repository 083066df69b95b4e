import assert from "node:assert/strict";
import type { Figure } from "../../lib/figures/figure";
import { figureToSvg } from "../../lib/figures/svg";
import { openPlotly } from "../../lib/figures/svg-window";
import { darkTemplate, lightTemplate } from "../../lib/figures/theme";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

/**
 * What holds for figures of every kind: Plotly's schema accepts them in both templates, they are plain JSON, they can be
 * drawn, their axes are named, and their text begins with their title.
 */
export function expectSound(kinds: { readonly [kind: string]: Figure }): void {
  const { Plotly } = openPlotly();
  for (const [kind, figure] of Object.entries(kinds)) {
    const { data, layout, text } = figure;
    for (const template of [lightTemplate, darkTemplate]) {
      const problems = Plotly.validate(data.map(unpacked), { ...layout, template }) ?? [];
      assert.deepEqual(
        // whatever a button's arguments are, the validator says that they were "reset" to what they are
        Array.from(problems, ({ msg }) => msg).filter((problem) => !/\.args\[\d\] /.test(problem)),
        [],
        kind,
      );
    }
    assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure, kind);
    const title = (layout as Loose).title.text.replace(/<br>/g, " ");
    assert.ok(title.length > 0 && text.startsWith(title), `${kind}: ${text}`);
    for (const [name, axis] of Object.entries(layout) as [string, Loose][])
      if (/^[xy]axis\d*$/.test(name))
        assert.ok(
          axis.visible === false || axis.showticklabels === false || axis.title?.text,
          `${kind}: ${name} has no title`,
        );
    assert.ok(figureToSvg(figure).includes("</svg>"), kind);
  }
}

/** Plotly draws packed values, but its validator wants the rows. */
export function unpacked(trace: Loose): Loose {
  if (!trace.z?.bdata) return trace;
  const bytes = Buffer.from(trace.z.bdata, "base64");
  const [rows, cols] = trace.z.shape.split(", ").map(Number);
  const at = (k: number) => (trace.z.dtype === "f4" ? bytes.readFloatLE(4 * k) : bytes[k]);
  const row = (i: number) => Array.from({ length: cols }, (_, j) => at(i * cols + j));
  return { ...trace, z: Array.from({ length: rows }, (_, i) => row(i)) };
}
