import { cos, sin } from "../kernels/functions";
import { type Matrix, zeros } from "../matrix";

/** Which rays are followed, and how far. */
export interface RadialBoundaryOptions {
  /** A ray every 360°/rays, the first along x₁; 120 unless given. */
  readonly rays?: number;
  /** Where a ray ends that has met no boundary. */
  readonly limit: number;
}

/** Looks along a ray before the place between two of them is searched. */
const looks = 32;
/** Halvings of that interval: what is left is below limit · 10⁻¹³. */
const halvings = 40;

/**
 * How far the decision boundary lies from the origin in all directions: along each ray the first place where
 * the margin changes its sign, found among 32 equidistant looks and narrowed down by halving; `limit` where it does not.
 * @param margin for a 2×M matrix of points one number for each, of which the boundary is the zero
 * @returns a distance for each ray, counter-clockwise
 * @throws if there are fewer than three rays, the limit is not positive, or a margin is NaN
 * @example
 * const circle = (P) => Array.from({ length: P.cols }, (_, j) => P.data[j] ** 2 + P.data[P.cols + j] ** 2 - 2.25)
 * [...radialBoundary(circle, { limit: 3, rays: 4 })] // ≈ [1.5, 1.5, 1.5, 1.5]
 * [...radialBoundary(circle, { limit: 1, rays: 3 })] // [1, 1, 1]
 * radialBoundary(circle, { limit: 0 }) // throws /limit is 0/
 */
export function radialBoundary(
  margin: (points: Matrix) => ArrayLike<number>,
  { rays = 120, limit }: RadialBoundaryOptions,
): Float64Array {
  if (!Number.isInteger(rays) || rays < 3)
    throw new Error(`radialBoundary: rays is ${rays} (it must be a whole number ≥ 3)`);
  if (!(limit > 0 && Number.isFinite(limit)))
    throw new Error(`radialBoundary: limit is ${limit} (it must be finite and > 0)`);
  const directions = directionsOf(rays);
  /** Whether the margin is positive at a distance along each ray; of all looks in one go. */
  const positive = (distances: (ray: number, look: number) => number, count: number) => {
    const points = zeros(2, rays * count);
    for (let k = 0; k < rays * count; k++) {
      const [ray, look] = [Math.floor(k / count), k % count];
      points.data[k] = distances(ray, look) * directions[ray][0];
      points.data[rays * count + k] = distances(ray, look) * directions[ray][1];
    }
    return Array.from(margin(points), (value, k) => {
      if (Number.isNaN(value)) throw new Error(`radialBoundary: the margin of point ${k} is NaN`);
      return value > 0;
    });
  };
  const step = limit / looks;
  const signs = positive((_, look) => look * step, looks + 1);
  const from = Array.from({ length: rays }, (_, ray) => {
    const own = signs.slice(ray * (looks + 1), (ray + 1) * (looks + 1));
    return own.findIndex((sign, look) => look < looks && sign !== own[look + 1]);
  });
  const low = Float64Array.from(from, (look) => Math.max(0, look) * step);
  let width = step;
  for (let k = 0; k < halvings; k++) {
    width /= 2;
    const middle = positive((ray) => low[ray] + width, 1);
    for (let ray = 0; ray < rays; ray++)
      if (middle[ray] === signs[ray * (looks + 1) + Math.max(0, from[ray])]) low[ray] += width;
  }
  return low.map((distance, ray) => (from[ray] < 0 ? limit : distance + width / 2));
}

function directionsOf(rays: number): [x: number, y: number][] {
  return Array.from({ length: rays }, (_, ray) => {
    const angle = (2 * Math.PI * ray) / rays;
    return [cos(angle), sin(angle)];
  });
}

/**
 * The isoperimetric quotient 4π A/P² of the polygon with these distances from the origin, A its area and P its
 * perimeter: 1 for a circle, less for every other curve, little for a ragged one.
 * @param distances at equal angles, as radialBoundary gives them
 * @throws if there are fewer than three, or one is not finite and > 0
 * Source: the isoperimetric inequality, P² ≥ 4π A.
 * @example
 * isoperimetricQuotient([1, 1, 1, 1]) // ≈ 0.785398
 * isoperimetricQuotient(Array(120).fill(1.5)) // ≈ 0.999772
 * isoperimetricQuotient([1, 1, 0]) // throws /distance 2 is 0/
 */
export function isoperimetricQuotient(distances: ArrayLike<number>): number {
  const n = distances.length;
  if (n < 3) throw new Error(`isoperimetricQuotient: ${n} distances (it needs three)`);
  const corners = directionsOf(n).map(([x, y], k) => {
    if (!(distances[k] > 0 && Number.isFinite(distances[k])))
      throw new Error(`isoperimetricQuotient: distance ${k} is ${distances[k]} (it must be finite and > 0)`);
    return [x * distances[k], y * distances[k]];
  });
  let [doubleArea, perimeter] = [0, 0];
  corners.forEach(([x, y], k) => {
    const [nextX, nextY] = corners[(k + 1) % n];
    doubleArea += x * nextY - nextX * y;
    const [dx, dy] = [nextX - x, nextY - y];
    perimeter += Math.sqrt(dx * dx + dy * dy);
  });
  return (2 * Math.PI * doubleArea) / (perimeter * perimeter);
}
