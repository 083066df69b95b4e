import { sixDigits } from "./figure";
import type { Point, Rect, Size } from "./flow-geometry";
import type { FlowArrow, StepKind } from "./flow-input";
import type { FlowRoute } from "./flow-layout";
import { drawnLine } from "./flow-lines";
import { directionStyles } from "./meanings";
import { textWidth, wrapText } from "./text-width";
import { classes, ink } from "./theme";

/** In px. */
const textSize = 13;
const lineHeight = 17;
const labelTextSize = 11.5;
const labelLine = 15;
const arrow = 11;

/** Fill, border, and the room left and right of the text; "round" ends for data, "pointed" ones for decisions. */
const looks: {
  readonly [kind in StepKind]: {
    fill: string;
    line: string;
    ends: "square" | "round" | "pointed";
    room: number;
  };
} = {
  step: { fill: "#F2F2F2", line: "#8A8A8A", ends: "square", room: 9 },
  data: { fill: classes[0].tint, line: classes[0].colour, ends: "round", room: 12 },
  parameter: { fill: classes[4].tint, line: classes[4].colour, ends: "square", room: 9 },
  decision: { fill: "#FFFFFF", line: ink, ends: "pointed", room: 20 },
  loss: { fill: classes[1].tint, line: classes[1].colour, ends: "round", room: 12 },
  forward: {
    fill: directionStyles.forward.tint,
    line: directionStyles.forward.colour,
    ends: "square",
    room: 9,
  },
  backward: {
    fill: directionStyles.backward.tint,
    line: directionStyles.backward.colour,
    ends: "square",
    room: 9,
  },
};

/**
 * The size of a box that fits its lines of text, in px.
 * @example
 * boxSize("step", ["epoch"]) // { width: 58, height: 31 }
 */
export function boxSize(kind: StepKind, lines: readonly string[]): Size {
  const widest = Math.max(...lines.map((line) => textWidth(line, textSize)));
  return { width: Math.ceil(widest) + 2 * looks[kind].room, height: lineHeight * lines.length + 14 };
}

/**
 * The room that the lines of a label take, in px; nothing for an empty list.
 * @example
 * labelSize(["yes"]) // { width: 20, height: 15 }
 * labelSize([]) // { width: 0, height: 0 }
 */
export function labelSize(lines: readonly string[]): Size {
  const widths = lines.map((line) => textWidth(line, labelTextSize));
  return { width: Math.ceil(Math.max(0, ...widths)), height: labelLine * lines.length };
}

/**
 * A label in lines of at most `most` px.
 * @example
 * labelLines("no: next epoch", 60) // ["no: next", "epoch"]
 * labelLines(undefined, 60) // []
 */
export function labelLines(text: string | undefined, most: number): string[] {
  return text ? wrapText(text, most, labelTextSize) : [];
}

/**
 * A box as Plotly's shape, in the form of its kind.
 * @example
 * boxShape("step", { x: 0, y: 0, width: 20, height: 10 }).path // "M0,0H20V10H0Z"
 */
export function boxShape(kind: StepKind, { x, y, width, height }: Rect) {
  const { fill, line, ends } = looks[kind];
  const [left, top, right, bottom] = [x, y, x + width, y + height].map((value) => sixDigits(value) as number);
  const inset = ends === "pointed" ? 13 : Math.min(14, height / 2);
  const [a, b] = [sixDigits(left + inset), sixDigits(right - inset)];
  const middle = sixDigits((top + bottom) / 2);
  const paths = {
    square: `M${left},${top}H${right}V${bottom}H${left}Z`,
    round: `M${a},${top}H${b}Q${right},${top} ${right},${middle}Q${right},${bottom} ${b},${bottom}H${a}Q${left},${bottom} ${left},${middle}Q${left},${top} ${a},${top}Z`,
    pointed: `M${a},${top}H${b}L${right},${middle}L${b},${bottom}H${a}L${left},${middle}Z`,
  };
  return {
    type: "path",
    path: paths[ends],
    fillcolor: fill,
    line: { color: line, width: 1.5 },
    layer: "below",
  };
}

/**
 * The text of a box, in its middle.
 * @example
 * boxNotes(["a", "b"], { x: 0, y: 0, width: 20, height: 10 }).text // "a<br>b"
 */
export function boxNotes(lines: readonly string[], { x, y, width, height }: Rect) {
  return {
    x: sixDigits(x + width / 2),
    y: sixDigits(y + height / 2),
    text: lines.join("<br>"),
    showarrow: false,
    font: { size: textSize, color: ink },
  };
}

/**
 * A frame behind its boxes, faint on a white and on a dark page.
 * @example
 * frameShape({ x: 0, y: 0, width: 20, height: 10 }).x1 // 20
 */
export function frameShape({ x, y, width, height }: Rect) {
  const [x0, y0, x1, y1] = [x, y, x + width, y + height].map(sixDigits);
  const line = { color: "#8A8A8A", width: 1, dash: "dot" };
  return { type: "rect", x0, y0, x1, y1, fillcolor: "rgba(138, 138, 138, 0.10)", line, layer: "below" };
}

/**
 * A label of an arrow, or the title of a frame with its upper left corner at the point.
 * @example
 * labelNotes(["yes"], { x: 3, y: 4 }, "left").xanchor // "left"
 */
export function labelNotes(lines: readonly string[], { x, y }: Point, anchor: "center" | "left") {
  return {
    x: sixDigits(x),
    y: sixDigits(y),
    text: lines.join("<br>"),
    showarrow: false,
    xanchor: anchor,
    yanchor: anchor === "center" ? "middle" : "top",
    borderpad: 0,
    font: { size: labelTextSize },
  };
}

const ways = {
  plain: { color: "#8A8A8A", width: 1.5, dash: "solid" },
  forward: { color: directionStyles.forward.colour, width: 2, dash: directionStyles.forward.dash },
  backward: { color: directionStyles.backward.colour, width: 2, dash: directionStyles.backward.dash },
} as const;

/**
 * The arrows, those of one way in one trace.
 * @example
 * const route = { points: [{ x: 0, y: 0 }, { x: 8, y: 0 }], back: false, label: { x: 0, y: 0 } }
 * const [trace] = arrowTraces([{ from: "a", to: "b", way: "backward" }], [route], "right")
 * [trace.name, trace.line.dash, trace.x.length] // ["backward", "dash", 11]
 */
export function arrowTraces(
  arrows: readonly FlowArrow[],
  routes: readonly FlowRoute[],
  direction: "right" | "down",
) {
  return (["plain", "forward", "backward"] as const).flatMap((way) => {
    const lines = routes
      .filter((_, k) => (arrows[k].way ?? "plain") === way)
      .map(({ points, back }) => drawnLine(points, direction, back));
    if (lines.length === 0) return [];
    const gapped = (of: (point: Point) => number) =>
      lines.flatMap((line) => [...line.map(of).map(sixDigits), null]);
    const size = lines.flatMap((line) => [...line.map((_, k) => (k === line.length - 1 ? arrow : 0)), 0]);
    return [
      {
        type: "scatter",
        mode: "lines+markers",
        name: way,
        x: gapped(({ x }) => x),
        y: gapped(({ y }) => y),
        line: ways[way],
        marker: {
          symbol: "arrow",
          angleref: "previous",
          size,
          color: ways[way].color,
          opacity: 1,
          line: { width: 0 },
        },
        hoverinfo: "skip",
        showlegend: false,
      },
    ];
  });
}
