import type { Figure } from "./figure";
import { tidySvg } from "./svg-tidy";
import { openPlotly, type PlotlyWindow, seed } from "./svg-window";

const staticWidth = 640;
let opened: PlotlyWindow | undefined;

/**
 * The figure as a static SVG, drawn by plotly.js in jsdom with the metrics of the bundled DejaVu Sans: no browser,
 * no font of the system, the same text on every run. 640 px wide unless the layout says otherwise.
 * Of an animation that is its `still`. The drawing is named by the figure's title and described by its text.
 * @throws whatever Plotly throws on data it cannot draw
 * @example
 * figureToSvg({ data: [{ y: [1, 2] }], layout: { title: { text: "T" } }, text: "a line" }).includes("<title>T</title>") // true
 */
export function figureToSvg({ still, text, ...whole }: Figure): string {
  const figure = still ?? whole;
  if (opened === undefined) opened = openPlotly();
  const { Plotly, document } = opened;
  // Plotly writes defaults into what it is given: it gets a copy.
  const json = JSON.stringify([figure.data, { width: staticWidth, height: 400, ...figure.layout }]);
  const [data, layout] = JSON.parse(json);
  const div = document.createElement("div");
  document.body.appendChild(div);
  seed(json);
  try {
    // newPlot draws before it returns; its promise only waits for animation frames, which nobody sees here.
    Plotly.newPlot(div, data, layout, { staticPlot: true }).catch(() => {});
    const svg = Plotly.Snapshot.toSVG(div, "svg", 1);
    const title = (figure.layout.title as { text?: string } | undefined)?.text ?? "Figure";
    return tidySvg(svg, { title: title.replace(/<br>/g, " "), text });
  } finally {
    Plotly.purge(div);
    div.remove();
  }
}
