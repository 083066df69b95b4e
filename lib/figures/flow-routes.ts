import { around, type Point, type Rect, type Size, touch } from "./flow-geometry";

/** In px: how far a loop keeps from what it passes, and its label from it. */
const clearance = 12;
const beside = 4;
/** In px: the last part of an arrow along the flow, which is straight in any case (flow-lines.ts). */
const stub = 10;

/**
 * From the middle of one side to the middle of the other, by those of dagre's points that lie in between. Within a rank,
 * which is as wide as its widest box, the way is level, so that it meets no box; it turns in the gaps.
 * @param points dagre's, each in the middle of its rank; from the first to the last, which lie at the boxes
 * @param boxes all of them
 * @example
 * const [a, b] = [{ x: 0, y: 0, width: 20, height: 20 }, { x: 60, y: 40, width: 20, height: 20 }]
 * const wide = { x: -5, y: 60, width: 30, height: 20 }
 * routeForward(a, b, [], [a, b, wide]) // [{ x: 20, y: 10 }, { x: 25, y: 10 }, { x: 60, y: 50 }]
 */
export function routeForward(
  from: Rect,
  to: Rect,
  points: readonly Point[],
  boxes: readonly Rect[],
): Point[] {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  const level = (at: number, y: number) => {
    const rank = boxes.filter(({ x, width }) => Math.abs(x + width / 2 - at) < 1);
    const left = Math.min(...rank.map(({ x }) => x));
    return [
      { x: left, y },
      { x: Math.max(...rank.map(({ x, width }) => x + width)), y },
    ];
  };
  const [, out] = level(from.x + from.width / 2, start.y);
  const [into] = level(to.x + to.width / 2, end.y);
  const inner = points
    .slice(1, -1)
    .flatMap(({ x, y }) => level(x, y))
    .filter(({ x }) => x > out.x && x < into.x);
  return [
    start,
    ...(out.x > start.x + 1 ? [out] : []),
    ...inner,
    ...(into.x < end.x - stub ? [into] : []),
    end,
  ];
}

/** A way back, with the middle of its label. */
interface Way {
  readonly points: readonly Point[];
  readonly label: Point;
}

/**
 * The way of an arrow against a flow to the right: down from its box, back to the left, up into the other; or up, back,
 * down. Of the ways that just miss something in between, or all, the shortest on which neither line nor label meets
 * anything; the two outer lines may cross other arrows, but no box. Where boxes stand above and below, the way goes out
 * on the right, through the gaps between the ranks, and in on the left.
 * @param from the box on the right; to the one on the left
 * @param obstacles boxes, labels, and arrows where they run along the flow
 * @example
 * const [a, b] = [{ x: 0, y: 0, width: 20, height: 20 }, { x: 60, y: 0, width: 20, height: 20 }]
 * routeBack(b, a, [a, b], { width: 0, height: 0 }).points // [{ x: 70, y: 20 }, { x: 70, y: 32 }, { x: 10, y: 32 }, { x: 10, y: 20 }]
 */
export function routeBack(from: Rect, to: Rect, obstacles: readonly Rect[], label: Size): Way {
  const room = label.width > 0 ? label.height + beside : 0;
  const heights = [from, to, ...obstacles].flatMap(({ y, height }) => [
    { y: y + height + clearance, above: false },
    { y: y + height + clearance + room, above: false },
    { y: y - clearance, above: true },
    { y: y - clearance - room, above: true },
  ]);
  const others = obstacles.filter((one) => one !== from && one !== to);
  // an arrow's line has no height; the outer lines cross it
  const boxes = others.filter(({ height }) => height > 0);
  const free = (along: Rect, at: Point) =>
    others.every((one) => !touch(one, along, clearance - 3)) &&
    (label.width === 0 || obstacles.every((one) => !touch(one, around(at, label), beside - 1)));
  const ways = (make: (y: number, above: boolean) => Point[] | undefined, outer: readonly Rect[]) =>
    heights.flatMap(({ y, above }): Way[] => {
      const points = make(y, above);
      if (points === undefined) return [];
      const lines = points.slice(1).map((b, k) => spanned(points[k], b));
      const middle = (lines.length - 1) / 2;
      const at = labelOf(points[middle], points[middle + 1], label, above);
      const passes = lines.every(
        (line, k) => k === middle || outer.every((one) => !touch(one, line, clearance / 2)),
      );
      return passes && free(lines[middle], at) ? [{ points, label: at }] : [];
    });
  const short = ways((y, above) => throughSides(from, to, y, above), boxes);
  // the lowest and the highest of these ways lie beyond everything, so that there is one
  const found = short.length > 0 ? short : ways((y) => throughGaps(from, to, y, obstacles), []);
  return found.reduce((a, b) => (length(b.points) < length(a.points) - 0.5 ? b : a));
}

/** Undefined where y is not beyond both boxes. */
function throughSides(from: Rect, to: Rect, y: number, above: boolean): Point[] | undefined {
  const side = (one: Rect) => (above ? one.y : one.y + one.height);
  const beyond = (one: Rect) => (above ? side(one) - y : y - side(one)) >= clearance - 0.01;
  if (!beyond(from) || !beyond(to)) return undefined;
  const [a, b] = [from.x + from.width / 2, to.x + to.width / 2];
  return [
    { x: a, y: side(from) },
    { x: a, y },
    { x: b, y },
    { x: b, y: side(to) },
  ];
}

function throughGaps(from: Rect, to: Rect, y: number, obstacles: readonly Rect[]): Point[] {
  const middle = ({ x, width }: Rect) => x + width / 2;
  const rank = (one: Rect) =>
    obstacles.filter((other) => other.height > 0 && Math.abs(middle(other) - middle(one)) < 1);
  const right = Math.max(...rank(from).map(({ x, width }) => x + width)) + clearance;
  const left = Math.min(...rank(to).map(({ x }) => x)) - clearance;
  const [start, end] = [from.y + from.height / 2, to.y + to.height / 2];
  return [
    { x: from.x + from.width, y: start },
    { x: right, y: start },
    { x: right, y },
    { x: left, y },
    { x: left, y: end },
    { x: to.x, y: end },
  ];
}

/** On the outer side of the level line. */
function labelOf(a: Point, b: Point, { height }: Size, above: boolean): Point {
  return { x: (a.x + b.x) / 2, y: a.y + (above ? -1 : 1) * (height / 2 + beside) };
}

const spanned = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(b.x - a.x),
  height: Math.abs(b.y - a.y),
});

const length = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, b, k) => sum + Math.abs(b.x - points[k].x) + Math.abs(b.y - points[k].y), 0);

/**
 * Those parts of a way that run level, as rectangles without height.
 * @example
 * segmentsAlong([{ x: 0, y: 0 }, { x: 0, y: 9 }, { x: 5, y: 9 }]) // [{ x: 0, y: 9, width: 5, height: 0 }]
 */
export function segmentsAlong(points: readonly Point[]): Rect[] {
  return points
    .slice(1)
    .map((b, k) => spanned(points[k], b))
    .filter(({ height }) => height < 0.5)
    .map((one) => ({ ...one, height: 0 }));
}
