import { log } from "../kernels/functions";
import { wrapped } from "./figure";

/** The eight colours of Okabe and Ito (2008), told apart by people with any of the common colour deficiencies. */
export const okabeIto = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  yellow: "#F0E442",
  blue: "#0072B2",
  vermilion: "#D55E00",
  purple: "#CC79A7",
} as const;

/**
 * What each colour stands for, in every figure; meanings.ts has the styles of optimizers, activations and so on. Black and yellow are left out: one vanishes on a dark page, the
 * other on a white one.
 */
export const roles = {
  training: okabeIto.blue,
  test: okabeIto.vermilion,
  validation: okabeIto.green,
  reference: okabeIto.purple,
  positive: okabeIto.blue,
  negative: okabeIto.vermilion,
  boundary: "#444444",
  path: okabeIto.purple,
} as const;

/** Colour, tint (for areas) and marker of class 0, 1, 2, …: shape differs as well as colour. */
export const classes = [
  { colour: okabeIto.blue, tint: "#CCE3F0", symbol: "circle" },
  { colour: okabeIto.vermilion, tint: "#F7DFCC", symbol: "diamond" },
  { colour: okabeIto.green, tint: "#CCECE3", symbol: "triangle-up" },
  { colour: okabeIto.purple, tint: "#F5E4ED", symbol: "square" },
  { colour: okabeIto.orange, tint: "#FAECCC", symbol: "cross" },
  { colour: okabeIto.skyBlue, tint: "#DDF0FB", symbol: "star" },
] as const;

/** Series 0, 1, 2, …: colour, line style and marker. */
export const seriesStyles = [
  { colour: okabeIto.blue, dash: "solid", symbol: "circle" },
  { colour: okabeIto.vermilion, dash: "dash", symbol: "diamond" },
  { colour: okabeIto.green, dash: "dot", symbol: "triangle-up" },
  { colour: okabeIto.purple, dash: "dashdot", symbol: "square" },
  { colour: okabeIto.orange, dash: "longdash", symbol: "cross" },
  { colour: okabeIto.skyBlue, dash: "longdashdot", symbol: "star" },
] as const;

/** Negative to positive: vermilion, white at zero, blue. */
export const diverging = [
  [0, "#D55E00"],
  [0.25, "#F0B78C"],
  [0.5, "#FFFFFF"],
  [0.75, "#8CBFDC"],
  [1, "#0072B2"],
] as const;

/** Nothing to much: white to blue. */
export const sequential = [
  [0, "#FFFFFF"],
  [0.5, "#8CBFDC"],
  [1, "#0072B2"],
] as const;

/** Text on areas that stay light whatever the page: white tiles, tints, labels. */
export const ink = "#222222";

/** Verdana is about as wide as DejaVu Sans, on systems that lack it. */
export const fontFamily = "DejaVu Sans, Verdana, sans-serif";

function template(text: string, paper: string, grid: string, line: string) {
  const axis = {
    automargin: true,
    gridcolor: grid,
    linecolor: line,
    showline: true,
    tickcolor: line,
    ticks: "outside",
    ticklen: 4,
    title: { standoff: 8 },
    zeroline: false,
  };
  return {
    layout: {
      font: { family: fontFamily, size: 13, color: text },
      paper_bgcolor: paper,
      plot_bgcolor: paper,
      margin: { l: 56, r: 16, t: 52, b: 52 },
      title: {
        x: 0.02,
        xanchor: "left",
        y: 1,
        yref: "container",
        yanchor: "top",
        pad: { t: 14 },
        font: { size: 15 },
      },
      legend: { orientation: "h", x: 0, yanchor: "top" },
      xaxis: axis,
      yaxis: axis,
    },
  };
}

/**
 * The look of every figure, in one place of its layout (`layout.template`), where a dark page puts the other.
 * @example
 * lightTemplate.layout.paper_bgcolor // "#FFFFFF"
 */
export const lightTemplate = template(ink, "#FFFFFF", "#E3E3E3", "#8A8A8A");
/**
 * The same on a dark page.
 * @example
 * darkTemplate.layout.paper_bgcolor // "#161616"
 */
export const darkTemplate = template("#E6E6E6", "#161616", "#3A3A3A", "#8A8A8A");

/** An axis: its title says what is shown and in which unit. */
export interface Axis {
  readonly title: string;
  readonly scale?: "linear" | "log";
  /** In the units of the data, also for a logarithmic axis. */
  readonly range?: readonly [number, number];
}

/**
 * Plotly's attributes for an axis. Plotly wants the range of a logarithmic axis as exponents of ten.
 * @throws if a logarithmic range is not positive
 * @example
 * axisLayout({ title: "loss", scale: "log", range: [0.01, 10] }).range // [-2, 1]
 */
export function axisLayout(axis: Axis, extra: { [attribute: string]: unknown } = {}) {
  const log = axis.scale === "log";
  if (log && axis.range && !(axis.range[0] > 0 && axis.range[1] > 0))
    throw new Error(
      `axis "${axis.title}": a logarithmic range must be positive, it is ${axis.range.join(" to ")}`,
    );
  return {
    title: { text: axis.title },
    ...(log ? { type: "log", exponentformat: "power", dtick: 1 } : {}),
    ...(axis.range ? { range: log ? axis.range.map(decimalExponent) : [...axis.range] } : {}),
    ...extra,
  };
}

/** log₁₀ x from the digits of x, to four decimals and exact at powers of ten. */
function decimalExponent(x: number): number {
  const [digits, exponent] = x.toExponential().split("e").map(Number);
  return Number((exponent + log(digits) / Math.LN10).toFixed(4));
}

/**
 * Title, template and height in px: what all layouts share. Without a width a figure fills its page.
 * @example
 * baseLayout("Loss", 380).title // { text: "Loss" }
 */
export function baseLayout(title: string, height: number, extra: { [attribute: string]: unknown } = {}) {
  const text = wrapped(title);
  const titleLines = text.split("<br>").length;
  return {
    template: lightTemplate,
    // Plotly sets the first of several lines 0.7 of a line higher than a single one: that much is added.
    title: titleLines > 1 ? { text, pad: { t: 25 } } : { text },
    height,
    ...(titleLines > 1 ? { margin: { t: 34 + 20 * titleLines } } : {}),
    // 58 px below the axis, where its title ends, given as Plotly wants it: in heights of the plot.
    ...(extra.showlegend === false ? {} : { legend: { y: Number((-58 / (height - 140)).toFixed(3)) } }),
    ...extra,
  };
}
