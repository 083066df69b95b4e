import type { Figure } from "../../../../lib/figures/figure";
import type { Bundle } from "../../../../lib/notebook/display";

/** Fills the page, and shows no advertisement. */
const config = { responsive: true, displaylogo: false };

/** A figure as one output: Plotly's JSON, which JupyterLab and VS Code draw, and the text. */
export function figureBundle(figure: Figure): Bundle {
  return {
    data: {
      "application/vnd.plotly.v1+json": {
        data: figure.data,
        layout: figure.layout,
        config,
        ...(figure.frames ? { frames: figure.frames } : {}),
      },
      "text/plain": figure.text,
    },
  };
}
