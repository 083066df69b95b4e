import { counted, type Figure, rounded } from "./figure";
import { type Axis, axisLayout, baseLayout, classes } from "./theme";

/** Points of one kind. */
export interface PointGroup {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Title, axes and height in px. */
export interface PointsOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
}

/**
 * Points in the plane, groups told apart by colour and shape.
 * @throws if there is no group, or x and y of one differ in length
 * @example
 * points([{ name: "setosa", x: [1, 2], y: [3, 4] }], { title: "Iris", x: { title: "length (cm)" }, y: { title: "width (cm)" } }).text // "Iris. width (cm) over length (cm): 2 points of setosa."
 */
export function points(groups: readonly PointGroup[], options: PointsOptions): Figure {
  const { title } = options;
  if (groups.length === 0) throw new Error(`figure "${title}": there are no points`);
  const data = groups.map(({ name, x, y }, k) => {
    if (x.length !== y.length)
      throw new Error(`figure "${title}": "${name}" has ${x.length} x and ${y.length} y`);
    const { colour, symbol } = classes[k % classes.length];
    const marker = { color: colour, symbol, size: x.length > 200 ? 5 : 8, opacity: x.length > 200 ? 0.7 : 1 };
    return { type: "scatter", mode: "markers", name, x: rounded(x), y: rounded(y), marker };
  });
  const counts = groups.map(({ name, x }) => `${counted(x.length, "point")} of ${name}`);
  return {
    data,
    layout: baseLayout(title, options.height ?? 420, {
      xaxis: axisLayout(options.x),
      yaxis: axisLayout(options.y),
      showlegend: groups.length > 1,
    }),
    text: `${title}. ${options.y.title} over ${options.x.title}: ${counts.join(", ")}.`,
  };
}
