import { type Matrix, shape } from "../matrix";
import { brief, counted, type Figure, packed, rounded } from "./figure";
import type { Series } from "./lines";
import { type Axis, axisLayout, baseLayout, diverging, ink, sequential, seriesStyles } from "./theme";

/** Numbers over a plane: an entry of Z for each x (columns) and y (rows, the first one below), with lines and marks on it. */
export interface FieldOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Of the columns of Z, evenly spaced and ascending. */
  readonly xs: ArrayLike<number>;
  /** Of its rows, likewise. */
  readonly ys: ArrayLike<number>;
  /** What the colours mean, with the unit. */
  readonly colours: string;
  /** Where the colours end: numbers beyond it look like it. The largest magnitude unless given. */
  readonly bound?: number;
  /** Lines and marks, each with x of its own. */
  readonly series?: readonly Series[];
  readonly height?: number;
}

/**
 * A matrix as a coloured plane with two axes in units: vermilion below zero, white at zero, blue above; without negative
 * entries from white to blue. Where an entry is not finite the plane is empty. Lines and marks lie on it.
 * @throws if xs or ys are not as many as the columns or rows of Z, or not evenly spaced and ascending, if no entry is
 * finite, or a series has no x of its own or not as many as y
 * @example
 * const options = { title: "Gain", x: { title: "η" }, y: { title: "β" }, xs: [0, 1], ys: [0, 2], colours: "digits" }
 * field(matrix([[1, 2], [3, -4]]), options).text // "Gain. digits: 2×2 values from -4 (η 1, β 2) to 3 (η 0, β 2)."
 * field(matrix([[1, 2]]), options) // throws /Z is 1×2, there are 2 x and 2 y/
 */
export function field(Z: Matrix, options: FieldOptions): Figure {
  const { title, xs, ys, series = [] } = options;
  check(Z, options);
  const finite = Array.from(Z.data.keys()).filter((k) => Number.isFinite(Z.data[k]));
  const low = finite.reduce((best, k) => (Z.data[k] < Z.data[best] ? k : best));
  const high = finite.reduce((best, k) => (Z.data[k] > Z.data[best] ? k : best));
  const bound = options.bound ?? (Math.max(Math.abs(Z.data[low]), Math.abs(Z.data[high])) || 1);
  const signed = Z.data[low] < 0;
  const step = (values: ArrayLike<number>) =>
    Number(((values[1] ?? values[0] + 1) - values[0]).toPrecision(9));
  const place = (k: number) =>
    `${brief(Z.data[k])} (${options.x.title} ${brief(xs[k % Z.cols])}, ${options.y.title} ${brief(ys[Math.floor(k / Z.cols)])})`;
  const plane = {
    type: "heatmap",
    z: packed(Z.data, Z.rows, Z.cols, "f4"),
    x0: xs[0],
    dx: step(xs),
    y0: ys[0],
    dy: step(ys),
    colorscale: signed ? diverging : sequential,
    zmin: signed ? -bound : 0,
    zmax: bound,
    colorbar: { thickness: 12, outlinewidth: 0, title: { text: options.colours, side: "right" } },
    hoverinfo: "x+y+z",
  };
  const drawn = series.map(({ name, x, y, colour, style: given, mode = "lines" }, k) => {
    const style = given ?? seriesStyles[k % seriesStyles.length];
    return {
      type: "scatter",
      mode,
      name,
      x: rounded(x as ArrayLike<number>),
      y: rounded(y),
      line: { color: colour ?? ink, dash: style.dash, width: 2 },
      ...(mode === "lines"
        ? {}
        : {
            marker: {
              color: colour ?? ink,
              symbol: style.symbol,
              size: 9,
              line: { color: "#FFFFFF", width: 1 },
            },
          }),
    };
  });
  const lain =
    series.length > 0
      ? ` On it lie ${series.map(({ name, y }) => `${name} (${counted(y.length, "point")})`).join(", ")}.`
      : "";
  const axis = (of: Axis) => axisLayout(of, { showgrid: false, constrain: "domain" });
  return {
    data: [plane, ...drawn],
    layout: baseLayout(title, options.height ?? 460, {
      showlegend: series.length > 0,
      xaxis: axis(options.x),
      yaxis: axis(options.y),
    }),
    text: `${title}. ${options.colours}: ${shape(Z)} values from ${place(low)} to ${place(high)}.${lain}`,
  };
}

function check(Z: Matrix, { title, xs, ys, series = [] }: FieldOptions): void {
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  if (xs.length !== Z.cols || ys.length !== Z.rows || Z.data.length === 0)
    throw wrong(`Z is ${shape(Z)}, there are ${xs.length} x and ${ys.length} y`);
  for (const [name, values] of Object.entries({ xs, ys })) {
    const step = values[1] - values[0];
    for (let k = 1; k < values.length; k++)
      if (!(step > 0 && Math.abs(values[k] - values[k - 1] - step) < 1e-6 * step))
        throw wrong(`${name}[${k}] is ${values[k]} after ${values[k - 1]} (they must ascend in even steps)`);
  }
  if (!Z.data.some(Number.isFinite)) throw wrong("no entry of Z is finite");
  for (const { name, x, y } of series)
    if (x === undefined || x.length !== y.length)
      throw wrong(`"${name}" has ${x?.length ?? "no"} x and ${y.length} y`);
}
