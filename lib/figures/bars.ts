import { brief, type Figure, rounded } from "./figure";
import type { SeriesStyle } from "./meanings";
import { type Axis, axisLayout, baseLayout, seriesStyles } from "./theme";

/** One bar for each category. */
export interface BarSeries {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** A style with a meaning, from meanings.ts; of it the colour. */
  readonly style?: SeriesStyle;
}

/** Title, axes and height in px. */
export interface BarsOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
}

/** Series are told apart by pattern as well as colour. */
const patterns = ["", "/", ".", "x", "-", "+"];

/**
 * Bars over named categories, series side by side. The text gives every value.
 * @throws if there is no series, or one has not a value for each category
 * @example
 * bars(["only W²", "all"], [{ name: "loss", values: [0.7153, 0.7116] }], { title: "Loss", x: { title: "updated" }, y: { title: "loss" } }).text // "Loss. loss: only W² 0.7153, all 0.7116."
 */
export function bars(
  categories: readonly string[],
  series: readonly BarSeries[],
  options: BarsOptions,
): Figure {
  const { title } = options;
  if (series.length === 0) throw new Error(`figure "${title}": there is no series to draw`);
  const data = series.map(({ name, values, style }, k) => {
    if (values.length !== categories.length)
      throw new Error(
        `figure "${title}": "${name}" has ${values.length} values for ${categories.length} categories`,
      );
    const { colour } = style ?? seriesStyles[k % seriesStyles.length];
    const pattern = patterns[k % patterns.length];
    const marker = {
      color: colour,
      ...(pattern ? { pattern: { shape: pattern, fgcolor: "#FFFFFF", bgcolor: colour } } : {}),
    };
    return { type: "bar", name, x: [...categories], y: rounded(values), marker };
  });
  const sentences = series.map(
    ({ name, values }) =>
      `${name}: ${categories.map((category, k) => `${category} ${brief(values[k])}`).join(", ")}.`,
  );
  return {
    data,
    layout: baseLayout(title, options.height ?? 380, {
      xaxis: axisLayout(options.x, { type: "category", showgrid: false }),
      yaxis: axisLayout(options.y),
      showlegend: series.length > 1,
      bargap: 0.3,
    }),
    text: `${title}. ${sentences.join(" ")}`,
  };
}
