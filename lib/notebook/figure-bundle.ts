import type { Figure } from "../figures/figure";
import { figureToSvg } from "../figures/svg";
import type { Bundle } from "./display";

/** Fills the page, and shows no advertisement. */
const config = { responsive: true, displaylogo: false };

/**
 * A figure as one output: Plotly's JSON for JupyterLab, a static SVG for GitHub and for pages without scripts, and
 * the text, which is also the picture's alternative text.
 * @example
 * Object.keys(figureBundle({ data: [{ y: [1, 2] }], layout: {}, text: "a line" }).data) // ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]
 */
export function figureBundle(figure: Figure): Bundle {
  return {
    data: {
      "application/vnd.plotly.v1+json": {
        data: figure.data,
        layout: figure.layout,
        config,
        ...(figure.frames ? { frames: figure.frames } : {}),
      },
      "image/svg+xml": figureToSvg(figure),
      "text/plain": figure.text,
    },
    metadata: { "image/svg+xml": { alt: figure.text } },
  };
}
