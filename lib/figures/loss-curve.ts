import { brief, counted, type Figure, percent } from "./figure";
import { lines } from "./lines";
import { roles } from "./theme";

/** One curve, or several by name; `training`, `test` and `validation` have colours of their own. */
export type Curves = ArrayLike<number> | { readonly [name: string]: ArrayLike<number> };

/** What the axes count and measure. */
export interface CurveOptions {
  readonly title?: string;
  /** What one step of the horizontal axis is; default "epoch". */
  readonly step?: string;
  /** The number of the first value: 1, or 0 if it was measured before any step. */
  readonly first?: number;
  /** A logarithmic axis shows a loss that falls by powers of ten. */
  readonly scale?: "linear" | "log";
  readonly yTitle?: string;
  readonly height?: number;
}

/**
 * The loss after each epoch, for one run or several.
 * @throws if a curve is empty, or holds 0 or less on a logarithmic axis
 * @example
 * lossCurve([0.9, 0.5, 0.25]).text // "Loss over 3 epochs. training: from 0.9 to 0.25, lowest 0.25 at epoch 3."
 */
export function lossCurve(losses: Curves, options: CurveOptions = {}): Figure {
  const { yTitle = "loss", scale = "linear" } = options;
  return curve("Loss", losses, options, { title: yTitle, scale }, "lowest", brief);
}

/**
 * The share of correct answers after each epoch, for one run or several, as shares of 1.
 * @throws if a curve is empty or a share lies outside 0 to 1
 * @example
 * accuracyCurve({ test: [0.5, 0.975] }).text // "Accuracy over 2 epochs. test: from 50.00 % to 97.50 %, highest 97.50 % at epoch 2."
 */
export function accuracyCurve(accuracies: Curves, options: CurveOptions = {}): Figure {
  for (const [name, values] of Object.entries(named(accuracies)))
    for (let k = 0; k < values.length; k++)
      if (!(values[k] >= 0 && values[k] <= 1))
        throw new Error(`accuracyCurve: ${name}[${k}] is ${values[k]}, a share lies from 0 to 1`);
  const axis = { title: options.yTitle ?? "accuracy", tickformat: ".1~%" };
  return curve("Accuracy", accuracies, options, axis, "highest", percent);
}

function curve(
  kind: string,
  curves: Curves,
  options: CurveOptions,
  y: { title: string; scale?: "linear" | "log"; tickformat?: string },
  best: "lowest" | "highest",
  shown: (value: number) => string,
): Figure {
  const { step = "epoch", first = 1, height } = options;
  const series = Object.entries(named(curves)).map(([name, values]) => ({
    name,
    x: Array.from(values, (_, k) => first + k),
    y: values,
    colour: (roles as { [name: string]: string })[name],
  }));
  const steps = Math.max(0, ...series.map((one) => one.y.length));
  const title = options.title ?? `${kind} over ${counted(steps, step)}`;
  if (y.scale === "log")
    for (const one of series)
      for (let k = 0; k < one.y.length; k++)
        if (one.y[k] <= 0)
          throw new Error(
            `figure "${title}": ${one.name}[${k}] is ${one.y[k]}, a logarithmic axis needs more than 0`,
          );
  const figure = lines(series, { title, x: { title: step }, y, height });
  const tickformat = y.tickformat ? { tickformat: y.tickformat } : {};
  // Plotly would mark half steps on a short axis.
  const ticks = steps <= 12 ? { dtick: 1 } : {};
  return {
    data: figure.data,
    layout: {
      ...figure.layout,
      xaxis: { ...(figure.layout.xaxis as object), ...ticks },
      yaxis: { ...(figure.layout.yaxis as object), ...tickformat },
    },
    text: `${title}. ${series.map((one) => inWords(one, step, best, shown)).join(" ")}`,
  };
}

function named(curves: Curves): { [name: string]: ArrayLike<number> } {
  return Array.isArray(curves) || ArrayBuffer.isView(curves)
    ? { training: curves as ArrayLike<number> }
    : (curves as { [name: string]: ArrayLike<number> });
}

function inWords(
  { name, x, y }: { name: string; x: number[]; y: ArrayLike<number> },
  step: string,
  best: "lowest" | "highest",
  shown: (value: number) => string,
): string {
  const finite = x.map((_, k) => k).filter((k) => Number.isFinite(y[k]));
  const gaps = x.length - finite.length;
  const missing = gaps > 0 ? ` ${gaps} of ${x.length} values are not finite.` : "";
  if (finite.length === 0) return `${name}:${missing}`;
  const wins = (a: number, b: number) => (best === "lowest" ? a < b : a > b);
  const k = finite.reduce((found, at) => (wins(y[at], y[found]) ? at : found));
  const span = `from ${shown(y[finite[0]])} to ${shown(y[finite[finite.length - 1]])}`;
  return `${name}: ${span}, ${best} ${shown(y[k])} at ${step} ${x[k]}.${missing}`;
}
