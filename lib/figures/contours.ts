import { log } from "../kernels/functions";
import type { Landscape } from "../landscapes/landscape";
import { column, type Matrix, shape } from "../matrix";
import { brief, counted, type Figure, packed, rounded, sixDigits } from "./figure";
import type { SeriesStyle } from "./meanings";
import { axisLayout, baseLayout, ink, seriesStyles } from "./theme";

/** The way of an optimizer: 2×(steps + 1), a column for each place, the start first. */
export interface ContourPath {
  readonly name: string;
  readonly points: Matrix;
  /** A style with a meaning, from meanings.ts; without it that of the path's place in the list. */
  readonly style?: SeriesStyle;
}

/** What a contour plot shows. */
export interface ContourOptions {
  readonly title: string;
  /** The rectangle that is drawn. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly paths?: readonly ContourPath[];
  /** Whether contours are levels of the value, or of the logarithm of its height above the lowest; default "log". */
  readonly scale?: "linear" | "log";
  /** How many contours there are, about; 16 by default. */
  readonly levels?: number;
  /** Points of the grid along each side; 121 by default. */
  readonly resolution?: number;
  readonly axes?: readonly [string, string];
  /** Draws a unit of both axes equally long. */
  readonly equalUnits?: boolean;
  readonly height?: number;
}

/** From low to high; pale, because paths are drawn on it. */
const heights = [
  [0, "#FFFFFF"],
  [0.5, "#E4E8EB"],
  [1, "#BFC8CE"],
] as const;
/** What a logarithmic scale adds to all heights above the lowest value, as a part of their median. */
const haze = 1e-2;

/**
 * The contours of a landscape of two dimensions, its minima as stars, and the paths of optimizers over it: a large
 * marker at each start, the places of short paths as small ones.
 * @throws if the landscape has not two dimensions, a range is empty, the scale is logarithmic and there is no lowest
 * value, or a path has not two rows and at least one column
 * @example
 * import { saddle } from "../landscapes/classics"
 * landscapeContour(saddle, { title: "Saddle", x: [-1, 1], y: [-1, 1], scale: "linear" }).text // "Saddle. Contours of saddle over x₁ from -1 to 1 and x₂ from -1 to 1, values from -1 to 1. It has no lowest value."
 */
export function landscapeContour(f: Landscape, options: ContourOptions): Figure {
  const { title, paths = [], axes = ["x₁", "x₂"] } = options;
  check(f, options);
  const grid = valuesOn(f, options);
  const fixed = (name: string, range: readonly [number, number], extra: object) =>
    axisLayout({ title: name, range }, { showgrid: false, constrain: "domain", ...extra });
  return {
    data: [contourTrace(f, grid, options), ...minimaTrace(f), ...paths.flatMap(pathTraces)],
    layout: baseLayout(title, options.height ?? 480, {
      showlegend: paths.length > 0 || f.minima.length > 0,
      xaxis: fixed(axes[0], options.x, {}),
      yaxis: fixed(axes[1], options.y, options.equalUnits ? { scaleanchor: "x" } : {}),
    }),
    text: inWords(f, grid, options),
  };
}

function check(f: Landscape, options: ContourOptions): void {
  const { title, x, y, paths = [], scale = "log", levels = 16, resolution = 121 } = options;
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  if (!(Number.isInteger(resolution) && resolution >= 2 && levels > 0))
    throw wrong(`resolution is ${resolution}, levels is ${levels} (at least 2 points and a level)`);
  if (f.dimensions !== 2) throw wrong(`${f.name} has ${f.dimensions} dimensions, a contour plot needs two`);
  for (const [low, high] of [x, y])
    if (!(low < high && Number.isFinite(high - low))) throw wrong(`the range ${low} to ${high} is empty`);
  if (scale === "log" && !Number.isFinite(f.lowest))
    throw wrong(`${f.name} has no lowest value for a logarithmic scale (give scale: "linear")`);
  for (const { name, points } of paths)
    if (points.rows !== 2 || points.cols === 0)
      throw wrong(`the path "${name}" is ${shape(points)}, it needs 2 rows and a column for each place`);
}

function valuesOn(f: Landscape, { x, y, resolution: n = 121 }: ContourOptions): Float64Array {
  const at = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * k) / (n - 1);
  const value = (_: unknown, k: number) => f.value(column([at(x, k % n), at(y, Math.floor(k / n))]));
  return Float64Array.from({ length: n * n }, value);
}

function contourTrace(f: Landscape, grid: Float64Array, options: ContourOptions) {
  const { x, y, scale = "log", levels = 16, resolution: n = 121 } = options;
  const logarithmic = scale === "log" ? logarithmicHeight(f.lowest, grid) : undefined;
  const z = logarithmic ? grid.map((value) => logarithmic(value - f.lowest)) : grid;
  const [low, high] = [-largest(z.map((value) => -value)), largest(z)];
  const size = roundStep((high - low) / levels || 1);
  return {
    type: "contour",
    z: packed(z, n, n, "f4"),
    x0: x[0],
    dx: Number(((x[1] - x[0]) / (n - 1)).toPrecision(12)),
    y0: y[0],
    dy: Number(((y[1] - y[0]) / (n - 1)).toPrecision(12)),
    colorscale: heights,
    contours: { start: sixDigits(size * Math.ceil(low / size)), end: sixDigits(high), size },
    line: { color: "#8E979E", width: 0.75, smoothing: 0 },
    zmin: sixDigits(low),
    zmax: sixDigits(high),
    colorbar: { thickness: 12, outlinewidth: 0, ...(logarithmic ? ticks(logarithmic, low, high) : {}) },
    hoverinfo: "skip",
    showlegend: false,
  };
}

const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** log₁₀ of the height above the lowest value, smoothed at the bottom, where the logarithm has a pole. */
function logarithmicHeight(lowest: number, grid: Float64Array): (height: number) => number {
  const median = grid.slice().sort()[grid.length >> 1];
  const offset = haze * (median - lowest) || 1;
  return (height) => log(height + offset) / Math.LN10;
}

/** The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not less. */
function roundStep(least: number): number {
  const power = Number(`1e${least.toExponential().split("e")[1]}`);
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((step) => step >= least * (1 - 1e-9)) as number;
}

/** The colour bar's ticks: heights that are powers of ten. */
function ticks(place: (height: number) => number, low: number, high: number) {
  const heights = Array.from({ length: 40 }, (_, k) => Number(`1e${k - 20}`));
  const shown = heights.filter((height) => place(height) > low + 0.2 && place(height) < high);
  return { tickvals: rounded(shown.map(place)), ticktext: shown.map(brief) };
}

function minimaTrace(f: Landscape) {
  if (f.minima.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: f.minima.length === 1 ? "minimum" : "minima",
      x: rounded(f.minima.map(({ data }) => data[0])),
      y: rounded(f.minima.map(({ data }) => data[1])),
      marker: { symbol: "star", size: 13, color: ink, line: { color: "#FFFFFF", width: 1 } },
    },
  ];
}

/** More places than this are drawn without markers. */
const manyPlaces = 60;

function pathTraces({ name, points, style }: ContourPath, k: number) {
  const { colour, dash, symbol } = style ?? seriesStyles[k % seriesStyles.length];
  const [x, y] = [points.data.subarray(0, points.cols), points.data.subarray(points.cols)];
  const edge = { color: "#FFFFFF", width: 0.75 };
  const common = { type: "scatter", name, legendgroup: name };
  return [
    {
      ...common,
      mode: points.cols <= manyPlaces ? "lines+markers" : "lines",
      x: rounded(x),
      y: rounded(y),
      line: { color: colour, dash, width: 2 },
      ...(points.cols <= manyPlaces ? { marker: { color: colour, symbol, size: 6, line: edge } } : {}),
    },
    {
      ...common,
      mode: "markers",
      x: rounded([x[0]]),
      y: rounded([y[0]]),
      marker: { color: colour, symbol, size: 11, line: edge },
      showlegend: false,
    },
  ];
}

function inWords(f: Landscape, grid: Float64Array, options: ContourOptions): string {
  const { title, x, y, paths = [], scale = "log", axes = ["x₁", "x₂"] } = options;
  const place = (a: number, b: number) => `(${brief(a)}, ${brief(b)})`;
  const range = (name: string, [low, high]: readonly [number, number]) =>
    `${name} from ${brief(low)} to ${brief(high)}`;
  const lowest =
    f.minima.length === 0
      ? "It has no lowest value."
      : `Its lowest value ${brief(f.lowest)} lies at ${f.minima.map(({ data: [a, b] }) => place(a, b)).join(", ")}.`;
  const ways = paths.map(({ name, points }) => {
    const last = points.cols - 1;
    const at = (step: number) => [points.data[step], points.data[points.cols + step]] as const;
    const end = (step: number) => `${place(...at(step))}, value ${brief(f.value(column([...at(step)])))}`;
    return `${name}: ${counted(last, "step")} from ${end(0)}, to ${end(last)}.`;
  });
  return [
    `${title}. Contours of ${f.name} over ${range(axes[0], x)} and ${range(axes[1], y)}, values from ${brief(-largest(grid.map((value) => -value)))} to ${brief(largest(grid))}${scale === "log" ? ", on a logarithmic scale" : ""}.`,
    lowest,
    ...ways,
  ].join(" ");
}
