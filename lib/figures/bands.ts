import { axisAround, type Band, bandAreas } from "./band-areas";
import { brief, counted, type Figure, rounded } from "./figure";
import type { SeriesStyle } from "./meanings";
import { ordinal, percentileOf, ranked } from "./percentiles";
import { type Axis, axisLayout, baseLayout, seriesStyles } from "./theme";

/** The curves of one setting, one for each seed, all over the same x. */
export interface BandGroup {
  readonly name: string;
  readonly curves: readonly ArrayLike<number>[];
  /** 1, 2, 3, … where it is left out. */
  readonly x?: ArrayLike<number>;
  /** A style with a meaning, from meanings.ts; without it that of the group's place in the list. */
  readonly style?: SeriesStyle;
}

/** Title, axes, and what is drawn of the curves. */
export interface BandsOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** The line: the median of the curves (the default) or their mean. */
  readonly centre?: "median" | "mean";
  /** The percentiles between which the band lies; [25, 75], the interquartile range, by default; [0, 100] holds all. */
  readonly band?: readonly [number, number];
  /** Where a value that is not finite stands among the others: a loss that diverged is "highest". */
  readonly notFinite?: "highest" | "lowest";
  readonly height?: number;
}

/** More points than this are drawn without markers. */
const manyPoints = 25;

/**
 * Curves over seeds: for each group a line through the medians (or means) and a band between two percentiles.
 * A band whose edge is not finite goes on to the end of the axis. Percentiles interpolate linearly between the sorted values (Hyndman and Fan's type 7, NumPy's default).
 * Source: R. J. Hyndman and Y. Fan, Am. Stat. 50 (1996) 361.
 * @throws if there is no group, a group has no curve, curves and x differ in length, percentiles are out of order, a
 * value is not finite and `notFinite` does not say what it counts as, a mean is asked of such values, or a logarithmic
 * axis has a number that is not positive
 * @example
 * bands([{ name: "A", curves: [[4, 1], [8, 2], [6, 3]] }], { title: "Loss", x: { title: "epoch" }, y: { title: "loss" } }).text // "Loss. loss over epoch: median of the curves, with the band from the 25th to the 75th percentile. A (3 curves): 6 (5 to 7) at 1, 2 (1.5 to 2.5) at 2."
 */
export function bands(groups: readonly BandGroup[], options: BandsOptions): Figure {
  const { title } = options;
  if (groups.length === 0) throw new Error(`figure "${title}": there are no curves`);
  const summaries = groups.map((group) => summarize(group, options));
  const y = axisAround(summaries, options.y);
  const { band = [25, 75] } = options;
  return {
    data: [
      ...summaries.flatMap((summary, k) => bandAreas(summary, styleOf(groups, k), band, y.range)),
      ...summaries.map((summary, k) => lineTrace(summary, styleOf(groups, k))),
    ],
    layout: baseLayout(title, options.height ?? 380, {
      xaxis: axisLayout(options.x),
      yaxis: axisLayout(y),
      showlegend: groups.length > 1,
    }),
    text: inWords(summaries, options),
  };
}

const styleOf = (groups: readonly BandGroup[], k: number): SeriesStyle =>
  groups[k].style ?? seriesStyles[k % seriesStyles.length];

/** What is drawn of a group: a number for each x. */
interface Summary extends Band {
  readonly curves: number;
  readonly centre: Float64Array;
  /** Curves whose last value is not finite. */
  readonly lost: number;
}

function summarize({ name, curves, x: given }: BandGroup, options: BandsOptions): Summary {
  const { centre = "median", band = [25, 75], notFinite } = options;
  const wrong = (problem: string) => new Error(`figure "${options.title}": "${name}": ${problem}`);
  if (curves.length === 0 || curves[0].length === 0) throw wrong("there is no curve, or it is empty");
  if (!(band[0] >= 0 && band[0] <= band[1] && band[1] <= 100))
    throw wrong(`the band goes from percentile ${band[0]} to ${band[1]} (0 ≤ low ≤ high ≤ 100)`);
  const x = given ?? Array.from(curves[0], (_, k) => k + 1);
  curves.forEach((curve, i) => {
    if (curve.length !== x.length) throw wrong(`curve ${i} has ${curve.length} values over ${x.length} x`);
    const k = Array.from(curve).findIndex((value) => !Number.isFinite(value));
    if (k >= 0 && (notFinite === undefined || centre === "mean"))
      throw wrong(
        `curve ${i} is ${curve[k]} at ${brief(x[k])} (draw the median and say by notFinite whether that is "highest" or "lowest")`,
      );
  });
  const columns = Array.from(x, (_, k) =>
    ranked(
      curves.map((curve) => curve[k]),
      notFinite,
    ),
  );
  const each = (of: (sorted: Float64Array) => number) => Float64Array.from(columns, of);
  const mean = (sorted: Float64Array) => sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const summary = {
    name,
    curves: curves.length,
    x,
    centre: each(centre === "mean" ? mean : (sorted) => percentileOf(sorted, 50)),
    low: each((sorted) => percentileOf(sorted, band[0])),
    high: each((sorted) => percentileOf(sorted, band[1])),
    lost: curves.filter((curve) => !Number.isFinite(curve[x.length - 1])).length,
  };
  checkLogarithmic(summary, options);
  return summary;
}

function checkLogarithmic({ name, x, low, centre }: Summary, options: BandsOptions): void {
  const refuse = (what: string, values: ArrayLike<number>) => {
    const k = Array.from(values).findIndex((value) => value <= 0);
    if (k >= 0)
      throw new Error(
        `figure "${options.title}": "${name}": ${what} is ${values[k]} at place ${k}, a logarithmic axis needs more than 0`,
      );
  };
  if (options.x.scale === "log") refuse("x", x);
  if (options.y.scale === "log") for (const values of [low, centre]) refuse("y", values);
}

function lineTrace({ name, x, centre }: Summary, { colour, dash, symbol }: SeriesStyle) {
  const markers = x.length <= manyPoints;
  return {
    type: "scatter",
    mode: markers ? "lines+markers" : "lines",
    name,
    legendgroup: name,
    x: rounded(x),
    y: rounded(centre),
    line: { color: colour, dash, width: 2 },
    ...(markers ? { marker: { color: colour, symbol, size: 6 } } : {}),
  };
}

function inWords(summaries: readonly Summary[], options: BandsOptions): string {
  const { title, centre = "median", band = [25, 75] } = options;
  const limit = (value: number) => (Number.isFinite(value) ? brief(value) : "not finite");
  const each = summaries.map(({ name, curves, x, centre: line, low, high, lost }) => {
    const at = (k: number) => `${limit(line[k])} (${limit(low[k])} to ${limit(high[k])}) at ${brief(x[k])}`;
    const ends = x.length === 1 ? at(0) : `${at(0)}, ${at(x.length - 1)}`;
    const end = lost > 0 ? ` ${lost} of ${curves} end without a finite value.` : "";
    return `${name} (${counted(curves, "curve")}): ${ends}.${end}`;
  });
  const logarithmic = options.y.scale === "log" ? " The vertical axis is logarithmic." : "";
  return `${title}. ${options.y.title} over ${options.x.title}: ${centre} of the curves, with the band from the ${ordinal(band[0])} to the ${ordinal(band[1])} percentile. ${each.join(" ")}${logarithmic}`;
}
