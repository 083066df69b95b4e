import type { Figure } from "./figure";
import { tidySvg } from "./svg-tidy";
import { openPlotly, type PlotlyWindow, seed } from "./svg-window";

const staticWidth = 640;
let opened: PlotlyWindow | undefined;

/**
 * The figure as a static SVG, drawn by plotly.js in jsdom with the metrics of the bundled DejaVu Sans: no browser,
 * no font of the system, the same text on every run. 640 px wide unless the layout says otherwise.
 * The drawing is named by the figure's title and described by its text.
 * @throws whatever Plotly throws on data it cannot draw
 */
export function figureToSvg(figure: Figure): string {
  if (opened === undefined) opened = openPlotly();
  const { Plotly, document } = opened;
  const layout = { width: staticWidth, height: 400, ...figure.layout };
  const div = document.createElement("div");
  document.body.appendChild(div);
  seed();
  try {
    // newPlot draws before it returns; its promise only waits for animation frames, which nobody sees here.
    Plotly.newPlot(div, clone(figure.data), clone(layout), { staticPlot: true }).catch(() => {});
    const svg = Plotly.Snapshot.toSVG(div, "svg", 1);
    const title = (figure.layout.title as { text?: string } | undefined)?.text ?? "Figure";
    return tidySvg(svg, { title: title.replace(/<br>/g, " "), text: figure.text });
  } finally {
    Plotly.purge(div);
    div.remove();
  }
}

/** Plotly writes defaults into what it is given. */
function clone<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
