import { fromData } from "../matrix";
import type { Sweep, Variable } from "../tape/variable";
import { brief, sixDigits } from "./figure";
import type { Point } from "./graph-layout";
import { ink } from "./theme";

const color = "#8A8A8A";

/** An edge of a computation graph, with its way through the layers. */
export interface GraphEdge {
  readonly from: Variable;
  readonly to: Variable;
  readonly points: readonly Point[];
}

/** Points of a curve from one layer to the next. */
const steps = 8;
/** Those of them, counted in the arrow's direction, where the arrow and the local derivative stand on the last part. */
const arrowAlone = 4;
const arrowBesideLabel = 6;
const labelAt = 3;
const arrow = 11;

/**
 * All edges as one trace: curves that leave and reach their boxes level, with an arrow on the last part. With adjoints
 * the curves run back to the inputs, and only those along which an adjoint goes have an arrow.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.exp(t.input("x", 0))
 * const edge = { from: t.variable("x"), to: y, points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }
 * edgesTrace([edge]).x[8] // 1
 * edgesTrace([edge], t.backward(y)).x[8] // 0
 */
export function edgesTrace(edges: readonly GraphEdge[], adjoints?: Sweep, labelled = false) {
  const arrowAt = labelled ? arrowBesideLabel : arrowAlone;
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const size: number[] = [];
  for (const { from, to, points } of edges) {
    const line = curve(points);
    const carries = adjoints === undefined || (from.active && adjoints.list[to.index] !== undefined);
    if (adjoints) line.reverse();
    const end = adjoints ? steps : line.length - 1;
    line.forEach((point, k) => {
      x.push(sixDigits(point.x));
      y.push(sixDigits(point.y));
      size.push(carries && k === end - steps + arrowAt ? arrow : 0);
    });
    x.push(null);
    y.push(null);
    size.push(0);
  }
  return {
    type: "scatter",
    mode: "lines+markers",
    x,
    y,
    line: { color, width: 1.25, backoff: 0 },
    marker: { symbol: "arrow", angleref: "previous", size, color, opacity: 1, line: { width: 0 } },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** A cubic curve through the points, level at both ends (Hermite form, with the mean slopes of neighbours between). */
function curve(points: readonly Point[]): Point[] {
  const last = points.length - 1;
  const slope = (k: number) => (k === 0 || k === last ? 0 : (points[k + 1].y - points[k - 1].y) / 2);
  const line = [points[0]];
  for (let k = 0; k < last; k++) {
    const [a, b] = [points[k], points[k + 1]];
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      line.push({
        x: a.x + t,
        y:
          s * s * (1 + 2 * t) * a.y +
          t * t * (1 + 2 * s) * b.y +
          s * s * t * slope(k) -
          t * t * s * slope(k + 1),
      });
    }
  }
  return line;
}

/**
 * The local derivatives between numbers, each on the last part of its edge, clear of the arrow; edges from constants
 * have none.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.scale(t.input("x", 2), 3)
 * edgeLabels([{ from: t.variable("x"), to: y, points: [{ x: 0, y: 0 }, { x: 1, y: 0 }] }])[0].text // "3"
 */
export function edgeLabels(edges: readonly GraphEdge[], backward = false) {
  return edges.flatMap(({ from, to, points }) => {
    const slopes = to.inputs.flatMap((input, i) => {
      const derivative = to.derivatives[i];
      if (input !== from || derivative === null || to.value.data.length + from.value.data.length > 2)
        return [];
      return [brief(derivative.pull(fromData(1, 1, Float64Array.of(1))).data[0])];
    });
    if (slopes.length === 0) return [];
    const line = curve(points);
    const middle = line[line.length - 1 - (backward ? labelAt : steps - labelAt)];
    return [
      {
        x: sixDigits(middle.x),
        y: sixDigits(middle.y),
        text: slopes.join(" + "),
        showarrow: false,
        font: { size: 11, color: ink },
        bgcolor: "#FFFFFF",
        borderpad: 1,
      },
    ];
  });
}
