import type { Point } from "./flow-geometry";

/** In px: how round the corners of loops are. */
const radius = 8;
/** In px: the last part of an arrow along the flow is straight, so that its head points into the box. */
const stub = 10;

/**
 * The points of the drawn line: for an arrow along the flow cubic curves that are level at every given point, with a
 * straight end; for one against it straight lines with round corners.
 * @example
 * drawnLine([{ x: 0, y: 0 }, { x: 50, y: 8 }], "right", false).slice(-2) // [{ x: 40, y: 8 }, { x: 50, y: 8 }]
 * drawnLine([{ x: 0, y: 0 }, { x: 0, y: 20 }, { x: 40, y: 20 }], "right", true)[1] // { x: 0, y: 12 }
 */
export function drawnLine(points: readonly Point[], direction: "right" | "down", back: boolean): Point[] {
  const line: Point[] = [points[0]];
  const steps = 8;
  const last = points[points.length - 1];
  const ending = direction === "right" ? { x: last.x - stub, y: last.y } : { x: last.x, y: last.y - stub };
  const corners = back ? points : [...points.slice(0, -1), ending];
  corners.slice(1).forEach((b, k) => {
    const [a, next] = [corners[k], corners[k + 2]];
    if (!back) for (let step = 1; step <= steps; step++) line.push(between(a, b, step / steps, direction));
    else if (next === undefined) line.push(b);
    else
      for (let step = 0; step <= steps; step++)
        line.push(corner(towards(b, a), b, towards(b, next), step / steps));
  });
  return back ? line : [...line, last];
}

/** A cubic Bézier curve whose control points lie half the way along the flow. */
function between(a: Point, b: Point, t: number, direction: "right" | "down"): Point {
  const s = 1 - t;
  const along = (p: number, q: number) => s * s * s * p + (3 * s * t * (p + q)) / 2 + t * t * t * q;
  const across = (p: number, q: number) => s * s * (1 + 2 * t) * p + t * t * (1 + 2 * s) * q;
  return direction === "right"
    ? { x: along(a.x, b.x), y: across(a.y, b.y) }
    : { x: across(a.x, b.x), y: along(a.y, b.y) };
}

/** A quadratic Bézier curve. */
function corner(p: Point, at: Point, q: Point, t: number): Point {
  const mix = (a: number, b: number, c: number) => (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
  return { x: mix(p.x, at.x, q.x), y: mix(p.y, at.y, q.y) };
}

/** The point `radius` before a corner, or half the way if that is shorter. */
function towards(at: Point, other: Point): Point {
  const distance = Math.abs(other.x - at.x) + Math.abs(other.y - at.y);
  const part = distance === 0 ? 0 : Math.min(0.5, radius / distance);
  return { x: at.x + part * (other.x - at.x), y: at.y + part * (other.y - at.y) };
}
