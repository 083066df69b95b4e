import { brief, counted, type Figure, rounded } from "./figure";
import type { SeriesStyle } from "./meanings";
import { type Axis, axisLayout, baseLayout, seriesStyles } from "./theme";

/** One line: y over x, over 1, 2, 3, … where x is left out. */
export interface Series {
  readonly name: string;
  readonly y: ArrayLike<number>;
  readonly x?: ArrayLike<number>;
  /** One of the theme's colours; without it the colour of the series' place in the list. */
  readonly colour?: string;
  /** A style with a meaning, from meanings.ts. */
  readonly style?: SeriesStyle;
  readonly mode?: "lines" | "lines+markers" | "markers";
}

/** Title, axes and height in px. */
export interface LinesOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
}

/** More points than this are drawn without markers. */
const manyPoints = 25;

/**
 * Lines in one diagram, told apart by colour, dash and marker. The text gives each line's first and last value and
 * its range.
 * @throws if there is no series, one is empty, or x and y of one differ in length
 * @example
 * lines([{ name: "E", x: [0, 1], y: [4, 1] }], { title: "Error", x: { title: "w" }, y: { title: "E" } }).text // "Error. E over w: 4 at 0, 1 at 1; lowest 1 at 1, highest 4 at 0."
 */
export function lines(series: readonly Series[], options: LinesOptions): Figure {
  if (series.length === 0) throw new Error(`figure "${options.title}": there is no series to draw`);
  const complete = series.map((one) => ({ ...one, x: one.x ?? Array.from(one.y, (_, k) => k + 1) }));
  for (const { name, x, y } of complete) {
    if (y.length === 0) throw new Error(`figure "${options.title}": series "${name}" is empty`);
    if (x.length !== y.length)
      throw new Error(`figure "${options.title}": series "${name}" has ${x.length} x and ${y.length} y`);
  }
  const data = complete.map(({ name, x, y, colour, mode, style: given }, k) => {
    const style = given ?? seriesStyles[k % seriesStyles.length];
    const markers = y.length <= manyPoints;
    return {
      type: "scatter",
      mode: mode ?? (markers ? "lines+markers" : "lines"),
      name,
      x: rounded(x),
      y: rounded(y),
      line: { color: colour ?? style.colour, dash: style.dash, width: 2 },
      ...(markers || mode
        ? { marker: { color: colour ?? style.colour, symbol: style.symbol, size: 7 } }
        : {}),
    };
  });
  const layout = baseLayout(options.title, options.height ?? 380, {
    xaxis: axisLayout(
      options.x,
      ticksOf(
        options.x,
        complete.map(({ x }) => x),
      ),
    ),
    yaxis: axisLayout(
      options.y,
      ticksOf(
        options.y,
        complete.map(({ y }) => y),
      ),
    ),
    showlegend: series.length > 1,
  });
  const logarithmic = options.y.scale === "log" ? " The vertical axis is logarithmic." : "";
  return {
    data,
    layout,
    text: `${options.title}. ${complete.map((one) => inWords(one, options)).join(" ")}${logarithmic}`,
  };
}

/** More decades than this are not all labelled. */
const manyDecades = 10;

/** On a logarithmic axis over many decades every second, third, … gets a tick, so that labels do not overlap. */
function ticksOf({ scale, range }: Axis, values: readonly ArrayLike<number>[]): { dtick?: number } {
  if (scale !== "log") return {};
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of range ? [range] : values)
    for (const value of Array.from(list)) {
      if (!(value > 0 && Number.isFinite(value))) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const exponent = (value: number) => Number(value.toExponential().split("e")[1]);
  const decades = exponent(high) - exponent(low);
  return decades > manyDecades ? { dtick: Math.ceil(decades / (manyDecades - 2)) } : {};
}

function inWords(series: Required<Pick<Series, "name" | "x" | "y">>, options: LinesOptions): string {
  const { name, x, y } = series;
  const finite = Array.from(y, (_, k) => k).filter((k) => Number.isFinite(y[k]));
  const gaps = y.length - finite.length;
  const missing = gaps > 0 ? ` ${counted(gaps, "value")} of ${y.length} not finite.` : "";
  if (finite.length === 0) return `${name} over ${options.x.title}:${missing}`;
  const at = (k: number) => `${brief(y[k])} at ${brief(x[k])}`;
  const lowest = finite.reduce((best, k) => (y[k] < y[best] ? k : best));
  const highest = finite.reduce((best, k) => (y[k] > y[best] ? k : best));
  const ends = y.length === 1 ? at(finite[0]) : `${at(finite[0])}, ${at(finite[finite.length - 1])}`;
  return `${name} over ${options.x.title}: ${ends}; lowest ${at(lowest)}, highest ${at(highest)}.${missing}`;
}
