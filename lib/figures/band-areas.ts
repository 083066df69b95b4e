import { exp, log } from "../kernels/functions";
import { rounded, sixDigits } from "./figure";
import { type SeriesStyle, translucent } from "./meanings";
import { ordinal } from "./percentiles";
import type { Axis } from "./theme";

/** A band between two percentiles over x; an edge may be infinite where runs diverged. */
export interface Band {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/**
 * The axis with a range, where a band needs to know where the drawing ends: around all finite numbers, with a
 * twentieth to spare. Where all bands are finite Plotly finds the range.
 * @example
 * const A = { name: "A", x: [1, 2], low: [1, 1], high: [2, Infinity] }
 * axisAround([A], { title: "loss" }).range // [0.95, 2.05]
 * axisAround([{ ...A, high: [2, 2] }], { title: "loss" }).range // undefined
 */
export function axisAround(bands: readonly Band[], axis: Axis): Axis {
  const values = bands.flatMap(({ low, high }) => [...Array.from(low), ...Array.from(high)]);
  const finite = values.filter(Number.isFinite);
  if (axis.range || finite.length === values.length || finite.length === 0) return axis;
  const [to, from] = axis.scale === "log" ? [log, exp] : [Number, Number];
  const [least, most] = [to(Math.min(...finite)), to(Math.max(...finite))];
  const spare = 0.05 * (most - least) || 0.05;
  return {
    ...axis,
    range: [sixDigits(from(least - spare)), sixDigits(from(most + spare))] as [number, number],
  };
}

/**
 * A band as Plotly's traces: two lines without width, the upper of which fills the room down to the lower, so that each
 * percentile has its name among the data. Where one edge is infinite a third area goes to the end of the axis.
 * @example
 * const style = { colour: "#0072B2", dash: "solid", symbol: "circle" }
 * const A = { name: "A", x: [1, 2, 3], low: [1, 1, 1], high: [2, 3, Infinity] }
 * const [low, high, open] = bandAreas(A, style, [25, 75], [0, 9])
 * low.y // [1, 1, null]
 * high.name // "A, 75th percentile"
 * [open.x, open.y] // [[2, 3, 3, 2], [1, 1, 9, 3]]
 */
export function bandAreas(
  { name, x, low, high }: Band,
  { colour }: SeriesStyle,
  percentiles: readonly [number, number],
  range: readonly [number, number] | undefined,
) {
  const closed = Array.from(x, (_, k) => Number.isFinite(low[k]) && Number.isFinite(high[k]));
  const look = { type: "scatter", mode: "lines", legendgroup: name, hoverinfo: "skip", showlegend: false };
  const line = { color: colour, width: 0 };
  const fillcolor = translucent(colour, 0.22);
  const edge = (percentile: number, values: ArrayLike<number>) => ({
    ...look,
    name: `${name}, ${ordinal(percentile)} percentile`,
    x: rounded(x),
    y: closed.map((drawn, k) => (drawn ? sixDigits(values[k]) : null)),
    line,
  });
  const half = closed.map((whole, k) => !whole && (Number.isFinite(low[k]) || Number.isFinite(high[k])));
  const open = half.map((drawn, k) => drawn || (closed[k] && (half[k - 1] || half[k + 1]) === true));
  const within = (value: number) => (Number.isFinite(value) ? value : value > 0 ? range?.[1] : range?.[0]);
  return [
    edge(percentiles[0], low),
    { ...edge(percentiles[1], high), fill: "tonexty", fillcolor },
    ...stretches(open).map((stretch) => ({
      ...look,
      name: `${name}, up to an edge that is not finite`,
      x: rounded([...stretch, ...[...stretch].reverse()].map((k) => x[k])),
      y: rounded([
        ...stretch.map((k) => within(low[k]) as number),
        ...[...stretch].reverse().map((k) => within(high[k]) as number),
      ]),
      line,
      fill: "toself",
      fillcolor,
    })),
  ];
}

/** The places that are true, in runs of neighbours. */
function stretches(flags: readonly boolean[]): number[][] {
  const found: number[][] = [];
  flags.forEach((flag, k) => {
    if (flag && flags[k - 1]) found[found.length - 1].push(k);
    else if (flag) found.push([k]);
  });
  return found;
}
