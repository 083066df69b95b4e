import type { Point, Rect, Size } from "./flow-geometry";

/** In px: from a line to its label, from a box to a label, and for an arrow's head. */
const beside = 4;
const besideBox = 5;
const head = 14;
/** In px: a level part counts as long if it is so much longer than the label. */
const longer = 30;

/**
 * Where the label of an arrow to the right stands: above the middle of a line, or of the longest level part of a
 * long one. Where other arrows meet at its end it stands at its start, where they part at its start at its end, on the
 * side from which the line turns away.
 * @param crowded the end at which other arrows meet, the start at which others part, or neither
 * @example
 * labelBeside([{ x: 0, y: 0 }, { x: 60, y: 0 }], { width: 20, height: 10 }, "neither") // { x: 30, y: -9 }
 * labelBeside([{ x: 0, y: 0 }, { x: 60, y: 40 }], { width: 20, height: 10 }, "end") // { x: 15, y: -9 }
 */
export function labelBeside(
  points: readonly Point[],
  { width, height }: Size,
  crowded: "start" | "end" | "neither",
): Point {
  const room = height / 2 + beside;
  const level = points
    .slice(1)
    .map((b, k) => [points[k], b])
    .filter(([a, b]) => Math.abs(b.y - a.y) < 0.5 && b.x - a.x >= width + longer);
  if (level.length > 0 && (crowded === "neither" || points.length > 2)) {
    const [a, b] = level.reduce((best, one) => (one[1].x - one[0].x > best[1].x - best[0].x ? one : best));
    return { x: (a.x + b.x) / 2, y: a.y - room };
  }
  const [a, b] = [points[0], points[points.length - 1]];
  if (crowded === "start") return { x: b.x - width / 2 - head, y: b.y + (b.y > a.y ? room : -room) };
  if (crowded === "end") return { x: a.x + width / 2 + besideBox, y: a.y + (b.y < a.y ? room : -room) };
  if (Math.abs(b.y - a.y) < height) return { x: (a.x + b.x) / 2, y: Math.min(a.y, b.y) - room };
  return {
    x: (a.x + b.x) / 2 + width / 2 + besideBox,
    y: (a.y + b.y) / 2 - (Math.sign(b.y - a.y) * height) / 4,
  };
}

/**
 * The upper left corner of a frame's title: left, or right where a line passes on the left and none on the right.
 * @param lines the points of all drawn lines
 * @example
 * const frame = { x: 0, y: 0, width: 100, height: 50 }
 * titleCorner(frame, { width: 30, height: 15 }, [{ x: 20, y: 8 }]) // { x: 60, y: 5 }
 */
export function titleCorner(frame: Rect, { width, height }: Size, lines: readonly Point[]): Point {
  const y = frame.y + 5;
  const crossed = (x: number) =>
    lines.some(
      (point) => point.x > x - 4 && point.x < x + width + 4 && point.y > y - 4 && point.y < y + height + 4,
    );
  const [left, right] = [frame.x + 10, frame.x + frame.width - 10 - width];
  return { x: crossed(left) && !crossed(right) ? right : left, y };
}
