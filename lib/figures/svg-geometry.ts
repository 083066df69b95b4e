import { cos, sin } from "../kernels/functions";

/** The place of something drawn, in px; top is the smaller y. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** x ↦ a x + c y + e, y ↦ b x + d y + f */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * Around the corners of a path; of a curve or an arc only its end points count. Undefined for an empty path.
 * @example
 * pathBox("M1,2h3V5l-6,1") // { left: -2, top: 2, right: 4, bottom: 6 }
 */
export function pathBox(d: string): Box | undefined {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const values = (rest.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const relative = command !== command.toUpperCase();
    const [fromX, fromY] = relative ? [x, y] : [0, 0];
    if (values.length === 0) continue;
    if (/h/i.test(command)) x = fromX + values[values.length - 1];
    else if (/v/i.test(command)) y = fromY + values[values.length - 1];
    else if (values.length >= 2) {
      x = fromX + values[values.length - 2];
      y = fromY + values[values.length - 1];
    }
    points.push([x, y]);
  }
  return around(points);
}

function around(points: readonly (readonly [number, number])[]): Box | undefined {
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/**
 * The smallest box around these; undefined where there is none.
 * @example
 * union([{ left: 0, top: 0, right: 1, bottom: 1 }, undefined, { left: 2, top: -1, right: 3, bottom: 0 }]) // { left: 0, top: -1, right: 3, bottom: 1 }
 */
export function union(boxes: readonly (Box | undefined)[]): Box | undefined {
  return around(
    boxes.flatMap((box) => (box ? [[box.left, box.top] as const, [box.right, box.bottom] as const] : [])),
  );
}

/**
 * The box around a transformed box.
 * @example
 * transformed({ left: 0, top: 0, right: 4, bottom: 1 }, parseTransforms("translate(10,0) rotate(90)")) // { left: 9, top: 0, right: 10, bottom: 4 }
 */
export function transformed(box: Box | undefined, transforms: readonly Transform[]): Box | undefined {
  if (box === undefined || transforms.length === 0) return box;
  const { left, top, right, bottom } = box;
  let corners: [number, number][] = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ];
  for (const [a, b, c, d, e, f] of [...transforms].reverse())
    corners = corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
  return around(corners);
}

/**
 * The transforms of a `transform` attribute, from the outermost to the innermost, as they are written.
 * @example
 * parseTransforms("translate(2,3)") // [[1, 0, 0, 1, 2, 3]]
 */
export function parseTransforms(text: string): Transform[] {
  return [...text.matchAll(/(\w+)\(([^)]*)\)/g)].flatMap(([, name, list]) => {
    const [p, q = name === "scale" ? undefined : 0, r = 0] = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    if (name === "translate") return [[1, 0, 0, 1, p, q ?? 0]];
    if (name === "scale") return [[p, 0, 0, q ?? p, 0, 0]];
    if (name !== "rotate") return [];
    const [cosine, sine] = quarterTurn(p);
    return [
      [1, 0, 0, 1, q ?? 0, r],
      [cosine, sine, -sine, cosine, 0, 0],
      [1, 0, 0, 1, -(q ?? 0), -r],
    ];
  }) as Transform[];
}

/** Cosine and sine of an angle in degrees, exact at quarter turns, the only ones our figures use. */
function quarterTurn(degrees: number): [number, number] {
  const exact: { [angle: string]: [number, number] } = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] };
  const angle = ((degrees % 360) + 360) % 360;
  return exact[angle] ?? [cos((angle * Math.PI) / 180), sin((angle * Math.PI) / 180)];
}
