import { rounded } from "./figure";
import { roles } from "./theme";

/** The line w₁ x₁ + w₂ x₂ + b = 0. */
export interface BoundaryLine {
  readonly weights: readonly [number, number];
  readonly bias: number;
  readonly name?: string;
}

/**
 * A line cut off at the rectangle x by y, and the edges of its margin; earlier lines of a path are thin and dotted.
 * Nothing for a line that misses the rectangle.
 * @example
 * lineTraces({ weights: [1, 1], bias: -1 }, [0, 1], [0, 1], true)[0].x // [0, 1]
 * lineTraces({ weights: [1, 1], bias: -5 }, [0, 1], [0, 1], true).length // 0
 */
export function lineTraces(
  line: BoundaryLine,
  x: [number, number],
  y: [number, number],
  last: boolean,
  margin?: number,
) {
  const [w1, w2] = line.weights;
  const length = Math.sqrt(w1 * w1 + w2 * w2);
  const draw = (bias: number, style: object, name?: string) => {
    const ends = clip(w1, w2, bias, x, y);
    if (ends === undefined) return [];
    return [
      {
        type: "scatter",
        mode: "lines",
        x: rounded(ends.map((p) => p[0])),
        y: rounded(ends.map((p) => p[1])),
        line: style,
        hoverinfo: name ? "name" : "skip",
        ...(name ? { name } : {}),
        showlegend: Boolean(name),
      },
    ];
  };
  const edge = { color: roles.boundary, width: 1, dash: "dash" };
  return [
    ...draw(
      line.bias,
      last ? { color: roles.boundary, width: 3 } : { color: roles.path, width: 1, dash: "dot" },
      line.name,
    ),
    ...(last && margin
      ? [...draw(line.bias - margin * length, edge, "margin"), ...draw(line.bias + margin * length, edge)]
      : []),
  ];
}

/** The two points where w₁ x + w₂ y + b = 0 enters and leaves the rectangle. */
function clip(w1: number, w2: number, b: number, x: [number, number], y: [number, number]) {
  const points: [number, number][] = [];
  if (w2 !== 0) for (const at of x) points.push([at, -(b + w1 * at) / w2]);
  if (w1 !== 0) for (const at of y) points.push([-(b + w2 * at) / w1, at]);
  const slack = 1e-9 * (x[1] - x[0] + y[1] - y[0]);
  const inside = points.filter(
    ([px, py]) => px >= x[0] - slack && px <= x[1] + slack && py >= y[0] - slack && py <= y[1] + slack,
  );
  inside.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  return inside.length >= 2 ? [inside[0], inside[inside.length - 1]] : undefined;
}
