import { brief, counted, type Figure, percent, rounded, sixDigits } from "./figure";
import { type SeriesStyle, translucent } from "./meanings";
import { textWidth } from "./text-width";
import { type Axis, axisLayout, baseLayout, okabeIto } from "./theme";

/** The values of one layer, or of anything else that is compared. */
export interface HistogramRow {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** A style with a meaning; blue unless given. */
  readonly style?: SeriesStyle;
}

/** Title, the axis of the values, and how they are counted. */
export interface HistogramsOptions {
  readonly title: string;
  /** With a range, values outside are counted and told, not drawn. */
  readonly x: Axis;
  /** 60 by default. */
  readonly bins?: number;
  /** Whether a unit of height is the same share in all rows, or each row has its highest bin as high as it can be. */
  readonly heights?: "own" | "common";
}

/** In px: a row, with the space above it. */
const rowHeight = 54;
const rowSpace = 8;
const below = 58;

/**
 * Distributions one below the other over the same axis: for each row the share of its values in bins of equal width, its
 * name and its standard deviation. The text gives mean, standard deviation, and what lies outside or is not finite.
 * @throws if there is no row, a row has no value, no value is finite, the axis is logarithmic, or bins is not a whole number
 * @example
 * histograms([{ name: "layer 1", values: [-1, 0, 0, 1] }], { title: "Outputs", x: { title: "a" }, bins: 3 }).text // "Outputs. Shares of the values in 3 bins from -1 to 1. layer 1: 4 values, mean 0, standard deviation 0.7071, most often from -0.3333 to 0.3333 (50.00 %)."
 */
export function histograms(rows: readonly HistogramRow[], options: HistogramsOptions): Figure {
  const { title, bins = 60, heights = "own" } = options;
  const range = check(rows, options);
  const counts = rows.map(({ values }) => countIn(values, range, bins));
  const shares = counts.map(({ inBins }, k) => inBins.map((count) => count / rows[k].values.length));
  const highest = Math.max(...shares.flatMap((share) => Array.from(share)));
  const base = baseLayout(title, 0, { showlegend: false });
  const top = (base as { margin?: { t: number } }).margin?.t ?? 52;
  const plot = rows.length * rowHeight;
  const names = rows.map(({ name }, k) => [name, `sd ${brief(Number(counts[k].deviation.toPrecision(3)))}`]);
  const left =
    Math.ceil(Math.max(...names.flatMap((lines) => lines.map((line) => textWidth(line, 12))))) + 14;
  const axis = (k: number) => (k === 0 ? "" : String(k + 1));
  const domain = (k: number) => [
    (plot - (k + 1) * rowHeight) / plot,
    (plot - k * rowHeight - rowSpace) / plot,
  ];
  const own = (k: number) => Math.max(...shares[k], 1e-300);
  return {
    data: shares.map((share, k) => rowTrace(rows[k], share, range, axis(k))),
    layout: {
      ...base,
      height: plot + top + below,
      margin: { l: left, r: 16, t: top, b: below },
      xaxis: { ...axisLayout({ ...options.x, range }), anchor: `y${axis(rows.length - 1)}` },
      ...Object.fromEntries(
        rows.map((_, k) => [
          `yaxis${axis(k)}`,
          {
            domain: domain(k).map(sixDigits),
            range: [0, sixDigits(1.02 * (heights === "common" ? highest : own(k)))],
            fixedrange: true,
            showticklabels: false,
            ticks: "",
            showgrid: false,
            title: { text: "" },
          },
        ]),
      ),
      annotations: names.map((lines, k) => ({
        x: 0,
        y: sixDigits((domain(k)[0] + domain(k)[1]) / 2),
        xref: "paper",
        yref: "paper",
        xanchor: "right",
        yanchor: "middle",
        xshift: -6,
        align: "right",
        text: `${lines[0]}<br><span style="font-size: 11px">${lines[1]}</span>`,
        showarrow: false,
        font: { size: 12 },
      })),
    },
    text: `${title}. Shares of the values in ${counted(bins, "bin")} from ${brief(range[0])} to ${brief(range[1])}. ${rows.map((row, k) => inWords(row, counts[k], range, bins)).join(" ")}`,
  };
}

function check(rows: readonly HistogramRow[], { title, x, bins = 60 }: HistogramsOptions): [number, number] {
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  if (rows.length === 0) throw wrong("there is nothing to count");
  if (!(Number.isInteger(bins) && bins >= 1)) throw wrong(`bins is ${bins}, a whole number from 1 on`);
  if (x.scale === "log") throw wrong("bins have equal widths (count the logarithms for a logarithmic axis)");
  for (const { name, values } of rows) if (values.length === 0) throw wrong(`"${name}" has no values`);
  if (x.range) return [x.range[0], x.range[1]];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of rows)
    for (let k = 0; k < values.length; k++)
      if (Number.isFinite(values[k])) [low, high] = [Math.min(low, values[k]), Math.max(high, values[k])];
  if (low > high) throw wrong("no value is finite");
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** What is known of a row; mean and deviation (with n below) are those of all finite values, drawn or not. */
interface Counts {
  readonly inBins: Float64Array;
  readonly outside: number;
  readonly notFinite: number;
  readonly mean: number;
  readonly deviation: number;
}

function countIn(values: ArrayLike<number>, [low, high]: readonly [number, number], bins: number): Counts {
  const inBins = new Float64Array(bins);
  let [outside, finite, sum] = [0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value;
    // the last bin has its upper end, as in NumPy
    if (value < low || value > high) outside++;
    else inBins[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]++;
  }
  const mean = sum / finite;
  let squares = 0;
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k])) squares += (values[k] - mean) * (values[k] - mean);
  return { inBins, outside, notFinite: values.length - finite, mean, deviation: Math.sqrt(squares / finite) };
}

/** Steps from bin to bin over their middles. */
function rowTrace(
  { name, style }: HistogramRow,
  share: Float64Array,
  [low, high]: readonly [number, number],
  axis: string,
) {
  const colour = style?.colour ?? okabeIto.blue;
  const width = (high - low) / share.length;
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: rounded(Float64Array.from(share, (_, k) => low + (k + 0.5) * width)),
    y: rounded(share),
    line: { color: colour, width: 1.25, shape: "hvh" },
    fill: "tozeroy",
    fillcolor: translucent(colour, 0.3),
    xaxis: "x",
    yaxis: `y${axis}`,
    showlegend: false,
  };
}

function inWords(
  { name, values }: HistogramRow,
  { inBins, outside, notFinite, mean, deviation }: Counts,
  [low, high]: readonly [number, number],
  bins: number,
): string {
  const n = values.length;
  if (notFinite === n) return `${name}: ${counted(n, "value")}, none finite.`;
  const most = inBins.reduce((best, count, k) => (count > inBins[best] ? k : best), 0);
  const edge = (k: number) => brief(low + (k * (high - low)) / bins);
  const peak =
    inBins[most] > 0
      ? `, most often from ${edge(most)} to ${edge(most + 1)} (${percent(inBins[most] / n)})`
      : "";
  const rest = [
    outside > 0 ? `${percent(outside / n)} outside` : "",
    notFinite > 0 ? `${percent(notFinite / n)} not finite` : "",
  ].filter(Boolean);
  return `${name}: ${counted(n, "value")}, mean ${brief(mean)}, standard deviation ${brief(deviation)}${peak}${rest.map((part) => `, ${part}`).join("")}.`;
}
